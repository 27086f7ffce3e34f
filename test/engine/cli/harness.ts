/** Runs the command line in this process, with strings for streams. */
import { EngineError } from '../../../workers/api';
import type { AnalysisSession } from '../../../workers/api';
import { OutputClosed } from '../../../src/cli/exit';
import type { Io, Output } from '../../../src/cli/io';
import { runHeapknot } from '../../../src/cli/program';
import type { RunningServer } from '../../../src/server/server';

export interface Surroundings {
  session?: AnalysisSession;
  input?: string;
  /** A person at a terminal of this many columns. */
  columns?: number;
  env?: Record<string, string>;
  /** Files that exist. */
  files?: string[];
  /** Files that can be read; they exist too. */
  texts?: Record<string, string>;
  server?: (files: readonly string[], executable: string | null, port: number | null) => RunningServer;
  /** The exit code of the window. */
  window?: (files: readonly string[]) => number;
  /** Bytes after which the reader of standard output goes away. */
  closesAfter?: number;
  /** Called once the command listens for Ctrl+C; calling its argument presses it. */
  atStart?: (interrupt: () => void) => void;
}

export interface Run {
  code: number;
  out: string;
  err: string;
  /** Standard output as bytes, and what was written to files. */
  bytes: Uint8Array;
  files: Map<string, string | Uint8Array>;
}

export async function heapknot(argv: readonly string[], surroundings: Surroundings = {}): Promise<Run> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const files = new Map<string, string | Uint8Array>();
  const io: Io = {
    out: outputInto(out, surroundings, surroundings.closesAfter ?? Infinity),
    err: outputInto(err, surroundings, Infinity),
    env: surroundings.env ?? {},
    readInput: async () => surroundings.input ?? '',
    readFile: async (path) => {
      const text = surroundings.texts?.[path];
      if (text === undefined) throw new EngineError('CannotRead', `${path} cannot be read`);
      return text;
    },
    writeFile: async (path, contents) => void files.set(path, contents),
    fileExists: (path) => (surroundings.files?.includes(path) ?? false) || surroundings.texts?.[path] !== undefined,
    onInterrupt(listener) {
      surroundings.atStart?.(listener);
      return () => {};
    },
    createSession() {
      if (surroundings.session === undefined) throw new Error('this test hands in no session');
      return surroundings.session;
    },
    startServer: async (paths, executable, port) => surroundings.server!(paths, executable, port),
    openBrowser: async () => false,
    startWindow: async (paths) => surroundings.window!(paths),
  };
  const code = await runHeapknot(argv, io, '1.2.3');
  const bytes = Buffer.concat(out);
  return { code, out: bytes.toString(), err: Buffer.concat(err).toString(), bytes, files };
}

function outputInto(chunks: Uint8Array[], { columns }: Surroundings, closesAfter: number): Output {
  let written = 0;
  return {
    isTerminal: columns !== undefined,
    columns: columns ?? null,
    async write(chunk) {
      if (written >= closesAfter) throw new OutputClosed();
      written += chunk.length;
      chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    },
  };
}
