/** What runs in the page before the page: the end of the bridge in its own world, and the preload script with its `electron` in the other. */
import { readFileSync } from 'node:fs';
import { cloneCodec, type CloneCodec } from './clone';
import { bridgeEnd, type BridgeEnd } from './context-bridge';

/** Electron's name for the world of the preload script. */
export const ISOLATED_WORLD = 'Electron Isolated Context';

/** In the isolated world: the binding by which it sends to the main process, and the function by which it hears from it. */
export const TO_MAIN = 'toMainProcess';
export const FROM_MAIN = 'fromMainProcess';

/** From the page's process to the main process. */
export type FromPage =
  | { kind: 'begun' }
  | { kind: 'send'; channel: string; parameters: unknown[] }
  | { kind: 'invoke'; id: number; channel: string; parameters: unknown[] }
  | { kind: 'port'; port: number; data: unknown };

/** From the main process to the page's. */
export type ToPage =
  | { kind: 'message'; channel: string; parameters: unknown[]; ports: number[] }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: string }
  | { kind: 'port'; port: number; data: unknown }
  | { kind: 'closed'; port: number }
  | { kind: 'dropping'; paths: string[] };

/** The script of the page's own world. */
export function mainWorldScript(): string {
  return `if (window === top) (${text(mainWorld)})((${text(bridgeEnd)})('bridge-to-main', 'bridge-to-isolated'));`;
}

/** The script of the isolated world, with a preload script of the built program in it. */
export function isolatedWorldScript(preload: string): string {
  return `if (window === top) {
    const world = (${text(isolatedWorld)})(
      (${text(cloneCodec)})(),
      (${text(bridgeEnd)})('bridge-to-isolated', 'bridge-to-main'),
      globalThis['${TO_MAIN}'],
    );
    globalThis['${FROM_MAIN}'] = world.receive;
    ((require) => {
      ${readFileSync(preload, 'utf8')}
    })(world.require);
  }`;
}

/** The source of a function, which uses nothing from outside itself. */
function text(fn: (...parameters: never[]) => unknown): string {
  return fn.toString();
}

/** The bridge's function 0: puts an API before the page, frozen. */
function mainWorld(bridge: BridgeEnd): void {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const part of Object.values(value)) freeze(part);
    Object.freeze(value);
  };
  bridge.give((key: string, api: unknown) => {
    if (key in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
    freeze(api);
    Object.defineProperty(window, key, { value: api, enumerable: true });
  });
}

/** `require` of a sandboxed preload script, and the way by which messages of the main process come in. */
function isolatedWorld(
  codec: CloneCodec,
  bridge: BridgeEnd,
  toMain: (text: string) => void,
): { require: (name: string) => unknown; receive: (text: string) => void } {
  type Listener = (event: object, ...parameters: unknown[]) => void;
  const send = (message: FromPage): void => {
    toMain(codec.encode(message));
  };

  const listeners = new Map<string, Listener[]>();
  const asked: { resolve: (value: unknown) => void; reject: (error: Error) => void; channel: string }[] = [];
  const ipcRenderer = {
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    send: (channel: string, ...parameters: unknown[]) => {
      send({ kind: 'send', channel, parameters });
    },
    invoke: (channel: string, ...parameters: unknown[]) =>
      new Promise((resolve, reject) => {
        send({ kind: 'invoke', id: asked.push({ resolve, reject, channel }) - 1, channel, parameters });
      }),
  };

  const ports = new Map<number, MessagePort>();
  const receivePort = (port: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      send({ kind: 'port', port, data });
    };
    ports.set(port, port1);
    return port2;
  };

  // The browser tells no page where a file lies; the double knows which it drops, in what order.
  let dropping: string[] = [];
  const paths = new Map<string, string>();
  const traits = ({ name, size, lastModified }: File): string => `${name}\n${size}\n${lastModified}`;
  addEventListener(
    'drop',
    ({ dataTransfer }) => {
      [...(dataTransfer?.files ?? [])].forEach((file, i) => dropping[i] && paths.set(traits(file), dropping[i]));
      dropping = [];
    },
    { capture: true },
  );
  const webUtils = {
    getPathForFile: (file: File) => {
      if (!(file instanceof File)) throw new TypeError('getPathForFile takes a File');
      return paths.get(traits(file)) ?? '';
    },
  };

  const contextBridge = { exposeInMainWorld: (key: string, api: unknown) => bridge.call(0, [key, api]) };

  const receive = (text: string): void => {
    const message = codec.decode(text) as ToPage;
    if (message.kind === 'message') {
      const event = { sender: ipcRenderer, ports: message.ports.map(receivePort) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.parameters);
    } else if (message.kind === 'answer') asked[message.id].resolve(message.value);
    else if (message.kind === 'failure') {
      const { channel, reject } = asked[message.id];
      reject(new Error(`Error invoking remote method '${channel}': ${message.error}`));
    } else if (message.kind === 'port') ports.get(message.port)?.postMessage(message.data);
    else if (message.kind === 'closed') ports.get(message.port)?.close();
    else dropping = message.paths;
  };

  send({ kind: 'begun' });
  return {
    receive,
    require: (name) => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return { contextBridge, ipcRenderer, webUtils };
    },
  };
}
