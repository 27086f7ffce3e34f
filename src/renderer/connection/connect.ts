import type { DesktopBridge } from '../../preload/bridge';
import type { Host } from './host';
import { connectToServer } from './http';
import { connectToShell } from './port';
import { adoptStyleNonce } from './style-nonce';
import { takeToken } from './token';

declare global {
  interface Window {
    /** Only in the desktop shell. */
    readonly heapknot?: DesktopBridge;
  }
}

/**
 * Connects the page to its engine, in the desktop shell or on the loopback server. Call once, before anything reads the address: a server's
 * token is taken out of it here. Rejects with a message for a person where there is nobody to connect to.
 */
export function connectHost(): Promise<Host> {
  adoptStyleNonce();
  const bridge = window.heapknot;
  return bridge !== undefined ? connectToShell(bridge) : connectToServer(takeToken());
}
