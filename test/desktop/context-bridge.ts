/**
 * One end of `contextBridge`, for either world of the page: functions and promises are stood for, everything else is copied. The two worlds have no
 * objects in common; what they have is the document, and events on it, whose details Chromium clones from world to world.
 */

export interface BridgeEnd {
  /** Calls a function that the other end gave the number `id`. */
  call(id: number, parameters: unknown[]): unknown;
  /** Gives a function to the other end, and its number with it. */
  give(fn: (...parameters: never[]) => unknown): number;
}

/** Makes the end that hears events called `here` and sends those called `there`. Its text runs in the page, so it uses nothing from outside itself. */
export function bridgeEnd(here: string, there: string): BridgeEnd {
  type Fn = (...parameters: unknown[]) => unknown;
  type Packed =
    | { kind: 'value'; value: unknown }
    | { kind: 'function' | 'promise'; id: number }
    | { kind: 'error'; message: string }
    | { kind: 'array'; items: Packed[] }
    | { kind: 'object'; entries: [string, Packed][] };
  type Message =
    | { kind: 'call'; id: number; parameters: Packed }
    | { kind: 'answer' | 'throw'; value: Packed }
    | { kind: 'resolve' | 'reject'; id: number; value: Packed };

  const given: Fn[] = [];
  const promised = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let promises = 0;
  let answer: Message | null = null;

  const send = (message: Message): boolean => document.dispatchEvent(new CustomEvent(there, { detail: message }));

  const packPromise = (promise: Promise<unknown>): Packed => {
    const id = promises++;
    promise.then(
      (value) => send({ kind: 'resolve', id, value: pack(value) }),
      (error: unknown) => send({ kind: 'reject', id, value: pack(error) }),
    );
    return { kind: 'promise', id };
  };

  const isPlain = (value: object): boolean => Object.prototype.toString.call(value) === '[object Object]';

  const pack = (value: unknown): Packed => {
    if (typeof value === 'function') return { kind: 'function', id: given.push(value as Fn) - 1 };
    // symbols cannot be copied, so they are dropped
    if (typeof value === 'symbol') return { kind: 'value', value: undefined };
    if (typeof value !== 'object' || value === null) return { kind: 'value', value };
    if (value instanceof Promise) return packPromise(value);
    // neither the kind of an error nor what was added to it comes along
    if (value instanceof Error) return { kind: 'error', message: value.message };
    if (Array.isArray(value)) return { kind: 'array', items: value.map(pack) };
    if (isPlain(value))
      return { kind: 'object', entries: Object.entries(value).map(([key, part]) => [key, pack(part)]) };
    // throws for what cannot be cloned; the event would carry null without a word
    return { kind: 'value', value: structuredClone(value) };
  };

  const unpackPromise = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => promised.set(id, { resolve, reject }));

  const unpack = (packed: Packed): unknown => {
    switch (packed.kind) {
      case 'value':
        return packed.value;
      case 'function':
        return (...parameters: unknown[]) => call(packed.id, parameters);
      case 'promise':
        return unpackPromise(packed.id);
      case 'error':
        return new Error(packed.message);
      case 'array':
        return packed.items.map(unpack);
      case 'object':
        return Object.fromEntries(packed.entries.map(([key, part]) => [key, unpack(part)]));
    }
  };

  const call = (id: number, parameters: unknown[]): unknown => {
    send({ kind: 'call', id, parameters: pack(parameters) });
    if (answer === null || !('value' in answer)) throw new Error('the other world does not answer');
    const { kind, value } = answer;
    answer = null;
    if (kind === 'throw') throw unpack(value);
    return unpack(value);
  };

  const run = (id: number, parameters: Packed): Message => {
    try {
      return { kind: 'answer', value: pack(given[id](...(unpack(parameters) as unknown[]))) };
    } catch (error) {
      return { kind: 'throw', value: pack(error) };
    }
  };

  document.addEventListener(here, (event) => {
    const message = (event as CustomEvent<Message>).detail;
    if (message.kind === 'call') send(run(message.id, message.parameters));
    else if (message.kind === 'resolve') promised.get(message.id)?.resolve(unpack(message.value));
    else if (message.kind === 'reject') promised.get(message.id)?.reject(unpack(message.value));
    else answer = message;
  });

  return { call, give: (fn) => given.push(fn as Fn) - 1 };
}
