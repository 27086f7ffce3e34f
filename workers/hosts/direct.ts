/** The engine in this very thread: for the command line. */
import type { AnalysisSession } from '../api/session';
import { createSession } from '../session/create-session';
import { NODE_LIMITS, nodeHost } from './node-host';

/** A session with no dump open; its `file` names are paths. */
export function createDirectSession(): AnalysisSession {
  return createSession(nodeHost(NODE_LIMITS));
}
