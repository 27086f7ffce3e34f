/** Entry of the engine's thread, behind the loopback server. */
import { parentPort } from 'node:worker_threads';
import { createSession } from '../session/create-session';
import { serveNodePort } from './endpoints';
import { NODE_LIMITS, nodeHost } from './node-host';

if (!parentPort) throw new Error('This file is the entry of a worker thread; it does nothing by itself.');
serveNodePort(createSession(nodeHost(NODE_LIMITS)), parentPort);
