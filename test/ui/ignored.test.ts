// What a person has said of findings: kept by the browser, taken in from files.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { IgnoreEntry } from '../../workers/api';

const stored = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, text: string) => void stored.set(key, text),
});

const entry = (key: string, reason = 'because'): IgnoreEntry => ({
  detector: 'timers',
  key,
  state: 'expected',
  reason,
});

/** The module as a window has it after a reload. */
async function reloaded() {
  vi.resetModules();
  return import('../../src/renderer/state/ignored');
}

beforeEach(() => {
  stored.clear();
});

describe('judgements', () => {
  test('survive a reload, and go when they are taken back', async () => {
    const first = await reloaded();
    first.ignoreFinding(entry('main.poll'));
    first.ignoreFinding(entry('main.tick'));
    const second = await reloaded();
    expect(second.useIgnored.getState().entries).toEqual([entry('main.poll'), entry('main.tick')]);
    second.restoreFinding({ detector: 'timers', key: 'main.poll' });
    expect((await reloaded()).useIgnored.getState().entries).toEqual([entry('main.tick')]);
  });

  test('of a file win over those that were there', async () => {
    const { ignoreFinding, takeIgnored, useIgnored } = await reloaded();
    ignoreFinding(entry('main.poll', 'mine'));
    ignoreFinding(entry('main.tick', 'mine'));
    takeIgnored([entry('main.poll', 'theirs'), entry('main.once', 'theirs')]);
    expect(useIgnored.getState().entries.map(({ key, reason }) => `${key} ${reason}`)).toEqual([
      'main.tick mine',
      'main.poll theirs',
      'main.once theirs',
    ]);
  });

  test('that cannot be read back are none; storage that refuses is no failure', async () => {
    stored.set('heapknot.ignored', '{"schema":');
    const { ignoreFinding, useIgnored } = await reloaded();
    expect(useIgnored.getState().entries).toEqual([]);
    vi.stubGlobal('localStorage', {
      setItem: () => {
        throw new Error('quota');
      },
    });
    ignoreFinding(entry('main.poll'));
    expect(useIgnored.getState().entries).toEqual([entry('main.poll')]);
  });
});
