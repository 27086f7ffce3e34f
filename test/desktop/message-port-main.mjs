// MessagePortMain and MessageChannelMain, for the main process and for a utility process: both run this file, the second without a compiler.
import { EventEmitter } from 'node:events';

/**
 * One end of a line. What is posted here goes out by `send`; what comes in waits until somebody attaches. An item is `{ data }`, or `{ closed: true }`
 * as the last one.
 */
export class PortEnd {
  #send;
  #waiting = [];
  #sink = null;

  constructor(send) {
    this.#send = send;
  }

  post(item) {
    this.#send(item);
  }

  take(item) {
    if (this.#sink === null) this.#waiting.push(item);
    else this.#sink(item);
  }

  attach(sink) {
    this.#sink = sink;
    for (const item of this.#waiting.splice(0)) sink(item);
  }
}

/** Two ends of one line. */
function endPair() {
  const one = new PortEnd((item) => other.take(item));
  const other = new PortEnd((item) => one.take(item));
  return [one, other];
}

export class MessagePortMain extends EventEmitter {
  /** Null once the port was given away or closed. */
  #end;
  #started = false;

  constructor(end) {
    super();
    this.#end = end;
  }

  /** Messages wait until this is called. */
  start() {
    if (this.#end === null || this.#started) return;
    this.#started = true;
    this.#end.attach((item) => setImmediate(() => this.#hear(item)));
  }

  close() {
    this.#end?.post({ closed: true });
    this.#end = null;
  }

  /** Posts to nobody, silently, once the port was given away or closed. */
  postMessage(message, transfer = []) {
    const data = structuredClone(message);
    if (this.#end === null) return;
    if (Array.isArray(transfer) && transfer.includes(this))
      throw new Error(`Port at index ${transfer.indexOf(this)} contains the source port.`);
    if (disentangle(transfer).length > 0) throw new Error('This double of Electron carries no ports over ports.');
    this.#end.post({ data });
  }

  get neutered() {
    return this.#end === null;
  }

  /** Takes the end out of the port, which is of no use afterwards. */
  giveAway() {
    const end = this.#end;
    this.#end = null;
    return end;
  }

  #hear(item) {
    if (this.#end === null) return;
    if (item.closed) {
      this.#end = null;
      this.emit('close');
    } else this.emit('message', { data: item.data, ports: [] });
  }
}

export class MessageChannelMain {
  constructor() {
    const [one, other] = endPair();
    this.port1 = new MessagePortMain(one);
    this.port2 = new MessagePortMain(other);
  }
}

/** The ends of the ports in a transfer list. Throws, and takes none, where something in it is no port, stands twice or was given away. */
export function disentangle(transfer) {
  if (!Array.isArray(transfer)) throw new TypeError('transferables must be an array of MessagePorts');
  transfer.forEach((port, i) => {
    if (!(port instanceof MessagePortMain)) throw new TypeError(`Port at index ${i} is not a valid port`);
  });
  transfer.forEach((port, i) => {
    if (port.neutered) throw new Error(`Port at index ${i} is already neutered.`);
    if (transfer.indexOf(port) !== i) throw new Error(`Port at index ${i} is a duplicate.`);
  });
  return transfer.map((port) => port.giveAway());
}
