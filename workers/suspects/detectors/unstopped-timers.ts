/** Timers and tickers that nobody stopped: those that nothing but the runtime's heaps of timers refers to, and crowds of all others. */
import { objectMemory } from '../../graph/contents/object-memory';
import { shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { groupBy } from '../../lib/group-by';
import { NONE } from '../../lib/none';
import { findJointRetained } from '../../analysis/joint-retained';
import { cutsInto } from '../../cycles/what-lets-go';
import type { Detected, Detector } from '../detector';
import { MOST_PROOFS, type Finding } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { lastCollection } from '../../goroutines/collections';
import { stuckGoroutines } from '../../goroutines/stuck';
import { heapedTimers, type HeapedTimer } from '../library/timer-heap';
import { contextTimers, type ContextTimer } from '../library/context-timers';
import { CANCEL_DEADLINE } from '../words/cancel-advice';
import { AFTER, FUNCTION, LOOP, STOP, STOPPED } from '../library/timer-advice';
import { counted, formatBytes } from '../../lib/format';

/** Servers have a few timers under way for each request: fewer than this say nothing. */
const CROWD = 10;
/** Goroutines that each read a ticker of their own; a program has a few such loops by design. */
const MANY_TICKERS = 5;
/** Timers that are due sooner pass by themselves. */
const FAR_NS = 10 * 60 * 1e9;
/** Functions are told that hold so many times what they and their timers take. */
const TELLING = 2;
/** Stopped timers pass soon where timers come and go; less than this is not worth a thought. */
const STOPPED_BYTES = 64 * 1024;
/** Libraries that stop their timers, and have one for each connection or request under way. */
const STOPS_ITS_TIMERS = /^(net|crypto|database|golang\.org\/x\/net|google\.golang\.org\/grpc)[/.]/;

const MOST_CUTS = 3;

export const unstoppedTimers: Detector = {
  name: 'unstopped-timers',
  title: 'Timers and tickers that were never stopped',
  async detect(heap: AnalysedHeap): Promise<Detected> {
    if (heap.graph.records.state !== 'whole')
      return { findings: [], skipped: 'The file is not whole: who else refers to a timer is not known.' };
    const heaped = await heapedTimers(heap);
    const timers = heaped.filter(({ state }) => state === 'pending');
    const stopped = heaped.filter(({ state }) => state === 'stopped');
    if (heaped.length === 0) return { findings: [], skipped: null };
    const abandoned = abandonedTimers(heap, timers);
    const now = clockOf(heap, timers);
    return {
      findings: [
        ...(await tickersForEver(heap, abandoned)),
        ...(await forgottenTimers(heap, abandoned, now)),
        ...(await timedFunctions(heap, timers, now)),
        ...(await crowdsOfTickers(heap, timers)),
        ...(await stoppedTimers(heap, stopped)),
      ],
      skipped: null,
    };
  },
};

/** Timers with a channel of which only the heap of timers knows: nobody can stop them, and nobody hears them. */
function abandonedTimers(heap: AnalysedHeap, timers: readonly HeapedTimer[]): HeapedTimer[] {
  const { graph, dominators } = heap;
  const alone = timers.filter(
    ({ objectId, timerHeap, channel }) =>
      channel !== NONE &&
      dominators.immediateDominator[objectId] === timerHeap &&
      dominators.immediateDominator[channel] === objectId,
  );
  const ids = new Set(alone.flatMap(({ objectId, channel }) => [objectId, channel]));
  const inStacks = new Set<number>();
  for (let root = graph.roots.strongCount; root < graph.roots.count; root++) {
    const target = graph.roots.target[root];
    if (ids.has(target)) inStacks.add(target);
  }
  return alone.filter(({ objectId, channel }) => !inStacks.has(objectId) && !inStacks.has(channel));
}

/**
 * The runtime's clock, ns, at the last collection: a goroutine that waits got it then. Without a collection, when the first timer is due. Servers
 * collect at least every two minutes, which is little against what counts as far.
 */
function clockOf({ graph }: AnalysedHeap, timers: readonly HeapedTimer[]): number {
  return (
    lastCollection(graph.records.goroutines) || timers.reduce((first, { when }) => Math.min(first, when), Infinity)
  );
}

async function tickersForEver(heap: AnalysedHeap, abandoned: readonly HeapedTimer[]): Promise<Finding[]> {
  const groups = groupBy(
    abandoned.filter(({ period }) => period > 0),
    ({ period }) => durationText(period),
  );
  const found: Finding[] = [];
  for (const [period, tickers] of groups)
    found.push({
      ...(await common(heap, `every ${period}`, tickers)),
      severity: 'leak',
      confidence: 'certain',
      basis:
        'Only the timer heap of the runtime leads to them: no reference, and no word of a stack, with which somebody could stop them or read their channels.',
      title: `${counted(tickers.length, 'ticker')} of ${period} that nobody can stop any more`,
      why: 'Up to Go 1.22, and with GODEBUG=asynctimerchan=1, a ticker that is not stopped stays in the timer heap of the runtime for ever and wakes a processor at each tick.',
      fix: STOP,
    });
  return found;
}

async function forgottenTimers(heap: AnalysedHeap, abandoned: readonly HeapedTimer[], now: number): Promise<Finding[]> {
  const far = abandoned.filter(({ period, when }) => period === 0 && when - now >= FAR_NS);
  if (far.length < CROWD) return [];
  const latest = far.reduce((most, { when }) => Math.max(most, when - now), 0);
  return [
    {
      ...(await common(heap, 'forgotten timers', far)),
      severity: 'warning',
      confidence: 'certain',
      basis: 'Only the timer heap of the runtime leads to them, so nobody waits for them any more.',
      title: `${counted(far.length, 'timer')} that nobody waits for, the last one due in ${durationText(latest)}`,
      why: 'Up to Go 1.22, and with GODEBUG=asynctimerchan=1, a timer that is not stopped stays until it fires: time.After in a loop makes one in every turn.',
      fix: AFTER,
    },
  ];
}

async function timedFunctions(heap: AnalysedHeap, timers: readonly HeapedTimer[], now: number): Promise<Finding[]> {
  const far = timers.filter(({ run, when }) => run !== 0 && when - now >= FAR_NS);
  if (far.length < CROWD) return [];
  const ofContexts = await contextTimers(heap, far);
  const ended = new Set(ofContexts.map(({ timer }) => timer));
  const found: Finding[] = [];
  for (const [name, group] of await byFunction(heap, far)) {
    const lost = ofContexts.filter(({ timer, lost }) => lost && group.includes(timer));
    const own = group.filter((timer) => !ended.has(timer));
    if (lost.length >= CROWD) found.push(await lostDeadlines(heap, name, lost));
    if (own.length < CROWD || STOPS_ITS_TIMERS.test(name)) continue;
    const finding = await heldFunctions(heap, name, own);
    if (finding) found.push(finding);
  }
  return found;
}

/** function → the timers that will run it */
async function byFunction(heap: AnalysedHeap, timers: readonly HeapedTimer[]): Promise<Map<string, HeapedTimer[]>> {
  const names = new Map<HeapedTimer, string>();
  for (const timer of timers) {
    await heap.checkpoint();
    names.set(timer, await functionOf(heap, timer.run));
  }
  return groupBy(timers, (timer) => names.get(timer) ?? '');
}

async function lostDeadlines(heap: AnalysedHeap, name: string, lost: readonly ContextTimer[]): Promise<Finding> {
  const timers = lost.map(({ timer }) => timer);
  const shared = await common(
    heap,
    name,
    timers,
    lost.map(({ context }) => context),
  );
  return {
    ...shared,
    severity: 'warning',
    confidence: 'likely',
    basis:
      'They stand in the timer heap of the runtime, and nothing else that lives has a pointer to their contexts but through an interface: their cancel ' +
      'functions are gone.',
    title: `${counted(timers.length, 'timer')} will run ${name} for contexts that nobody can cancel, and hold ${formatBytes(shared.bytes)} with them until then`,
    why: 'A context with a deadline that is not cancelled stays until then with its values and its timer, however early its work is done.',
    fix: CANCEL_DEADLINE,
  };
}

/** Null where the timers keep nothing but themselves: what is in use for as long anyhow may well have a timer. */
async function heldFunctions(heap: AnalysedHeap, name: string, group: readonly HeapedTimer[]): Promise<Finding | null> {
  const shared = await common(heap, name, group);
  if (shared.bytes < TELLING * ownBytes(heap.graph, group)) return null;
  return {
    ...shared,
    severity: 'note',
    confidence: 'likely',
    basis: 'They stand in the timer heap of the runtime; whether somebody means to stop them a dump does not tell.',
    title: `${counted(group.length, 'timer')} will run ${name}, and hold ${formatBytes(shared.bytes)} until then`,
    why: 'A function set with time.AfterFunc, and all that it captured, stays until it has run or its timer is stopped.',
    fix: name.startsWith('context.') ? CANCEL_DEADLINE : FUNCTION,
  };
}

/** Of timers and their closures. */
function ownBytes(graph: HeapGraph, timers: readonly HeapedTimer[]): number {
  const own = timers.flatMap(({ objectId, run }) => [objectId, graph.index.objectAt(run)]);
  return own.reduce((sum, id) => (id === NONE ? sum : sum + shallowSize(graph, id)), 0);
}

/** A stopped timer stays in the heap of timers until its processor cleans that, with what it would have run and all behind. */
async function stoppedTimers(heap: AnalysedHeap, stopped: readonly HeapedTimer[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [name, group] of await byFunction(
    heap,
    stopped.filter(({ run }) => run !== 0),
  )) {
    const shared = await common(heap, `stopped: ${name}`, group);
    if (shared.bytes < STOPPED_BYTES || shared.bytes < TELLING * ownBytes(heap.graph, group)) continue;
    found.push({
      ...shared,
      severity: 'note',
      confidence: 'certain',
      basis:
        'They are marked as stopped and still stand in the timer heap of the runtime; nothing else leads to what goes with them.',
      title: `${counted(group.length, 'stopped timer')} of ${name} still ${group.length === 1 ? 'stands' : 'stand'} in the timer heap, and ${group.length === 1 ? 'holds' : 'hold'} ${formatBytes(shared.bytes)}`,
      why: 'Stop does not take a timer out of the heap of its processor: it goes when that is cleaned, with the function that it would have run and all that this captured.',
      fix: STOPPED,
    });
  }
  return found;
}

/** Tickers that goroutines read, one each: what a group holds is what its goroutines hold. */
async function crowdsOfTickers(heap: AnalysedHeap, timers: readonly HeapedTimer[]): Promise<Finding[]> {
  const tickers = timers.filter((timer) => timer.period > 0 && timer.channel !== NONE);
  if (tickers.length < MANY_TICKERS) return [];
  const readers = await readersByChannel(heap);
  const groups = groupBy(
    tickers.filter(({ channel }) => readers.has(channel)),
    ({ channel, period }) => `every ${durationText(period)} by ${readers.get(channel)?.name ?? ''}`,
  );
  const found: Finding[] = [];
  for (const [name, group] of groups) {
    if (group.length < MANY_TICKERS) continue;
    const holdings = heap.goroutineHoldings;
    const held = group.flatMap(({ channel }) => readers.get(channel)?.goroutine ?? []);
    found.push({
      ...(await common(heap, name, group)),
      objects: held.reduce((sum, goroutine) => sum + holdings.objects[goroutine], 0),
      bytes: held.reduce((sum, goroutine) => sum + holdings.bytes[goroutine], 0),
      severity: 'note',
      confidence: 'possible',
      basis: 'Each is read by a goroutine of its own; whether those ever end a dump does not tell.',
      title: `${counted(group.length, 'ticker')} read ${name}, each by a goroutine of its own`,
      why: 'A loop over the channel of a ticker never ends by itself: stopping the ticker does not close it.',
      fix: LOOP,
    });
  }
  return found;
}

interface Reader {
  readonly goroutine: number;
  /** The innermost function that is not the runtime's. */
  readonly name: string;
}

/** channel → the goroutine that waits on it and nothing else */
async function readersByChannel(heap: AnalysedHeap): Promise<Map<number, Reader>> {
  const { goroutines, frames } = heap.graph.records;
  const readers = new Map<number, Reader>();
  const { waits } = (await stuckGoroutines(heap)) ?? { waits: [] };
  for (const { goroutine, channels } of waits) {
    const { firstFrame, frameCount } = goroutines[goroutine];
    const own = frames.slice(firstFrame, firstFrame + frameCount);
    const name = own.find((frame) => !frame.function.startsWith('runtime.'))?.function;
    if (name !== undefined && channels.length === 1) readers.set(channels[0], { goroutine, name });
  }
  return readers;
}

type Common = Pick<Finding, 'detector' | 'key' | 'objects' | 'bytes' | 'proofs' | 'cuts'>;

/**
 * What goes with the timers is what a stopped timer lets go: itself, its channel or its closure, and all behind them that nobody else holds.
 * `goToo`: objects that go for the same reason.
 */
async function common(
  heap: AnalysedHeap,
  key: string,
  timers: readonly HeapedTimer[],
  goToo: readonly number[] = [],
): Promise<Common> {
  const { graph, reachability, roots, account, dominators } = heap;
  const members = [...timers.map(({ objectId }) => objectId), ...goToo];
  const gone = await heap.drive(findJointRetained(graph, reachability, roots, members, () => false, account));
  const shown = [...timers]
    .sort((a, b) => dominators.retainedSize[b.objectId] - dominators.retainedSize[a.objectId])
    .slice(0, MOST_PROOFS);
  return {
    detector: unstoppedTimers.name,
    key,
    ...gone,
    proofs: shown.map(({ objectId, period, state }) => ({
      kind: 'object',
      objectId,
      text: `a ${state === 'stopped' ? 'stopped ' : ''}${period > 0 ? `ticker of ${durationText(period)}` : 'timer'} in the heap of timers`,
    })),
    cuts: await cutsInto(
      heap,
      shown.map(({ objectId }) => objectId),
      MOST_CUTS,
    ),
  };
}

/** The function behind a func value: of a closure in the heap, or one of the executable. */
async function functionOf(heap: AnalysedHeap, funcval: number): Promise<string> {
  const { graph, naming } = heap;
  const closure = graph.index.objectAt(funcval);
  const name =
    closure === NONE
      ? naming.functionOfStatic(funcval)
      : heap.functionAt((await objectMemory(graph, closure, graph.records.params.pointerBytes)).word(0));
  return name ?? 'a function without a name';
}

/** `1 h`, `30 s`, `250 ms` */
function durationText(ns: number): string {
  const seconds = ns / 1e9;
  if (seconds >= 3600) return `${round(seconds / 3600)} h`;
  if (seconds >= 60) return `${round(seconds / 60)} min`;
  return seconds >= 1 ? `${round(seconds)} s` : `${round(seconds * 1000)} ms`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
