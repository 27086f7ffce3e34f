/** The structured clone as text: what Electron sends between its processes as it is crosses Playwright's wire as JSON. */

export interface CloneCodec {
  /** Throws a DataCloneError for what cannot be cloned: functions, symbols, promises, objects of the DOM. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** Makes the codec. Its text is run in the page too, so it uses nothing from outside itself. */
export function cloneCodec(): CloneCodec {
  type Tagged = [tag: string, ...parts: unknown[]];

  const refuse = (value: unknown): never => {
    throw new DOMException(`${Object.prototype.toString.call(value)} could not be cloned.`, 'DataCloneError');
  };
  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };
  const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

  const packNumber = (value: number): unknown =>
    Number.isFinite(value) && !Object.is(value, -0) ? value : ['number', Object.is(value, -0) ? '-0' : String(value)];

  const packObject = (value: object): Tagged => {
    if (Array.isArray(value)) return ['array', ...value.map(pack)];
    if (ArrayBuffer.isView(value)) {
      // a Buffer of Node arrives as the Uint8Array that it is
      const name = value instanceof DataView ? 'DataView' : (value as Uint8Array)[Symbol.toStringTag];
      return ['view', name, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
    }
    if (value instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(value))];
    if (value instanceof Error) return ['error', value.name, value.message, value.stack];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', ...[...value].map(pack)];
    if (value instanceof Set) return ['set', ...[...value].map(pack)];
    if (Object.prototype.toString.call(value) !== '[object Object]') return refuse(value);
    return ['object', ...Object.entries(value).map(([key, part]) => [key, pack(part)])];
  };

  const pack = (value: unknown): unknown => {
    if (value === undefined) return ['undefined'];
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return packNumber(value);
    if (typeof value === 'bigint') return ['bigint', String(value)];
    return typeof value === 'object' ? packObject(value) : refuse(value);
  };

  const unpackView = (name: string, bytes: Uint8Array): unknown => {
    const View = (globalThis as unknown as Record<string, new (buffer: ArrayBufferLike) => unknown>)[name];
    return new View(bytes.buffer);
  };
  const unpackError = ([name, message, stack]: string[]): Error =>
    Object.assign(new Error(message), { stack }, name === 'Error' ? {} : { name });

  const unpackers: Record<string, (parts: unknown[]) => unknown> = {
    undefined: () => undefined,
    number: ([text]) => Number(text),
    bigint: ([text]) => BigInt(text as string),
    array: (parts) => parts.map(unpack),
    view: ([name, text]) => unpackView(name as string, fromBase64(text as string)),
    buffer: ([text]) => fromBase64(text as string).buffer,
    error: (parts) => unpackError(parts as string[]),
    date: ([time]) => new Date(time as number),
    map: (parts) => new Map(parts.map(unpack) as [unknown, unknown][]),
    set: (parts) => new Set(parts.map(unpack)),
    object: (parts) => Object.fromEntries((parts as [string, unknown][]).map(([key, part]) => [key, unpack(part)])),
  };

  const unpack = (packed: unknown): unknown => {
    if (!Array.isArray(packed)) return packed;
    const [tag, ...parts] = packed as Tagged;
    return unpackers[tag](parts);
  };

  return { encode: (value) => JSON.stringify(pack(value)), decode: (text) => unpack(JSON.parse(text)) };
}
