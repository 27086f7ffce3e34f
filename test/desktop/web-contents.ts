/** `webContents`: a page of Chromium, with the two worlds that Electron gives it and the messages between them and the main process. */
import { EventEmitter } from 'node:events';
import type { CDPSession, Page } from '@playwright/test';
import { cloneCodec } from './clone';
import type { IpcMain } from './ipc-main';
import { disentangle, type PortEnd } from './message-port-main.mjs';
import { toElectron } from './protocol';
import type { Session } from './session';
import {
  FROM_MAIN,
  ISOLATED_WORLD,
  isolatedWorldScript,
  mainWorldScript,
  TO_MAIN,
  type FromPage,
  type ToPage,
} from './worlds';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

const codec = cloneCodec();

export class WebContents extends EventEmitter {
  readonly session: Session;
  readonly #ipcMain: IpcMain;
  #page: Page | null = null;
  #wire: CDPSession | null = null;
  /** The isolated world of the document on show; null before there is one. */
  #world: number | null = null;
  #ends: PortEnd[] = [];
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  /** The address that the program itself has sent the page to. */
  #sentTo: string | null = null;

  constructor(session: Session, ipcMain: IpcMain) {
    super();
    this.session = session;
    this.#ipcMain = ipcMain;
  }

  /** Puts the two worlds into a page that shows nothing yet. */
  async attach(page: Page, preload: string): Promise<void> {
    this.#page = page;
    const wire = await page.context().newCDPSession(page);
    this.#wire = wire;
    wire.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === TO_MAIN) this.#hear(codec.decode(payload) as FromPage, executionContextId);
    });
    await wire.send('Page.enable');
    await wire.send('Runtime.enable');
    await wire.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: ISOLATED_WORLD });
    await wire.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript() });
    await wire.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedWorldScript(preload),
      worldName: ISOLATED_WORLD,
    });
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 }));
  }

  async load(url: string): Promise<void> {
    this.#sentTo = url;
    await this.#page?.goto(url);
    this.#sentTo = null;
  }

  /** Whether a navigation is one that the page or the person wants, not the program. */
  isWanted(url: string): boolean {
    return url !== this.#sentTo;
  }

  send(channel: string, ...parameters: unknown[]): void {
    this.#tell({ kind: 'message', channel, parameters, ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: unknown[] = []): void {
    const ports = disentangle(transfer).map((end: PortEnd) => this.#join(end));
    this.#tell({ kind: 'message', channel, parameters: [message], ports });
  }

  reload(): void {
    void this.#page?.reload();
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** What becomes of a window that the page wants to open. */
  mayOpen(url: string): boolean {
    return this.#openHandler({ url }).action === 'allow';
  }

  /** Tells the isolated world which files the person is about to drop. */
  announceDrop(paths: string[]): void {
    this.#tell({ kind: 'dropping', paths });
  }

  /** The document has gone, and its ports with it. */
  closePorts(): void {
    for (const end of this.#ends.splice(0)) end.post({ closed: true });
  }

  #join(end: PortEnd): number {
    const port = this.#ends.push(end) - 1;
    end.attach((item: { data: unknown } | { closed: true }) =>
      this.#tell('closed' in item ? { kind: 'closed', port } : { kind: 'port', port, data: item.data }),
    );
    return port;
  }

  /** A message to a document that is gone, or is not there yet, is lost. */
  #tell(message: ToPage): void {
    const text = codec.encode(message);
    if (this.#world === null) return;
    const expression = `globalThis['${FROM_MAIN}'](${JSON.stringify(text)})`;
    void this.#wire?.send('Runtime.evaluate', { expression, contextId: this.#world }).catch(() => undefined);
  }

  #hear(message: FromPage, world: number): void {
    if (message.kind === 'begun') {
      this.closePorts();
      this.#world = world;
    } else if (world !== this.#world) return;
    else if (message.kind === 'port') this.#ends[message.port].post({ data: message.data });
    else if (message.kind === 'send') this.#ipcMain.hear(this.#event(), message.channel, message.parameters);
    else void this.#answer(message.id, message.channel, message.parameters);
  }

  async #answer(id: number, channel: string, parameters: unknown[]): Promise<void> {
    try {
      this.#tell({ kind: 'answer', id, value: await this.#ipcMain.ask(this.#event(), channel, parameters) });
    } catch (error) {
      this.#tell({ kind: 'failure', id, error: String(error) });
    }
  }

  #event(): object {
    return { sender: this, senderFrame: { url: toElectron(this.#page?.url() ?? '') }, ports: [] };
  }
}
