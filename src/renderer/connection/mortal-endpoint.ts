/**
 * A comlink endpoint whose calls always settle. comlink itself waits for ever when the other side has died; this one remembers the calls in
 * flight, and when the engine has gone it answers each of them, and every later one, with comlink's own way of throwing: `EngineGone`.
 */
import type { Endpoint } from 'comlink';
import { asCall, EngineError, throwReply, thrownBy, type CallMessage, type ReplyMessage } from '../../../workers/api';

/** Hands a call to the engine; the reply comes back by `deliver`, or everything ends by `end`. */
export type Send = (call: CallMessage) => void;

type Listener = Parameters<Endpoint['addEventListener']>[1];

export class MortalEndpoint implements Endpoint {
  readonly #inFlight = new Set<string>();
  readonly #messageListeners = new Set<Listener>();
  readonly #goneListeners = new Set<(reason: string) => void>();
  #send: Send | null = null;
  #reason = 'There is no engine yet.';

  /** Calls go to this engine from now on. Those still in flight to an earlier one get `EngineGone`. */
  connect(send: Send): void {
    this.#abandon('The engine was started anew.');
    this.#send = send;
  }

  /** A reply to a call in flight; any other is dropped. One that says `EngineGone` ends all calls, not only its own. */
  deliver(reply: ReplyMessage): void {
    const error = this.#inFlight.has(reply.id) ? thrownBy(reply) : null;
    if (error?.name === 'EngineGone') this.end(error.message);
    else this.#settle(reply);
  }

  /** The engine has gone; the first report counts, until the next `connect`. */
  end(reason: string): void {
    if (this.#send === null) return;
    this.#send = null;
    this.#reason = reason;
    this.#abandon(reason);
    for (const listener of this.#goneListeners) listener(reason);
  }

  /** Told once for each engine that has gone. Returns the way to stop listening. */
  onGone(listener: (reason: string) => void): () => void {
    this.#goneListeners.add(listener);
    return () => this.#goneListeners.delete(listener);
  }

  postMessage(message: unknown): void {
    const call = asCall(message);
    if (call === null) {
      this.#refuse(message);
      return;
    }
    this.#inFlight.add(call.id);
    if (this.#send !== null) this.#send(call);
    else this.#throwLater(call.id, new EngineError('EngineGone', this.#reason));
  }

  addEventListener(_type: string, listener: Listener): void {
    this.#messageListeners.add(listener);
  }

  removeEventListener(_type: string, listener: Listener): void {
    this.#messageListeners.delete(listener);
  }

  #settle(reply: ReplyMessage): void {
    if (!this.#inFlight.delete(reply.id)) return;
    const event = { data: reply } as MessageEvent;
    for (const listener of this.#messageListeners) {
      if (typeof listener === 'function') listener(event);
      else listener.handleEvent(event);
    }
  }

  #abandon(reason: string): void {
    for (const id of [...this.#inFlight]) this.#settle(throwReply(id, new EngineError('EngineGone', reason)));
  }

  /** What comlink can say beyond calls (reading a property, a callback as argument) has no place on this wire. */
  #refuse(message: unknown): void {
    const id = (message as { id: string }).id;
    this.#inFlight.add(id);
    this.#throwLater(id, new EngineError('BadRequest', 'Only methods of the session can be called, with plain data.'));
  }

  /** After the caller has its promise. */
  #throwLater(id: string, error: Error): void {
    queueMicrotask(() => this.#settle(throwReply(id, error)));
  }
}
