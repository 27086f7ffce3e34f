/** Functions that timers will run, or would have run, and that keep what they captured until then. */
import { objectMemory } from '../../graph/contents/object-memory';
import { shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { counted, formatBytes } from '../../lib/format';
import { groupBy } from '../../lib/group-by';
import { NONE } from '../../lib/none';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { Finding } from '../finding';
import { CANCEL_DEADLINE } from '../words/cancel-advice';
import { contextTimers, type ContextTimer } from './context-timers';
import { FUNCTION, STOPPED } from './timer-advice';
import { CROWD, factsOf, FAR_NS } from './timer-facts';
import type { HeapedTimer } from './timer-heap';

/** Functions are told that hold so many times what they and their timers take. */
const TELLING = 2;
/** Stopped timers pass soon where timers come and go; less than this is not worth a thought. */
const STOPPED_BYTES = 64 * 1024;
/** Libraries that stop their timers, and have one for each connection or request under way. */
const STOPS_ITS_TIMERS = /^(net|crypto|database|golang\.org\/x\/net|google\.golang\.org\/grpc)[/.]/;

/** Functions that will run in ten minutes or later, and what they keep until then; `now`: the runtime's clock, ns. */
export async function timedFunctions(
  heap: AnalysedHeap,
  timers: readonly HeapedTimer[],
  now: number,
): Promise<Finding[]> {
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
  const shared = await factsOf(
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
  const shared = await factsOf(heap, name, group);
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
export async function stoppedTimers(heap: AnalysedHeap, stopped: readonly HeapedTimer[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [name, group] of await byFunction(
    heap,
    stopped.filter(({ run }) => run !== 0),
  )) {
    const shared = await factsOf(heap, `stopped: ${name}`, group);
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
