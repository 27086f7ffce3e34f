/** The engine's process: own heap, and its crash takes neither the window nor the program with it. Pages talk to it directly, over a port. */
import type { UtilityProcess, WebContents } from 'electron';
import { CHANNELS } from '../preload/bridge';
import type { ElectronApi } from './electron-api';

export class AnalysisProcess {
  readonly #electron: Pick<ElectronApi, 'utilityProcess' | 'MessageChannelMain'>;
  readonly #entry: string;
  readonly #onGone: (reason: string) => void;
  #child: UtilityProcess | null = null;

  /** `entry`: the built `analysis.process.js`. `onGone` is told once for each process that ends unasked. */
  constructor(
    electron: Pick<ElectronApi, 'utilityProcess' | 'MessageChannelMain'>,
    entry: string,
    onGone: (reason: string) => void,
  ) {
    this.#electron = electron;
    this.#entry = entry;
    this.#onGone = onGone;
  }

  /** Joins a page to the engine by a fresh channel, and starts the engine where there is none. Throws where it cannot be started. */
  connect(page: WebContents): void {
    this.#child ??= this.#start();
    const { port1, port2 } = new this.#electron.MessageChannelMain();
    this.#child.postMessage(null, [port1]);
    page.postMessage(CHANNELS.enginePort, null, [port2]);
  }

  /** Ends the process; nobody is told. */
  stop(): void {
    const child = this.#child;
    this.#child = null;
    child?.kill();
  }

  #start(): UtilityProcess {
    const child = this.#electron.utilityProcess.fork(this.#entry, [], { serviceName: 'Heapknot engine' });
    let failure: string | null = null;
    // V8 cannot go on: as a rule the JavaScript heap is full.
    child.on('error', (type, location) => {
      failure = `The engine has failed (${type} in ${location}).`;
    });
    child.on('exit', (code) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#onGone(failure ?? `The engine has ended unasked (exit code ${code}).`);
    });
    return child;
  }
}
