/**
 * Between the page and the desktop shell: what the preload script hands to the page as `window.heapknot`, and the names of the messages that
 * it passes on. There is no general way through: each call has its own message, and none takes code or a channel's name.
 */
import type { HostFiles } from '../../workers/api';

export interface DesktopBridge {
  files(): Promise<HostFiles>;
  chooseFile(): Promise<string | null>;
  chooseExecutable(): Promise<string | null>;
  /** '' where the dropped thing has no path. */
  pathOfDropped(file: File): string;
  /** A dump was opened: it goes to the recent files. */
  opened(file: string): void;
  onOpen(listener: (file: string) => void): void;
  onGone(listener: (reason: string) => void): void;
  /**
   * Asks for a line to the engine, which is started where it has ended. Its port comes as a message of the window: ENGINE_PORT. Rejects where
   * no engine can be started.
   */
  requestEngine(): Promise<void>;
}

/** The data of the window's message that carries the port. */
export const ENGINE_PORT = 'heapknot:engine-port';

/** Messages between the preload script and the main process. */
export const CHANNELS = {
  files: 'heapknot:files',
  chooseFile: 'heapknot:choose-file',
  chooseExecutable: 'heapknot:choose-executable',
  opened: 'heapknot:opened',
  requestEngine: 'heapknot:request-engine',
  enginePort: ENGINE_PORT,
  open: 'heapknot:open',
  gone: 'heapknot:gone',
} as const;
