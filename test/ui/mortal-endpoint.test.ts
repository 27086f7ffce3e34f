/** Whatever happens to an engine, every call that the page made settles. */
import { describe, expect, it, vi } from 'vitest';
import type { CallMessage, ReplyMessage } from '../../workers/api';
import { MortalEndpoint } from '../../src/renderer/connection/mortal-endpoint';
import { remoteSession } from '../../src/renderer/connection/remote-session';

const gone = (message: string) => ({ name: 'EngineGone', message });

/** An engine that keeps its calls until a test answers them. */
function silentEngine() {
  const calls: CallMessage[] = [];
  return { calls, send: (call: CallMessage) => void calls.push(call) };
}

const answerTo = (call: CallMessage, value: unknown): ReplyMessage => ({ id: call.id, type: 'RAW', value });

describe('a call', () => {
  it('is answered by the reply of its id, in any order', async () => {
    const endpoint = new MortalEndpoint();
    const engine = silentEngine();
    endpoint.connect(engine.send);
    const session = remoteSession(endpoint);
    const summary = session.summary();
    const hits = session.search('x', 3);
    expect(engine.calls.map((call) => [call.path, call.argumentList])).toEqual([
      [['summary'], []],
      [
        ['search'],
        [
          { type: 'RAW', value: 'x' },
          { type: 'RAW', value: 3 },
        ],
      ],
    ]);
    endpoint.deliver(answerTo(engine.calls[1], []));
    endpoint.deliver(answerTo(engine.calls[0], 'all'));
    endpoint.deliver(answerTo(engine.calls[0], 'again'));
    expect(await Promise.all([summary, hits])).toEqual(['all', []]);
  });

  it('in flight when the engine goes is rejected, and so is every later one', async () => {
    const endpoint = new MortalEndpoint();
    endpoint.connect(silentEngine().send);
    const session = remoteSession(endpoint);
    const inFlight = [session.summary(), session.cycle(3)];
    endpoint.end('It fell.');
    endpoint.end('A second report.');
    for (const call of [...inFlight, session.status()]) await expect(call).rejects.toMatchObject(gone('It fell.'));
  });

  it('before there is an engine is rejected', async () => {
    await expect(remoteSession(new MortalEndpoint()).status()).rejects.toMatchObject({ name: 'EngineGone' });
  });

  it('that learns of the engine’s end takes the others with it', async () => {
    const endpoint = new MortalEndpoint();
    const engine = silentEngine();
    endpoint.connect(engine.send);
    const session = remoteSession(endpoint);
    const calls = [session.summary(), session.summary()];
    const value = { isError: true, value: { name: 'EngineGone', message: 'Out of memory.', stack: '' } } as const;
    endpoint.deliver({ id: engine.calls[1].id, type: 'HANDLER', name: 'throw', value });
    for (const call of calls) await expect(call).rejects.toMatchObject(gone('Out of memory.'));
  });

  it('to an engine that was replaced is rejected; the next one answers the new calls alone', async () => {
    const endpoint = new MortalEndpoint();
    const [first, second] = [silentEngine(), silentEngine()];
    endpoint.connect(first.send);
    const session = remoteSession(endpoint);
    const early = session.summary();
    endpoint.connect(second.send);
    await expect(early).rejects.toMatchObject({ name: 'EngineGone' });
    const late = session.summary();
    endpoint.deliver(answerTo(first.calls[0], 'stale'));
    endpoint.deliver(answerTo(second.calls[0], 'fresh'));
    expect(await late).toBe('fresh');
  });

  it('with a callback is refused, not left waiting', async () => {
    const endpoint = new MortalEndpoint();
    endpoint.connect(silentEngine().send);
    const session = remoteSession(endpoint) as unknown as Record<string, (value: unknown) => Promise<unknown>>;
    const proxyMarked = Object.assign(() => 0, { [(await import('comlink')).proxyMarker]: true });
    await expect(session['search'](proxyMarked)).rejects.toMatchObject({ name: 'BadRequest' });
  });
});

describe('those who want to know', () => {
  it('are told once for each engine that has gone, until they stop listening', () => {
    const endpoint = new MortalEndpoint();
    const listener = vi.fn();
    const stop = endpoint.onGone(listener);
    endpoint.end('There is none.');
    endpoint.connect(silentEngine().send);
    endpoint.end('first');
    endpoint.end('again');
    endpoint.connect(silentEngine().send);
    endpoint.end('second');
    stop();
    endpoint.connect(silentEngine().send);
    endpoint.end('third');
    expect(listener.mock.calls).toEqual([['first'], ['second']]);
  });
});

describe('the session', () => {
  it('is a plain object: nothing takes it for a promise', async () => {
    const session = remoteSession(new MortalEndpoint());
    expect(await Promise.resolve(session)).toBe(session);
    expect('then' in session).toBe(false);
  });
});
