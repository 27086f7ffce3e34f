/** What the preload script hands to the page, as `window.heapknot`, in the desktop shell alone. */
import type { HostFiles } from '../../../workers/api';

export interface DesktopBridge {
  files(): Promise<HostFiles>;
  chooseFile(): Promise<string | null>;
  pathOfDropped(file: File): string;
  /** A dump was opened: it goes to the recent files. */
  opened(file: string): void;
  onOpen(listener: (file: string) => void): void;
  onGone(listener: (reason: string) => void): void;
  /** Asks for an engine, a fresh one where the last has ended. Its port comes as a message of the window: `ENGINE_PORT`. */
  requestEngine(): void;
}

/** The data of the window's message that carries the port. */
export const ENGINE_PORT = 'heapknot:engine-port';

declare global {
  interface Window {
    readonly heapknot?: DesktopBridge;
  }
}
