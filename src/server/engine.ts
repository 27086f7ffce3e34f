/** An engine in a thread of its own, spoken to in single messages of the wire. Every call settles: the thread's end answers those in flight. */
import { Worker } from 'node:worker_threads';
import { EngineError, throwReply, type CallMessage, type ReplyMessage } from '../../workers/api';

export class Engine {
  readonly #entry: string;
  readonly #inFlight = new Map<string, (reply: ReplyMessage) => void>();
  #nextId = 1;
  #thread: Worker | null = null;
  /** Why there is no thread. */
  #reason = 'The engine was not started.';

  /** `entry`: the built `analysis.thread.js`. Starts the thread. */
  constructor(entry: string) {
    this.#entry = entry;
    this.#start();
  }

  /** Resolves with the thread's reply, or with one that throws `EngineGone`; never rejects. */
  call(call: CallMessage): Promise<ReplyMessage> {
    const thread = this.#thread;
    if (thread === null) return Promise.resolve(this.#goneReply(call.id));
    return new Promise((settle) => {
      // Pages choose their ids, and two may choose the same.
      const id = String(this.#nextId++);
      this.#inFlight.set(id, (reply) => settle({ ...reply, id: call.id }));
      thread.postMessage({ ...call, id });
    });
  }

  /** Starts a fresh thread where the last one has ended, and says so; leaves one that lives. */
  restart(): boolean {
    if (this.#thread !== null) return false;
    this.#start();
    return true;
  }

  /** Ends the thread; calls in flight and later ones get `EngineGone`. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#end('The server was stopped.');
    await thread?.terminate();
  }

  #start(): void {
    const thread = new Worker(this.#entry);
    this.#thread = thread;
    let reason: string | null = null;
    thread.on('message', (reply: ReplyMessage) => {
      const settle = this.#inFlight.get(reply.id);
      this.#inFlight.delete(reply.id);
      settle?.(reply);
    });
    thread.on('messageerror', () => {
      reason = 'The engine gave an answer that could not be read.';
      void thread.terminate();
    });
    thread.on('error', (error) => (reason = `The engine has failed: ${messageOf(error)}`));
    thread.on('exit', (code) => {
      if (this.#thread === thread) this.#end(reason ?? `The engine has ended unasked (exit code ${code}).`);
    });
  }

  #end(reason: string): void {
    this.#thread = null;
    this.#reason = reason;
    const abandoned = [...this.#inFlight];
    this.#inFlight.clear();
    for (const [id, settle] of abandoned) settle(this.#goneReply(id));
  }

  #goneReply(id: string): ReplyMessage {
    return throwReply(id, new EngineError('EngineGone', this.#reason));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
