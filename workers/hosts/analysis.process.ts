/** Entry of the engine's process in the desktop app. Each message from the shell brings the port of a page; all pages share the session. */
import { createSession } from '../session/create-session';
import { serveElectronPort, type ElectronPort } from './endpoints';
import { ELECTRON_LIMITS, nodeHost } from './node-host';

/** What Electron adds to `process` in a utility process. */
interface UtilityProcess {
  readonly parentPort?: {
    on(event: 'message', listener: (event: { ports: ElectronPort[] }) => void): unknown;
  };
}

const { parentPort } = process as UtilityProcess;
if (!parentPort) throw new Error('This file is the entry of a utility process of Electron; it does nothing by itself.');
const session = createSession(nodeHost(ELECTRON_LIMITS));
parentPort.on('message', ({ ports }) => {
  for (const port of ports) serveElectronPort(session, port);
});
