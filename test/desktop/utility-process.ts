/** `utilityProcess`: a process of the system, which runs the entry under Node and speaks through ports. */
import { fork as forkNode, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { disentangle, type PortEnd } from './message-port-main.mjs';

const BEGIN = resolve(import.meta.dirname, 'utility-process.child.mjs');

interface FromChild {
  port?: number;
  item?: object;
  message?: unknown;
}

export class UtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #ends = new Map<number, PortEnd>();

  constructor(entry: string, args: string[]) {
    super();
    const env = { ...process.env };
    // what the test runner asks of Node for its own processes
    delete env['NODE_OPTIONS'];
    this.#child = forkNode(BEGIN, [entry, ...args], { serialization: 'advanced', execArgv: [], env });
    this.pid = this.#child.pid;
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message: FromChild) => this.#hear(message));
    this.#child.on('exit', (code, signal) => this.#end(code ?? constants.signals[signal ?? 'SIGKILL']));
  }

  /** Gives ports away to the process, with a message. */
  postMessage(message: unknown, transfer: unknown[] = []): void {
    const data: unknown = structuredClone(message);
    const ports = disentangle(transfer).map((end: PortEnd) => this.#join(end));
    this.#child.send({ message: data, ports });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #join(end: PortEnd): number {
    const port = this.#ends.size;
    this.#ends.set(port, end);
    end.attach((item: object) => {
      if (this.#child.connected) this.#child.send({ port, item });
    });
    return port;
  }

  #hear({ port, item, message }: FromChild): void {
    if (port === undefined) this.emit('message', message);
    else this.#ends.get(port)?.post(item);
  }

  #end(code: number): void {
    for (const end of this.#ends.values()) end.post({ closed: true });
    this.emit('exit', code);
    this.pid = undefined;
  }
}
