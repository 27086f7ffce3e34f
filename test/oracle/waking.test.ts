// Who can be woken and what the others hold, held against the definitions: marking again and again until nobody more is set free, one set a group.
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../fixtures/builder/build';
import { platform } from '../../fixtures/builder/platform';
import { Random } from '../../fixtures/builder/random';
import { Shape } from '../../fixtures/builder/shape';
import { ArraySource } from '../../workers/dump/byte-source';
import type { GoroutineWait } from '../../workers/goroutines/goroutine-wait';
import { findGroupHoldings } from '../../workers/analysis/group-holdings';
import { findWaking, goroutineOf, WOKEN_BY, type WakingInput } from '../../workers/goroutines/waking';
import { readHeapGraph } from '../../workers/graph/build';
import { shallowSize, type HeapGraph } from '../../workers/graph/heap-graph';
import { MemoryAccount } from '../../workers/lib/alloc';
import { NONE } from '../../workers/lib/none';
import { finish } from '../../workers/lib/work';

const ON = platform('go1.27.4');
const OBJECTS = 24;

/** Goroutines that wait on channels, some that run, and objects that lead to all of these. */
async function scene(seed: number): Promise<WakingInput> {
  const random = new Random(seed);
  const shape = new Shape();
  for (let k = 0; k < OBJECTS; k++) shape.object(random.pick([32, 48, 96]));
  const object = (): number => random.below(shape.objectCount);
  const waits: Omit<GoroutineWait, 'kind' | 'semaphore'>[] = [];
  for (let goroutine = 0; goroutine < 8; goroutine++) {
    const channels = Array.from({ length: random.oneIn(3) ? 2 : 1 }, () =>
      random.oneIn(4) ? object() : shape.object(96),
    );
    const descriptor = shape.object(400);
    const sudogs = channels.map((channel) => {
      const sudog = shape.object(104);
      shape.point(sudog, 0, descriptor);
      shape.point(sudog, 88, channel);
      return sudog;
    });
    sudogs.forEach((sudog, i) => shape.point(descriptor, 8 * i, sudog));
    const runs = random.oneIn(4);
    waits.push({ goroutine, descriptor, sudogs, channels, wakers: runs ? null : random.oneIn(12) ? [] : channels });
    shape.bss.push({ offset: 8 * goroutine, target: descriptor });
    const made = shape.goroutine({ descriptor, status: runs ? 1 : 4 });
    for (const name of ['main.inner', 'main.outer']) {
      const frame = made.frame(name);
      for (let at = 0; at < 64; at += 8) if (random.oneIn(6)) frame[random.oneIn(2) ? 'lists' : 'holds'](at, object());
    }
    if (random.oneIn(4)) made.defers(object(), object());
  }
  for (let k = 0; k < shape.objectCount; k++)
    for (let at = 0; at < 24; at += 8) if (k < OBJECTS && random.oneIn(4)) shape.point(k, at, object());
  shape.bss.push({ offset: 512, target: object() });
  const finalized = [object()];
  const unheld = [object()];

  const { bytes, order } = buildDump(shape, ON, { seed, shuffleWindow: 4 });
  const graph = await readHeapGraph(new ArraySource(bytes), { account: new MemoryAccount() });
  const id = (one: number): number => order.indexOf(one) + 1;
  const dead = new Set(Array.from({ length: graph.roots.count }, (_, root) => root).filter(() => random.oneIn(3)));
  const main = random.below(8);
  return {
    graph,
    waits: waits.map(({ goroutine, descriptor, sudogs, channels, wakers }) => ({
      goroutine,
      kind: wakers === null ? 'running' : 'chan receive',
      descriptor: goroutine === 7 ? NONE : id(descriptor),
      sudogs: sudogs.map(id),
      channels: channels.map(id),
      semaphore: 0,
      wakers: wakers?.map(id) ?? null,
    })),
    isAlwaysLive: (goroutine) => goroutine === main,
    isDead: (root) => dead.has(root),
    finalized: finalized.map(id),
    unheld: unheld.map(id),
  };
}

/** The definitions, by sets. */
class NaiveWaking {
  readonly wokenBy: number[];
  readonly reached: Set<number>;
  private readonly starts = new Set<number>();

  constructor(private readonly input: WakingInput) {
    const { waits, graph, finalized, unheld } = input;
    this.wokenBy = waits.map(({ goroutine, wakers }) =>
      wakers === null || input.isAlwaysLive(goroutine) ? WOKEN_BY.strong : WOKEN_BY.nothing,
    );
    for (const objectId of finalized) this.starts.add(objectId);
    const afterStrong = this.settle(WOKEN_BY.strong);
    this.settle(WOKEN_BY.stackWord);
    for (const objectId of unheld) this.starts.add(objectId);
    this.settle(WOKEN_BY.unheld);
    const later = new Set(afterStrong);
    for (const { goroutine, descriptor, sudogs } of waits) {
      if (this.wokenBy[goroutine] !== WOKEN_BY.stackWord) continue;
      for (const objectId of [descriptor, ...sudogs]) if (objectId !== NONE) later.add(objectId);
      for (let root = 0; root < graph.roots.strongCount; root++)
        if (goroutineOf(graph, root) === goroutine) later.add(graph.roots.target[root]);
    }
    this.reached = new Set([...afterStrong, ...this.mark(later, WOKEN_BY.unheld)].filter((v) => v !== NONE));
  }

