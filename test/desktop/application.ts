/** `app`: the life of the program, from its start to its end. */
import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';

/** Settings folder → the program that runs on it: there is one at a time. */
const running = new Map<string, Application>();

export class Application extends EventEmitter {
  readonly isPackaged = false;
  /** Resolves with the exit code once the program has ended. */
  readonly ended: Promise<number>;
  /** What the system's own list of recent documents shows. */
  recentDocuments: string[] = [];
  readonly #settings: string;
  readonly #arguments: string[];
  readonly #closeWindows: () => Promise<void>;
  #ready = false;
  #end: (code: number) => void = () => undefined;

  /** `closeWindows` resolves when all are closed. */
  constructor(settings: string, argv: string[], closeWindows: () => Promise<void>) {
    super();
    this.#settings = settings;
    this.#arguments = argv;
    this.#closeWindows = closeWindows;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    void this.ended.then(() => {
      if (running.get(settings) === this) running.delete(settings);
    });
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', resolve));
  }

  becomeReady(): void {
    this.#ready = true;
    this.emit('ready');
  }

  /** False where a program runs on these settings already: it is told what this one was started with. */
  requestSingleInstanceLock(): boolean {
    const first = running.get(this.#settings);
    if (first === undefined) running.set(this.#settings, this);
    else
      void first
        .whenReady()
        .then(() => first.emit('second-instance', {}, asChromiumHandsOn(this.#arguments), process.cwd()));
    return first === undefined;
  }

  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`This double of Electron knows no folder ${name}.`);
    return resolve(this.#settings);
  }

  addRecentDocument(file: string): void {
    this.recentDocuments = [file, ...this.recentDocuments.filter((other) => other !== file)];
  }

  clearRecentDocuments(): void {
    this.recentDocuments = [];
  }

  /** Closes all windows first; `window-all-closed` is not told then. */
  quit(): void {
    this.emit('before-quit', {});
    void this.#closeWindows().then(() => {
      this.emit('will-quit', {});
      this.exit(0);
    });
  }

  exit(code: number): void {
    this.emit('quit', {}, code);
    this.#end(code);
  }
}

/** The order of the words may change, and Chromium adds switches of its own. */
function asChromiumHandsOn([program, ...words]: string[]): string[] {
  const switches = words.filter((word) => word.startsWith('--'));
  const others = words.filter((word) => !word.startsWith('--'));
  return [
    program,
    ...switches,
    '--allow-file-access-from-files',
    '--original-process-start-time=13400000000',
    ...others,
  ];
}
