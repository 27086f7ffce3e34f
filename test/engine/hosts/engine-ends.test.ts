// The real engine behind its wires: what gets through, and that every call settles when the engine ends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../../src/server/engine';
import type { CallMessage, ReplyMessage } from '../../../workers/api';
import { createDirectSession } from '../../../workers/hosts/direct';
import { serveElectronPort } from '../../../workers/hosts/endpoints';
import { electronPorts } from '../../golden/hosts';
import { buildEntry, type BuiltEntry } from '../../support/build-entry';
import { fixture } from '../session/test-host';

const FILE = fixture('go1.27.4/mixed-3k.heap');
let ids = 0;

function call(method: CallMessage['path'][0], ...values: unknown[]): CallMessage {
  const argumentList = values.map((value) => ({ type: 'RAW' as const, value }));
  return { id: `c${++ids}`, type: 'APPLY', path: [method], argumentList };
}

const outcome = (reply: ReplyMessage): string => (reply.type === 'RAW' ? 'answered' : reply.value.value.name);

describe('the thread', () => {
  let entry: BuiltEntry;
  beforeAll(async () => {
    entry = await buildEntry('workers/hosts/analysis.thread.ts');
  });
  afterAll(() => entry.remove());

  test('is cancelled while it works, and goes on', async () => {
    const engine = new Engine(entry.path);
    const opening = engine.call(call('open', { file: FILE }));
    const cancelled = engine.call(call('cancel'));
    expect(outcome(await opening)).toBe('Cancelled');
    expect(outcome(await cancelled)).toBe('answered');
    expect(outcome(await engine.call(call('open', { file: FILE })))).toBe('answered');
    await engine.stop();
  });

  test('stopped in the middle: every call settles, a fresh one answers', async () => {
    const engine = new Engine(entry.path);
    expect(outcome(await engine.call(call('open', { file: FILE })))).toBe('answered');
    const sort = { column: 'retained', descending: true };
    const asked = [call('open', { file: FILE }), call('objects', { offset: 0, limit: 9, sort }), call('status')];
    const replies = asked.map((message) => engine.call(message));
    await engine.stop();
    expect((await Promise.all(replies)).map(outcome)).toEqual(['EngineGone', 'EngineGone', 'EngineGone']);
    expect(outcome(await engine.call(call('status')))).toBe('EngineGone');
    expect(engine.restart()).toBe(true);
    expect(outcome(await engine.call(call('summary')))).toBe('NothingOpen');
    expect(outcome(await engine.call(call('open', { file: FILE })))).toBe('answered');
    await engine.stop();
  });
});

describe('a port of Electron', () => {
  function port() {
    const [page, process] = electronPorts();
    serveElectronPort(createDirectSession(), process);
    const replies = new Map<unknown, (reply: ReplyMessage) => void>();
    page.on('message', ({ data }: { data: ReplyMessage }) => replies.get(data.id)?.(data));
    page.start();
    return (message: object): Promise<ReplyMessage> =>
      new Promise((settle) => {
        replies.set('id' in message ? message.id : null, settle);
        page.postMessage(message);
      });
  }

  test('answers calls, and errors by name', async () => {
    const ask = port();
    expect(await ask(call('status'))).toMatchObject({ type: 'RAW', value: { state: 'empty', file: null } });
    expect(outcome(await ask(call('summary')))).toBe('NothingOpen');
    expect(outcome(await ask(call('open', { file: FILE })))).toBe('answered');
    const [{ address }] = (
      (await ask(call('objects', { offset: 0, limit: 1 }))) as Raw<{ rows: { address: string }[] }>
    ).value.rows;
    const contents = (await ask(call('contents', address, 0, 8))) as Raw<{ bytes: Uint8Array }>;
    expect(contents.value.bytes.buffer.byteLength).toBe(8);
  });

  type Raw<T> = { value: T };

  test.each([
    ['a property', { type: 'GET', path: ['open'] }],
    ['a value to set', { type: 'SET', path: ['open'], value: { type: 'RAW', value: 1 } }],
    ['a method of a method', { type: 'APPLY', path: ['open', 'constructor'], argumentList: [] }],
    ['what every object has', { type: 'APPLY', path: ['constructor'], argumentList: [] }],
    ['a callback', { type: 'APPLY', path: ['open'], argumentList: [{ type: 'HANDLER', name: 'proxy', value: {} }] }],
  ])('refuses %s', async (_, message) => {
    expect(outcome(await port()({ ...message, id: 'x' }))).toBe('BadRequest');
  });

  test('is not disturbed by what is no message', async () => {
    const [page, process] = electronPorts();
    serveElectronPort(createDirectSession(), process);
    const answers: ReplyMessage[] = [];
    page.on('message', ({ data }: { data: ReplyMessage }) => answers.push(data));
    page.start();
    for (const nonsense of [null, 7, 'text', {}, { id: 3 }]) page.postMessage(nonsense);
    page.postMessage(call('status'));
    await expect.poll(() => answers).toHaveLength(1);
  });
});
