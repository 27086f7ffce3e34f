/**
 * The engine's end of the wire: comlink over whatever carries messages here. A port of Node hands over the message itself; Electron's wraps
 * it in an event, is silent until started, and takes nothing but ports in a transfer list, so none is ever given. Only calls of the session's
 * methods get through: comlink alone would let the other side reach any property of any object.
 */
import { expose, type Endpoint } from 'comlink';
import { EngineError } from '../api/errors';
import type { AnalysisSession } from '../api/session';
import { asCall, throwReply, type CallMessage } from '../api/wire';

/** A port of worker_threads. */
interface NodePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** Electron's MessagePortMain, as far as it is used. */
export interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  start(): void;
}

/** Answers the calls that come in over a thread's port, as long as the thread lives. */
export function serveNodePort(session: AnalysisSession, port: NodePort): void {
  const endpoint = new CallEndpoint((message) => {
    port.postMessage(message);
  });
  expose(session, endpoint);
  port.on('message', (message) => {
    endpoint.receive(message);
  });
}

/** Answers the calls that come in over a port of Electron. */
export function serveElectronPort(session: AnalysisSession, port: ElectronPort): void {
  const endpoint = new CallEndpoint((message) => {
    port.postMessage(message);
  });
  expose(session, endpoint);
  port.on('message', ({ data }) => {
    endpoint.receive(data);
  });
  port.start();
}

/** comlink listens with functions, and reads nothing of the event but its data. */
type Listener = (event: { data: CallMessage }) => void;

/** What comlink needs of a port, with a door that lets only calls in. */
class CallEndpoint implements Endpoint {
  private readonly listeners = new Set<Listener>();

  constructor(private readonly send: (message: unknown) => void) {}

  receive(message: unknown): void {
    const data = asCall(message);
    if (!data) {
      this.refuse(message);
      return;
    }
    for (const listener of this.listeners) listener({ data });
  }

  postMessage(message: unknown): void {
    this.send(message);
  }

  addEventListener(_type: string, listener: Listener): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: string, listener: Listener): void {
    this.listeners.delete(listener);
  }

  /** Whoever waits for an answer gets one; a message without an id has nobody waiting. */
  private refuse(message: unknown): void {
    const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
    if (typeof id !== 'string') return;
    const error = new EngineError('BadRequest', 'Only methods of the session can be called, with plain data.');
    this.send(throwReply(id, error));
  }
}
