// What the window says of names that are there, on their way, or stopped.
import { describe, expect, test } from 'vitest';
import type { PhaseProgress } from '../../workers/api';
import { namesNow } from '../../src/renderer/state/names-now';

const names = (generation: number, running: boolean) => ({ generation, running, problem: null });
const phase = (finished: boolean): PhaseProgress => ({
  phase: 'name',
  unit: 'steps',
  done: 4.5,
  total: 18,
  part: 'malloc headers',
  elapsedMs: 10,
  finished,
});

describe('names', () => {
  test('are on their way as soon as a dump is open, before the engine has said so', () => {
    expect(namesNow(null, 0)).toEqual({ state: 'coming', share: null, step: null, replacing: false });
  });

  test('are on their way with the share of the way and what is looked at', () => {
    const now = namesNow({ names: names(0, true), phases: [phase(false)] }, 0);
    expect(now).toEqual({ state: 'coming', share: 0.25, step: 'malloc headers', replacing: false });
  });

  test('stay while others come; how far those are is not what the last ones came to', () => {
    const now = namesNow({ names: names(2, true), phases: [phase(true)] }, 2);
    expect(now).toEqual({ state: 'coming', share: null, step: null, replacing: true });
  });

  test('are there, also while the rows by them are still asked for', () => {
    expect(namesNow({ names: names(1, false), phases: [phase(true)] }, 0).state).toBe('there');
  });

  test('are neither there nor on their way where naming was stopped', () => {
    expect(namesNow({ names: names(0, false), phases: [] }, 0).state).toBe('stopped');
  });
});
