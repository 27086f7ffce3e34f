// How the window follows names that come after the first screen.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AnalysisSession, NamesStatus, Status, Summary } from '../../workers/api';
import type { Host } from '../../src/renderer/connection/host';
import { closeDump, openDump, start, takeNames, useDump } from '../../src/renderer/state/dump';
import { SUMMARY } from '../engine/cli/double';

const page = { documentElement: { dataset: {} as { idle?: string } }, hidden: false };

/** An engine whose names the test moves on. */
class Engine {
  names: NamesStatus = { generation: 0, running: true, problem: null };
  asked: string[] = [];
  private readonly status = (): Status => ({
    state: this.asked.includes('open') ? 'ready' : 'empty',
    file: 'a.heap',
    running: this.names.running ? 'name' : null,
    phases: [],
    objects: 2,
    memory: { used: 0, peak: 0, estimate: null },
    names: this.names,
  });
  // what the window asks of a session while it opens and follows a dump
  readonly session = {
    status: async () => this.status(),
    open: async (request: unknown) => this.answer(`open`, request),
    summary: async () => this.answer('summary'),
    takeNames: async (...from: unknown[]) => this.answer(`takeNames(${from.map(String).join()})`),
    close: async () => undefined,
  } as unknown as AnalysisSession;

  private answer(question: string, request?: unknown): Summary {
    this.asked.push(question);
    if (request !== undefined) expect(request).toEqual({ file: 'a.heap', names: 'later' });
    return { ...SUMMARY, limits: [`generation ${this.names.generation}`] };
  }
}

let engine: Engine;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => setTimeout(then, 0));
  engine = new Engine();
  const host: Partial<Host> = {
    session: engine.session,
    initialFile: null,
    files: async () => [],
    onOpen: () => () => undefined,
    onGone: () => () => undefined,
  };
  await start(host as Host);
  await openDump('a.heap');
  await vi.advanceTimersByTimeAsync(10);
  return async () => {
    closeDump();
    await vi.advanceTimersByTimeAsync(10);
    expect(page.documentElement.dataset.idle).toBe('true');
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

function shown() {
  const { stage } = useDump.getState();
  if (stage.name !== 'open') throw new Error(`the stage is ${stage.name}`);
  return { limits: stage.summary.limits, generation: stage.cache.generation(), cache: stage.cache };
}

describe('a dump whose names come later', () => {
  test('is shown at once, and the page is busy until the names stand', async () => {
    expect(shown().limits).toEqual(['generation 0']);
    expect(page.documentElement.dataset.idle).toBe('false');
    expect(useDump.getState().status?.running).toBe('name');
    await vi.advanceTimersByTimeAsync(1000);
    expect(engine.asked).toEqual(['open']);
    expect(page.documentElement.dataset.idle).toBe('false');
  });

  test('shows them when they change: the summary by the new names, answers asked again', async () => {
    const { cache, generation } = shown();
    engine.names = { generation: 1, running: false, problem: null };
    await vi.advanceTimersByTimeAsync(300);
    expect(shown()).toEqual({ limits: ['generation 1'], generation: generation + 1, cache });
    expect(page.documentElement.dataset.idle).toBe('true');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.asked).toEqual(['open', 'summary']);
  });

  test('follows names that another window took', async () => {
    engine.names = { generation: 1, running: false, problem: null };
    await vi.advanceTimersByTimeAsync(300);
    engine.names = { generation: 5, running: false, problem: null };
    await vi.advanceTimersByTimeAsync(3000);
    expect(shown().limits).toEqual(['generation 5']);
  });

  test('names taken from elsewhere are shown as soon as they stand', async () => {
    engine.names = { generation: 1, running: false, problem: null };
    await vi.advanceTimersByTimeAsync(300);
    engine.names = { generation: 2, running: false, problem: null };
    await takeNames('other');
    expect(shown().limits).toEqual(['generation 2']);
    await takeNames(null);
    await takeNames();
    expect(engine.asked.filter((question) => question !== 'summary')).toEqual([
      'open',
      'takeNames(other)',
      'takeNames(null)',
      'takeNames()',
    ]);
  });

  test('is followed no more once it is closed', async () => {
    closeDump();
    engine.names = { generation: 1, running: false, problem: null };
    await vi.advanceTimersByTimeAsync(5000);
    expect(engine.asked).toEqual(['open']);
    expect(useDump.getState().stage.name).toBe('welcome');
  });
});
