/** The desktop program under test: its built main process in this very process, over a double of Electron whose windows are pages of Chromium. */
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page, Route } from '@playwright/test';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions, OpenDialogOptions } from 'electron';
import { Application } from './application';
import { Window } from './browser-window';
import { IpcMain } from './ipc-main';
import { Menu } from './menu';
import { MessageChannelMain } from './message-port-main.mjs';
import { Protocol, toElectron } from './protocol';
import { UtilityProcess } from './utility-process';

const PROJECT = resolve(import.meta.dirname, '../..');
const MAIN = pathToFileURL(resolve(PROJECT, 'out/main/index.js')).href;

export interface StartOptions {
  context: BrowserContext;
  /** The settings folder. */
  settings: string;
  /** Words after the program's own. */
  files?: string[];
  /** A file that the system hands over before the program is ready, as macOS does. */
  handedOver?: string;
}

/** Number of a start → its double, for the loader. */
const doubles = new Map<string, object>();
let starts = 0;

/** Starts the program, and resolves once its window shows the page, or once it has handed on what it was started with and ended. */
export async function startDesktop(options: StartOptions): Promise<Desktop> {
  const desktop = new Desktop(options);
  await desktop.begin(options.handedOver);
  return desktop;
}

/** The program, with what a person and the system do to it. */
export class Desktop {
  readonly app: Application;
  /** What the person answers in the next dialogs: paths, or none for Cancel. A dialog that nobody has foreseen is an error. */
  readonly answers: string[][] = [];
  /** Titles of the dialogs so far. */
  readonly dialogs: string[] = [];
  /** Button that the person presses in a message. */
  button = 0;
  /** Addresses that were given to the person's browser. */
  readonly outside: string[] = [];
  /** Addresses that pages wanted of the network, which this program never uses. */
  readonly requested: string[] = [];
  /** Addresses that the page would have gone to, or opened in another window. */
  readonly left: string[] = [];
  readonly engines: UtilityProcess[] = [];
  readonly #context: BrowserContext;
  readonly #arguments: string[];
  readonly #windows: Window[] = [];
  readonly #ipcMain = new IpcMain();
  readonly #protocol: Protocol;
  #menu = new Menu([]);
  #quitting = false;

