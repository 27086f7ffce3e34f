/** A session behind the real loopback server and the built engine thread, spoken to over HTTP as the page does. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { SESSION_METHODS, type AnalysisSession } from '../../workers/api';
import { startServer } from '../../src/server/server';
import { callOver } from '../shell/server-kit';

const PROJECT = resolve(import.meta.dirname, '../..');
const THREAD = resolve(PROJECT, 'out/main/analysis.thread.js');

export interface ServedSession {
  /** Its `open` takes base names. */
  session: AnalysisSession;
  close(): Promise<void>;
}

/** Serves these files, of different base names. Needs the built thread: `npm run build`, which `npm test` does first. */
export async function serveSession(files: string[]): Promise<ServedSession> {
  if (!existsSync(THREAD)) throw new Error(`${THREAD} is missing: run \`npm run build\` first.`);
  const rendererFolder = resolve(PROJECT, 'out/renderer');
  const server = await startServer({ files, sample: null, rendererFolder, threadEntry: THREAD });
  const call = callOver(server.url);
  const methods = SESSION_METHODS.map((name) => [
    name,
    async (...parameters: unknown[]) => {
      const reply = await call(name, parameters);
      if (reply.type === 'RAW') return reply.value;
      const { value } = reply.value;
      throw Object.assign(new Error(value.message), { name: value.name });
    },
  ]);
  return {
    // One entry for each key of the interface: SESSION_METHODS is made from a record over exactly these.
    session: Object.fromEntries(methods) as AnalysisSession,
    close: () => server.close(),
  };
}
