import { wrap } from 'comlink';
import { SESSION_METHODS, type AnalysisSession } from '../../../workers/api';
import type { MortalEndpoint } from './mortal-endpoint';

/**
 * The session behind an endpoint, as a plain object: comlink's own proxy answers to every name, `then` included, and so misleads whatever
 * looks at it. Lives as long as the page: comlink closes a wire whose proxy was collected.
 */
export function remoteSession(endpoint: MortalEndpoint): AnalysisSession {
  const remote = wrap<AnalysisSession>(endpoint);
  const methods = SESSION_METHODS.map((name) => [
    name,
    (...parameters: unknown[]) => (remote[name] as (...given: unknown[]) => Promise<unknown>)(...parameters),
  ]);
  // One entry for each key of the interface: SESSION_METHODS is made from a record over exactly these.
  return Object.fromEntries(methods) as AnalysisSession;
}