  /** Sets free whoever waits on what is reached, until nobody is left to free. Returns what is reached then. */
  private settle(pass: number): Set<number> {
    const { waits } = this.input;
    for (;;) {
      const reached = this.mark(new Set([...this.starts, ...this.rootTargets(pass)]));
      const free = waits.filter(
        ({ goroutine, wakers }) =>
          this.wokenBy[goroutine] === WOKEN_BY.nothing && wakers?.some((waker) => reached.has(waker)),
      );
      if (free.length === 0) return reached;
      for (const { goroutine } of free) this.wokenBy[goroutine] = pass;
    }
  }

  private rootTargets(pass: number): number[] {
    const { graph, isDead } = this.input;
    const targets: number[] = [];
    for (let root = 0; root < graph.roots.count; root++) {
      const owner = goroutineOf(graph, root);
      if (owner !== NONE && this.wokenBy[owner] === WOKEN_BY.nothing) continue;
      const counts = root < graph.roots.strongCount || (pass > WOKEN_BY.strong && !isDead(root));
      if (counts) targets.push(graph.roots.target[root]);
    }
    return targets;
  }

  /** References out of what goroutines hold back that are woken by no better than `heldFrom` are not followed. */
  private mark(starts: ReadonlySet<number>, heldFrom: number = WOKEN_BY.nothing): Set<number> {
    const { graph, waits } = this.input;
    const stops = new Set(
      waits.flatMap(({ goroutine, descriptor, sudogs }) =>
        this.wokenBy[goroutine] >= heldFrom ? [descriptor, ...sudogs] : [],
      ),
    );
    return closure(graph, starts, (v) => stops.has(v));
  }
}

/** What the starts lead to; references out of what stops are not followed. */
function closure(graph: HeapGraph, starts: Iterable<number>, stops: (v: number) => boolean): Set<number> {
  const marked = new Set<number>();
  const waiting = [...starts];
  for (let v = waiting.pop(); v !== undefined; v = waiting.pop()) {
    if (marked.has(v)) continue;
    marked.add(v);
    if (!stops(v))
      waiting.push(...graph.referenceTarget.subarray(graph.referenceStart[v], graph.referenceStart[v + 1]));
  }
  return marked;
}

const idsOf = ({ objectCount }: HeapGraph): number[] => Array.from({ length: objectCount }, (_, i) => i + 1);

describe('goroutines that wait', () => {
  test('are woken by what the definition says, and what can run reaches what it says', async () => {
    const seen = new Map<number, number>();
    for (let seed = 1; seed <= 60; seed++) {
      const input = await scene(seed);
      const account = new MemoryAccount();
      const { wokenBy, reached } = finish(findWaking(input, account));
      const naive = new NaiveWaking(input);
      expect([...wokenBy], `seed ${seed}`).toEqual(naive.wokenBy);
      expect(
        idsOf(input.graph).filter((v) => reached.has(v)),
        `seed ${seed}`,
      ).toEqual(idsOf(input.graph).filter((v) => naive.reached.has(v)));
      for (const by of wokenBy) seen.set(by, (seen.get(by) ?? 0) + 1);
      reached.release();
      expect(account.used).toBe(0);
    }
    for (const by of Object.values(WOKEN_BY)) expect(seen.get(by), `woken by ${by}`).toBeGreaterThan(4);
  });

  test('hold what they alone reach', async () => {
    let counted = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const input = await scene(seed);
      const { graph, waits } = input;
      const account = new MemoryAccount();
      const { reached } = finish(findWaking(input, account));
      const own = new Set(waits.flatMap(({ descriptor, sudogs }) => [descriptor, ...sudogs]));
      // what one has at first hand is what its stack has, and its own records
      const starts = waits.map(({ goroutine, descriptor, sudogs }) => {
        const roots = Array.from(graph.roots.target).filter((_, root) => goroutineOf(graph, root) === goroutine);
        return [descriptor, ...sudogs, ...roots].filter((v) => v !== NONE);
      });
      const found = finish(findGroupHoldings(graph, reached, starts, own, account));
      const sets = starts.map((first) => heldBy(graph, first, own, (v) => reached.has(v)));
      const expected = sets.map((set, group) =>
        [...set].filter((v) => !own.has(v) && sets.every((other, i) => i === group || !other.has(v))),
      );
      expect([...found.objects], `seed ${seed}`).toEqual(expected.map((alone) => alone.length));
      expect([...found.bytes], `seed ${seed}`).toEqual(
        expected.map((alone) => alone.reduce((sum, v) => sum + shallowSize(graph, v), 0)),
      );
      counted += expected.flat().length;
      reached.release();
      expect(account.used).toBe(0);
    }
    expect(counted).toBeGreaterThan(40);
  });
});

/** What a group reaches without passing through other goroutines' records or what something reaches that can run. */
function heldBy(
  graph: HeapGraph,
  starts: readonly number[],
  own: ReadonlySet<number>,
  isReached: (v: number) => boolean,
): Set<number> {
  const held = new Set<number>();
  const waiting = starts.filter((v) => own.has(v) || !isReached(v));
  for (let v = waiting.pop(); v !== undefined; v = waiting.pop()) {
    if (held.has(v)) continue;
    held.add(v);
    const behind = graph.referenceTarget.subarray(graph.referenceStart[v], graph.referenceStart[v + 1]);
    waiting.push(...[...behind].filter((w) => !own.has(w) && !isReached(w)));
  }
  return held;
}
