/** What the command line needs from the machine around it. Commands see only this, so tests hand in strings and read strings. */
import type { AnalysisSession } from '../../workers/api';
import type { RunningServer } from '../server/server';

/** One stream to a person or a program. */
export interface Output {
  /** Resolves once the text is taken over; rejects with `OutputClosed` when nobody reads any more. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** True where a person sits at the other end. */
  readonly isTerminal: boolean;
  /** Characters in a line; null where lines have no end (a pipe, a file). */
  readonly columns: number | null;
}

export interface Io {
  readonly out: Output;
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Everything on standard input, as text. */
  readInput(): Promise<string>;
  /** A small file as text; rejects with `CannotRead`. */
  readFile(path: string): Promise<string>;
  /** Writes a file whole; rejects with a sentence that names it. */
  writeFile(path: string, contents: string | Uint8Array): Promise<void>;
  fileExists(path: string): boolean;
  /** Calls `listener` at the next Ctrl+C, unless the returned function is called before; a further one ends the process. */
  onInterrupt(listener: () => void): () => void;
  /** A fresh engine with no dump open. */
  createSession(): AnalysisSession;
  /**
   * Serves the page and these dumps (the sample where none are named) on the loopback address; a free port where `port` is null, no names of
   * types where `executable` is.
   */
  startServer(files: readonly string[], executable: string | null, port: number | null): Promise<RunningServer>;
  /** Shows an address in the person's browser; false where none can be started. */
  openBrowser(url: string): Promise<boolean>;
  /** Starts the window on these dumps and resolves with its exit code once it is closed. */
  startWindow(files: readonly string[]): Promise<number>;
}
