/** A double of the few calls of Electron that the shell makes; it records them, and tests play the system's part. */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions, OpenDialogOptions } from 'electron';
import type { ElectronApi } from '../../src/main/electron-api';
import { PAGE_URL } from '../../src/main/protocol';

type Decide = (contents: unknown, permission: string, decide: (granted: boolean) => void) => void;
type Handler = (event: unknown, ...parameters: unknown[]) => unknown;

class ContentsDouble extends EventEmitter {
  readonly sent: [string, unknown][] = [];
  readonly ports: unknown[] = [];
  reloads = 0;
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  decide: Decide = (_contents, _permission, decide) => decide(true);
  check: (contents: unknown, permission: string) => boolean = () => true;

  readonly session = {
    setPermissionRequestHandler: (handler: Decide) => (this.decide = handler),
    setPermissionCheckHandler: (handler: ContentsDouble['check']) => (this.check = handler),
  };
  setWindowOpenHandler = (handler: ContentsDouble['openHandler']): void => {
    this.openHandler = handler;
  };
  send(channel: string, value: unknown): void {
    this.sent.push([channel, value]);
  }
  postMessage(channel: string, value: unknown, ports: unknown[]): void {
    this.sent.push([channel, value]);
    this.ports.push(...ports);
  }
  reload(): void {
    this.reloads++;
  }
}

class WindowDouble extends EventEmitter {
  static opened: WindowDouble[] = [];
  readonly webContents = new ContentsDouble();
  readonly options: BrowserWindowConstructorOptions;
  url = '';
  shown = false;
  focused = 0;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    WindowDouble.opened.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.url = url;
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focused++;
  }
  isMinimized(): boolean {
    return false;
  }
  close(): void {
    this.emit('closed');
  }
}

class ChildDouble extends EventEmitter {
  readonly ports: unknown[] = [];
  killed = false;
  postMessage(_message: unknown, ports: unknown[]): void {
    this.ports.push(...ports);
  }
  kill(): boolean {
    this.killed = true;
    return this.emit('exit', 0);
  }
}

class AppDouble extends EventEmitter {
  hasLock = true;
  quits = 0;
  recent: string[] = [];
  readonly #userData: string;
  constructor(userData: string) {
    super();
    this.#userData = userData;
  }
  requestSingleInstanceLock = (): boolean => this.hasLock;
  whenReady = async (): Promise<void> => undefined;
  getPath = (): string => this.#userData;
  addRecentDocument = (file: string): number => this.recent.push(file);
  clearRecentDocuments = (): unknown[] => (this.recent = []);
  quit = (): number => this.quits++;
}

/** The double and what a test needs to play the system, the page and the person. */
export function electronDouble(folder: string) {
  WindowDouble.opened = [];
  const app = new AppDouble(join(folder, 'user data'));
  const handlers = new Map<string, Handler>();
  const ipc = new EventEmitter();
  const children: ChildDouble[] = [];
  const outside: string[] = [];
  const system = {
    app,
    children,
    /** Addresses given to the person's browser. */
    outside,
    menu: [] as MenuItemConstructorOptions[],
    schemes: [] as { scheme: string; privileges?: object }[],
    page: (async () => new Response()) as (request: { method: string; url: string }) => Promise<Response>,
    /** What the person answers in the next dialogs. */
    chosen: [] as string[],
    /** Titles of the dialogs so far. */
    dialogs: [] as (string | undefined)[],
    button: 0,
    window: () => WindowDouble.opened.at(-1)!,
    windows: () => WindowDouble.opened.length,
    ask: async (channel: string, url = PAGE_URL): Promise<unknown> =>
      handlers.get(channel)!({ senderFrame: { url }, sender: system.window().webContents }),
    say: (channel: string, value: unknown, url = PAGE_URL) => ipc.emit(channel, { senderFrame: { url } }, value),
  };
  const electron = {
    app,
    BrowserWindow: WindowDouble,
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[]) => (system.menu = menu),
    },
    MessageChannelMain: class {
      port1 = {};
      port2 = {};
    },
    dialog: {
      showOpenDialog: async (...given: (WindowDouble | OpenDialogOptions)[]) => {
        const options = given.at(-1) as OpenDialogOptions; // the window stands first where there is one
        system.dialogs.push(options.title);
        return { filePaths: system.chosen };
      },
      showMessageBox: async () => ({ response: system.button }),
    },
    ipcMain: {
      handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
      on: (channel: string, listener: Handler) => ipc.on(channel, listener),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: typeof system.schemes) => (system.schemes = schemes),
      handle: (_scheme: string, handler: typeof system.page) => (system.page = handler),
    },
    shell: { openExternal: async (url: string) => outside.push(url) },
    utilityProcess: {
      fork: () => {
        children.push(new ChildDouble());
        return children.at(-1);
      },
    },
  };
  // Only the calls above exist; one that the shell makes beyond them fails its test.
  return { electron: electron as unknown as ElectronApi, system };
}
