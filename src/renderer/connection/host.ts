/** What surrounds the page: the desktop shell or a browser on the loopback server. Views know only this. */
import type { AnalysisSession, HostFile } from '../../../workers/api';

export type { HostFile } from '../../../workers/api';

export interface Host {
  readonly kind: 'desktop' | 'browser';
  /** Lives as long as the host; after the engine has gone its calls reject with `EngineGone` until `restart`. */
  readonly session: AnalysisSession;
  /** The bundled sample, recent files (desktop), files named on the command line (browser). */
  files(): Promise<HostFile[]>;
  /** The file to open at once: named on the command line or by file association; null for the welcome screen. */
  readonly initialFile: string | null;
  /** Asks for a file with the system's dialog; null where the person cancels. Only where `canChooseFiles`. */
  chooseFile(): Promise<string | null>;
  readonly canChooseFiles: boolean;
  /** The same for an executable, as `session.takeNames` takes it. */
  chooseExecutable(): Promise<string | null>;
  /**
   * What `session.takeNames` takes for a file that was dropped or picked: its path, or the name under which the server keeps what it was sent.
   * Rejects with a message for a person where the file cannot be had.
   */
  giveExecutable(file: File): Promise<string>;
  /** The path of a dropped file, where the host may read it; null in a browser, which opens only files the server was started with. */
  pathOfDropped(file: File): string | null;
  /** A file was opened from outside the page: menu, association, second start. Returns the way to stop listening. */
  onOpen(listener: (file: string) => void): () => void;
  /** The engine has ended unasked; `reason` is a sentence. */
  onGone(listener: (reason: string) => void): () => void;
  /** Starts a fresh engine behind the same session. */
  restart(): Promise<void>;
}
