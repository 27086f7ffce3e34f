// Begins a process that stands for a utility process: gives it `process.parentPort`, and runs the entry that it was started for.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { MessagePortMain, PortEnd } from './message-port-main.mjs';

const send = process.send.bind(process);
/** Number of a port, as both processes count → its end in this one. */
const ends = new Map();

/** Messages wait until somebody listens. */
class ParentPort extends EventEmitter {
  #waiting = [];

  constructor() {
    super();
    this.on('newListener', (name) => {
      if (name === 'message') setImmediate(() => this.#flush());
    });
  }

  postMessage(message) {
    send({ message: structuredClone(message) });
  }

  take(event) {
    this.#waiting.push(event);
    this.#flush();
  }

  #flush() {
    if (this.listenerCount('message') === 0) return;
    for (const event of this.#waiting.splice(0)) this.emit('message', event);
  }
}

const parentPort = new ParentPort();
Object.defineProperty(process, 'parentPort', { enumerable: true, writable: false, value: parentPort });
// what Node gives a forked process, Electron does not
delete process.send;

process.on('message', ({ port, item, message, ports }) => {
  if (port !== undefined) ends.get(port)?.take(item);
  else parentPort.take({ data: message, ports: ports.map(receivePort) });
});
process.on('disconnect', () => process.exit());

function receivePort(port) {
  const end = new PortEnd((item) => send({ port, item }));
  ends.set(port, end);
  return new MessagePortMain(end);
}

const [entry] = process.argv.splice(2, 1);
process.argv[1] = entry;
await import(pathToFileURL(entry).href);