  constructor({ context, settings, files = [] }: StartOptions) {
    this.#context = context;
    this.#arguments = ['electron', PROJECT, ...files];
    this.app = new Application(settings, this.#arguments, () => this.#closeWindows());
    this.#protocol = new Protocol(() => this.app.isReady());
  }

  async begin(handedOver?: string): Promise<void> {
    installLoader();
    const start = String(starts++);
    doubles.set(start, this.#electron());
    await this.#context.route(
      () => true,
      (route) => this.#route(route),
    );
    const own = process.argv;
    process.argv = this.#arguments;
    await import(`${MAIN}?start=${start}`);
    process.argv = own;
    if (handedOver !== undefined) this.handOver(handedOver);
    this.app.becomeReady();
    await Promise.race([this.app.ended, this.#firstShown()]);
  }

  /** The window that the person looks at. */
  get window(): Window {
    const window = this.#windows.at(-1);
    if (window === undefined) throw new Error('The program has no window.');
    return window;
  }

  get windows(): number {
    return this.#windows.length;
  }

  /** The page in that window. */
  get page(): Page {
    const { page } = this.window;
    if (page === null) throw new Error('The window shows no page yet.');
    return page;
  }

  /** The address that the page would have in Electron. */
  get url(): string {
    return toElectron(this.page.url());
  }

  /** The engine that runs, or ran last. */
  get engine(): UtilityProcess {
    const engine = this.engines.at(-1);
    if (engine === undefined) throw new Error('No engine was started.');
    return engine;
  }

  /** The system hands a file over, by association. */
  handOver(file: string): void {
    this.app.emit('open-file', { preventDefault: () => undefined }, file);
  }

  /** Presses an item of the menu. */
  press(...way: string[]): void {
    const item = this.#menu.item(way);
    if (item.role === 'reload') this.window.webContents.reload();
    else if (item.role === 'quit') this.app.quit();
    else if (item.click === undefined) throw new Error(`${way.join(' → ')} does nothing in this double of Electron.`);
    else (item.click as () => void)();
  }

  /** Labels of a menu, as the person reads them. */
  labels(...way: string[]): string[] {
    const { submenu } = this.#menu.item(way);
    return Array.isArray(submenu) ? submenu.map(({ label, type, role }) => label ?? role ?? type ?? '') : [];
  }

  /** Drops files of the disk on the middle of the window, as a person does. */
  async drop(...paths: string[]): Promise<void> {
    this.window.webContents.announceDrop(paths);
    const wire = await this.#context.newCDPSession(this.page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await wire.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
    await wire.detach();
  }

  /** Ends the program as its menu does, and resolves with its exit code. */
  async quit(): Promise<number> {
    this.app.quit();
    return this.app.ended;
  }

  /** What must not outlive a test. */
  async release(): Promise<void> {
    if (this.#windows.length > 0) await this.quit();
    for (const { pid } of this.engines) if (pid !== undefined) await gone(pid);
  }

  #electron(): object {
    const home = this.#home();
    return {
      app: this.app,
      BrowserWindow: class extends Window {
        constructor(options: BrowserWindowConstructorOptions) {
          super(home, options);
        }
      },
      Menu: {
        buildFromTemplate: (template: MenuItemConstructorOptions[]) => new Menu(template),
        setApplicationMenu: (menu: Menu) => (this.#menu = menu),
      },
      MessageChannelMain,
      dialog: {
        showOpenDialog: async (...given: (Window | OpenDialogOptions)[]) =>
          this.#openDialog(given.at(-1) as OpenDialogOptions),
        showMessageBox: async () => ({ response: this.button }),
        showErrorBox: (title: string, text: string) => this.dialogs.push(`${title}: ${text}`),
      },
      ipcMain: this.#ipcMain,
      protocol: this.#protocol,
      shell: { openExternal: async (url: string) => void this.outside.push(url) },
      utilityProcess: { fork: (entry: string, args: string[] = []) => this.#fork(entry, args) },
    };
  }

  #home() {
    return {
      context: this.#context,
      ipcMain: this.#ipcMain,
      isReady: () => this.app.isReady(),
      opened: (window: Window) => void this.#windows.push(window),
      closed: (window: Window) => this.#closed(window),
    };
  }

  #fork(entry: string, args: string[]): UtilityProcess {
    if (!this.app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    const engine = new UtilityProcess(entry, args);
    this.engines.push(engine);
    return engine;
  }

  #openDialog({ title = '' }: OpenDialogOptions): { canceled: boolean; filePaths: string[] } {
    this.dialogs.push(title);
    const filePaths = this.answers.shift();
    if (filePaths === undefined) throw new Error(`Nobody has foreseen the dialog “${title}”.`);
    return { canceled: filePaths.length === 0, filePaths };
  }

  /** Every request of every page: the program's own files, and what may go no further. */
  async #route(route: Route): Promise<void> {
    const request = route.request();
    if (request.isNavigationRequest() && !(await this.#mayNavigate(route))) return route.abort('aborted');
    const response = await this.#protocol.answer(request);
    if (response === null) {
      this.requested.push(request.url());
      return route.abort('blockedbyclient');
    }
    const { status, headers } = response;
    return route.fulfill({
      status,
      headers: Object.fromEntries(headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  async #mayNavigate(route: Route): Promise<boolean> {
    const request = route.request();
    const url = toElectron(request.url());
    const page = pageOf(route);
    const window = this.#windows.find((one) => one.page === page);
    if (window === undefined) {
      if (this.window.webContents.mayOpen(url)) this.left.push(url);
      await page?.close();
      return false;
    }
    if (request.frame().parentFrame() !== null || !window.webContents.isWanted(request.url())) return true;
    const event = { url, isMainFrame: true, prevented: false, preventDefault: () => (event.prevented = true) };
    window.webContents.emit('will-navigate', event);
    if (!event.prevented && !url.startsWith('app:')) this.left.push(url);
    return !event.prevented;
  }

  #closed(window: Window): void {
    const at = this.#windows.indexOf(window);
    if (at < 0) return;
    this.#windows.splice(at, 1);
    if (this.#windows.length === 0 && !this.#quitting) this.app.emit('window-all-closed');
  }

  async #closeWindows(): Promise<void> {
    this.#quitting = true;
    await Promise.all(
      [...this.#windows].map((window) => {
        const closed = new Promise((resolve) => window.once('closed', resolve));
        window.close();
        return closed;
      }),
    );
  }

  async #firstShown(): Promise<void> {
    while (this.#windows.length === 0) await new Promise(setImmediate);
    await new Promise((resolve) => this.window.once('ready-to-show', resolve));
  }
}

/** The page that a request comes from; null for one that is only about to be opened. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    return null;
  }
}

let installed = false;
function installLoader(): void {
  if (installed) return;
  installed = true;
  Object.assign(globalThis, { [Symbol.for('doubles of Electron')]: doubles });
  register('./electron-resolver.mjs', import.meta.url);
}

/** Waits for the end of a process of the system. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
