/** `ipcMain`: what the main process answers to pages. */
import { EventEmitter } from 'node:events';

type Handler = (event: object, ...parameters: unknown[]) => unknown;

export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  hear(event: object, channel: string, parameters: unknown[]): void {
    this.emit(channel, event, ...parameters);
  }

  async ask(event: object, channel: string, parameters: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...parameters);
  }
}
