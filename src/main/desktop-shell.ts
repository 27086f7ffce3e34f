/** The desktop program: one window, one engine, and every way in which a file can be opened. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent, OpenDialogOptions, WebContents } from 'electron';
import type { HostFile, HostFiles } from '../../workers/api';
import { sampleIn } from '../page/bundled';
import { pageFiles } from '../page/page-files';
import { CHANNELS } from '../preload/bridge';
import { AnalysisProcess } from './analysis-process';
import type { ElectronApi } from './electron-api';
import { menuTemplate } from './menu';
import { isOwnPage, registerScheme, servePage } from './protocol';
import { RecentFiles } from './recent-files';
import { createWindow } from './window';

const HELP_URL = 'https://pkg.go.dev/runtime/debug#WriteHeapDump';

export interface ShellOptions {
  /** Where package.json lies; the built files and the sample are found from there. */
  packageFolder: string;
  platform: NodeJS.Platform;
  /** Files named on the command line, whole paths; the first is opened. */
  files: string[];
  /** Open the sample where no file is named, instead of the welcome screen. */
  beginWithSample: boolean;
  /** Files among the arguments of a further start of the program, in its folder. */
  filesIn(argv: string[], folder: string): string[];
}

/** Starts the program, or hands its files to the one that runs already. Resolves once the window stands. */
export async function startShell(electron: ElectronApi, options: ShellOptions): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerScheme(electron.protocol);
  // Files may be handed over before there is a shell: by the system even before the program is ready, by a second start soon after.
  const early: string[] = [];
  const keepFile = (event: { preventDefault(): void }, file: string): void => {
    event.preventDefault();
    early.push(file);
  };
  const keepArguments = (_event: unknown, argv: string[], folder: string): void => {
    early.push(...options.filesIn(argv, folder).slice(0, 1));
  };
  app.on('open-file', keepFile);
  app.on('second-instance', keepArguments);
  const [page, sample] = await Promise.all([
    pageFiles(resolve(options.packageFolder, 'out/renderer')),
    sampleIn(options.packageFolder),
    app.whenReady(),
  ]);
  app.off('open-file', keepFile);
  app.off('second-instance', keepArguments);

  servePage(electron.protocol, page);
  new DesktopShell(electron, options, sample).start(early.at(-1) ?? options.files.at(0) ?? null);
}

class DesktopShell {
  readonly #electron: ElectronApi;
  readonly #options: ShellOptions;
  readonly #sample: string | null;
  readonly #recent: RecentFiles;
  readonly #engine: AnalysisProcess;
  #window: BrowserWindow | null = null;
  /** What the window shows or is about to: a page that is loaded anew opens it again. */
  #current: string | null = null;

  constructor(electron: ElectronApi, options: ShellOptions, sample: string | null) {
    this.#electron = electron;
    this.#options = options;
    this.#sample = sample;
    this.#recent = new RecentFiles(resolve(electron.app.getPath('userData'), 'recent-files.json'));
    const entry = resolve(options.packageFolder, 'out/main/analysis.process.js');
    this.#engine = new AnalysisProcess(electron, entry, (reason) => this.#tell(CHANNELS.gone, reason));
  }

  /** `file`: what the person has named; null for nothing. */
  start(file: string | null): void {
    const { app } = this.#electron;
    this.#answerPage();
    this.#current = file ?? (this.#options.beginWithSample ? this.#sample : null);
    this.#showWindow();
    this.#showMenu();

    app.on('open-file', (event, file) => {
      event.preventDefault();
      this.#open(file);
    });
    app.on('second-instance', (_event, argv, folder) => {
      const file = this.#options.filesIn(argv, folder).at(0);
      if (file !== undefined) this.#open(file);
      else this.#showWindow();
    });
    app.on('activate', () => this.#showWindow());
    app.on('window-all-closed', () => {
      this.#engine.stop();
      if (this.#options.platform !== 'darwin') app.quit();
    });
    app.on('will-quit', () => this.#engine.stop());
  }

  /** The few things that the page may ask. Only the page: a frame of any other origin is refused. */
  #answerPage(): void {
    const { ipcMain } = this.#electron;
    const answer = (channel: string, reply: (page: WebContents) => unknown): void =>
      ipcMain.handle(channel, (event) => {
        if (!isFromPage(event)) throw new Error('Only the page of this program may ask.');
        return reply(event.sender);
      });
    answer(CHANNELS.files, () => this.#files());
    answer(CHANNELS.chooseFile, () => this.#choose('Open a heap dump'));
    answer(CHANNELS.chooseExecutable, () => this.#choose('Take names from the executable that wrote the dump'));
    answer(CHANNELS.requestEngine, (page) => this.#engine.connect(page));
    ipcMain.on(CHANNELS.opened, (event, file: unknown) => {
      if (isFromPage(event) && typeof file === 'string') this.#remember(file);
    });
  }

  /** Opens a file in the window; a page that is not there yet asks for it when it is. */
  #open(file: string): void {
    this.#current = file;
    this.#showWindow();
    this.#tell(CHANNELS.open, file);
  }

  #tell(channel: string, text: string): void {
    this.#window?.webContents.send(channel, text);
  }

  #showWindow(): void {
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.focus();
      return;
    }
    const window = createWindow(this.#electron, resolve(this.#options.packageFolder, 'out/preload/index.cjs'));
    window.on('closed', () => (this.#window = null));
    this.#window = window;
  }

  #showMenu(): void {
    const { Menu, shell } = this.#electron;
    const template = menuTemplate(this.#options.platform, this.#recent.files, this.#sample, {
      choose: () =>
        void this.#choose('Open a heap dump').then((file) => {
          if (file !== null) this.#open(file);
        }),
      open: (file) => this.#open(file),
      clearRecent: () => {
        this.#recent.clear();
        this.#electron.app.clearRecentDocuments();
        this.#showMenu();
      },
      help: () => void shell.openExternal(HELP_URL),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #choose(title: string): Promise<string | null> {
    const { dialog } = this.#electron;
    const options: OpenDialogOptions = { title, properties: ['openFile'] };
    const window = this.#window;
    const { filePaths } = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return filePaths.at(0) ?? null;
  }

  /** The sample is always at hand and takes no place among the recent files. */
  #remember(file: string): void {
    this.#current = file;
    if (file === this.#sample) return;
    this.#recent.add(file);
    this.#electron.app.addRecentDocument(file);
    this.#showMenu();
  }

  async #files(): Promise<HostFiles> {
    const sample = this.#sample === null ? [] : [await describe(this.#sample, 'sample')];
    const recent = await Promise.all(this.#recent.files.map((file) => describe(file, 'recent')));
    return { files: [...sample, ...recent], initialFile: this.#current };
  }
}

function isFromPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return isOwnPage(event.senderFrame?.url ?? '');
}

/** A file that is gone keeps its line, without size and date. */
async function describe(file: string, kind: HostFile['kind']): Promise<HostFile> {
  const facts = await stat(file).catch(() => null);
  return { file, name: basename(file), bytes: facts?.size ?? null, modified: facts?.mtimeMs ?? null, kind };
}
