/** A session behind the loopback server, spoken to over HTTP as the page does. */
import { basename } from 'node:path';
import { SESSION_METHODS, type AnalysisSession } from '../../workers/api';
import { callOver } from '../shell/server-kit';

/** `url`: the address that a server has printed. Paths that `open` is given become the names that the server knows. */
export function servedSession(url: string): AnalysisSession {
  const call = callOver(url);
  const methods = SESSION_METHODS.map((name) => [
    name,
    async (...parameters: unknown[]) => {
      const reply = await call(name, parameters);
      if (reply.type === 'RAW') return reply.value;
      const { value } = reply.value;
      throw Object.assign(new Error(value.message), { name: value.name });
    },
  ]);
  // One entry for each key of the interface: SESSION_METHODS is made from a record over exactly these.
  const session = Object.fromEntries(methods) as AnalysisSession;
  return { ...session, open: (request) => session.open({ ...request, file: basename(request.file) }) };
}
