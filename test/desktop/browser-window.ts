/** `BrowserWindow`: a page of Chromium, sandboxed and with a preload script. */
import { EventEmitter } from 'node:events';
import type { BrowserContext, Page } from '@playwright/test';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { IpcMain } from './ipc-main';
import { toBrowser } from './protocol';
import { Session } from './session';
import { WebContents } from './web-contents';

/** What a window needs of the program that it belongs to. */
export interface WindowHome {
  context: BrowserContext;
  ipcMain: IpcMain;
  isReady(): boolean;
  opened(window: Window): void;
  closed(window: Window): void;
}

export class Window extends EventEmitter {
  readonly webContents: WebContents;
  readonly #home: WindowHome;
  readonly #preload: string;
  #page: Page | null = null;
  #visible: boolean;
  #minimized = false;
  focused = 0;

  constructor(home: WindowHome, options: BrowserWindowConstructorOptions) {
    super();
    if (!home.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { preload, sandbox, contextIsolation, nodeIntegration } = options.webPreferences ?? {};
    if (sandbox !== true || contextIsolation !== true || nodeIntegration !== false || preload === undefined)
      throw new Error(
        'This double of Electron has only sandboxed pages with a world of their own and a preload script.',
      );
    this.#home = home;
    this.#preload = preload;
    this.#visible = options.show !== false;
    this.webContents = new WebContents(new Session(), home.ipcMain);
    home.opened(this);
  }

  async loadURL(url: string): Promise<void> {
    const address = toBrowser(url);
    this.#page ??= await this.#newPage(address);
    await this.webContents.load(address);
    this.emit('ready-to-show');
  }

  get page(): Page | null {
    return this.#page;
  }

  get visible(): boolean {
    return this.#visible && !this.#minimized;
  }

  show(): void {
    this.#visible = true;
  }

  focus(): void {
    this.focused++;
  }

  minimize(): void {
    this.#minimized = true;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  restore(): void {
    this.#minimized = false;
  }

  close(): void {
    if (this.#page === null || this.#page.isClosed()) this.#closed();
    else void this.#page.close();
  }

  async #newPage(address: string): Promise<Page> {
    const page = await this.#home.context.newPage();
    await this.webContents.attach(page, this.#preload);
    await this.webContents.session.apply(this.#home.context, new URL(address).origin);
    page.on('close', () => this.#closed());
    return page;
  }

  #closed(): void {
    this.webContents.closePorts();
    this.emit('closed');
    this.#home.closed(this);
  }
}
