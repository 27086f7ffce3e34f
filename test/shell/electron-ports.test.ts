/** The double of Electron's ports and processes (test/desktop) refuses what Electron refuses, and keeps what Electron keeps. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneCodec } from '../desktop/clone';
import { MessageChannelMain } from '../desktop/message-port-main.mjs';
import { UtilityProcess } from '../desktop/utility-process';

const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('a port', () => {
  it('keeps its messages until it is started, and tells them as events', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const heard: unknown[] = [];
    port2.on('message', (event: unknown) => heard.push(event));
    port1.postMessage({ column: new Float64Array([1, NaN]) });
    await turn();
    expect(heard).toEqual([]);
    port2.start();
    await turn();
    expect(heard).toEqual([{ data: { column: new Float64Array([1, NaN]) }, ports: [] }]);
  });

  it('tells that the other end has gone', async () => {
    const { port1, port2 } = new MessageChannelMain();
    port2.start();
    const closed = once(port2, 'close');
    port1.close();
    await closed;
    expect(() => {
      port2.postMessage('to nobody');
    }).not.toThrow();
  });

  it('refuses what cannot be cloned, and what is no port', () => {
    const { port1, port2 } = new MessageChannelMain();
    expect(() => port1.postMessage(() => 1)).toThrow('could not be cloned');
    expect(() => port1.postMessage(null, [new ArrayBuffer(8)])).toThrow('Port at index 0 is not a valid port');
    const noList = port2 as unknown as []; // what only a program without types could do
    expect(() => port1.postMessage(null, noList)).toThrow('transferables must be an array of MessagePorts');
    expect(() => port1.postMessage(null, [port1])).toThrow('Port at index 0 contains the source port.');
  });
});

describe('a utility process', () => {
  let folder: string;
  let entry: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heapknot-utility-'));
    entry = join(folder, 'entry.mjs');
    await writeFile(
      entry,
      `// listens late: what came before has been kept
      await new Promise((resolve) => setTimeout(resolve, 100));
      process.parentPort.on('message', ({ data, ports: [port] }) => {
        if (data === 'exit') process.exit(3);
        port.on('message', ({ data }) => port.postMessage({ data, argv: process.argv.slice(2), send: typeof process.send }));
        port.start();
      });`,
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('answers over the port that it was given', async () => {
    const child = new UtilityProcess(entry, ['--word']);
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage('begin', [port1]);
    expect(() => {
      child.postMessage('again', [port1]);
    }).toThrow('Port at index 0 is already neutered.');
    const answered = once(port2, 'message');
    port2.start();
    port2.postMessage(new Uint32Array([7]));
    expect(await answered).toEqual([
      { data: { data: new Uint32Array([7]), argv: ['--word'], send: 'undefined' }, ports: [] },
    ]);
    const closed = once(port2, 'close');
    const exited = once(child, 'exit');
    child.kill();
    expect(await exited).toEqual([15]);
    await closed;
  });

  it('tells its exit code, and refuses the same port twice', async () => {
    const child = new UtilityProcess(entry, []);
    const { port1 } = new MessageChannelMain();
    expect(() => {
      child.postMessage(null, [port1, port1]);
    }).toThrow('Port at index 1 is a duplicate.');
    const exited = once(child, 'exit');
    child.postMessage('exit');
    expect(await exited).toEqual([3]);
    expect(child.pid).toBeUndefined();
  });
});

describe('the clone as text', () => {
  const { encode, decode } = cloneCodec();

  it('brings back what the structured clone does', () => {
    const value = {
      ...{ nothing: undefined, none: null, text: '“x”', yes: true, big: 2n ** 80n },
      numbers: [0, -0, NaN, Infinity, -Infinity, 0.1],
      columns: [new Float64Array([1, NaN]), new DataView(new ArrayBuffer(3))],
      map: new Map([[{ a: 1 }, new Set(['b'])]]),
      date: new Date(5),
    };
    expect(decode(encode(value))).toEqual(structuredClone(value));
    const large = decode(encode(new Uint8Array(70_000).fill(255))) as Uint8Array;
    expect([large.length, large.every((byte) => byte === 255)]).toEqual([70_000, true]);
    const part = new Uint16Array([1, 2, 3, 4]).subarray(1, 3);
    expect(decode(encode(part))).toEqual(new Uint16Array([2, 3]));
    const error = decode(encode(new RangeError('too far'))) as Error;
    expect([error instanceof Error, error.name, error.message]).toEqual([true, 'RangeError', 'too far']);
  });

  it.each([[() => 1], [Symbol('s')], [Promise.resolve()], [new WeakMap()], [{ deep: [() => 1] }]])(
    'refuses %s',
    (value) => {
      expect(() => encode(value)).toThrow('could not be cloned');
    },
  );
});
