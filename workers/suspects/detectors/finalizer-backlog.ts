/**
 * Finalizers that wait for their turn. All of them run on one goroutine, one after another: where one of them blocks, none behind it ever runs,
 * and what their objects hold is not freed.
 */
import { findJointRetained } from '../../analysis/joint-retained';
import { ROOT, type HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { runsFinalizers } from '../../go/goroutines';
import { isBlocked, isNeverWoken } from '../../go/wait-reasons';
import type { Detected, Detector } from '../detector';
import type { Finding, Proof } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { counted } from '../../lib/format';
import { functionText, times } from '../words/wording';

/** Behind a goroutine that works, fewer than this are the everyday tail of a collection. */
const MANY = 1000;
const MUCH_BYTES = 2 ** 20;
const MOST_KINDS = 10;

export const finalizerBacklog: Detector = {
  name: 'finalizer-backlog',
  title: 'Finalizers that wait for their turn',
  needs: ['goroutines and their stacks', 'finalizers'],
  async detect(heap: AnalysedHeap): Promise<Detected> {
    const queue = [...heap.graph.records.finalizers.keys()].filter((at) => heap.graph.records.finalizers[at].queued);
    const runner = findRunner(heap.graph);
    const waiting = withoutRunning(heap.graph, queue, runner);
    const finding = waiting.length > 0 ? await describe(heap, waiting, runner) : null;
    return { findings: finding ? [finding] : [], skipped: null };
  },
};

/** The goroutine that runs finalizers, while it is in one. */
interface Runner {
  /** Index of records.goroutines. */
  readonly goroutine: number;
  /** The finalizer, and the innermost function that is not the runtime's. */
  readonly finalizer: string;
  readonly entryPc: number;
  readonly at: string;
  /** Why it is blocked; null where it works, or will go on by itself. */
  readonly waitReason: string | null;
  /** Nothing can ever wake it. */
  readonly forEver: boolean;
}

function findRunner({ records }: HeapGraph): Runner | null {
  for (const [goroutine, record] of records.goroutines.entries()) {
    const { firstFrame, frameCount, waitReason } = record;
    const frames = records.frames.slice(firstFrame, firstFrame + frameCount);
    const runner = frames.findIndex((frame) => runsFinalizers(frame.function));
    if (runner < 0) continue;
    const own = frames.slice(0, runner).filter((frame) => !frame.function.startsWith('runtime.'));
    const finalizer = own.at(-1);
    if (!finalizer) return null;
    return {
      goroutine,
      finalizer: finalizer.function,
      entryPc: finalizer.entryPc,
      at: own[0].function,
      waitReason: isBlocked(record) ? waitReason : null,
      forEver: isBlocked(record) && isNeverWoken(waitReason),
    };
  }
  return null;
}

/** The finalizer that runs now is still in the queue. */
function withoutRunning({ records }: HeapGraph, queue: readonly number[], runner: Runner | null): readonly number[] {
  const running = queue.find((at) => records.finalizers[at].entryPc === runner?.entryPc);
  return queue.filter((at) => at !== running);
}

async function describe(heap: AnalysedHeap, queue: readonly number[], runner: Runner | null): Promise<Finding | null> {
  const { graph, reachability, roots, account } = heap;
  const { kind, owner } = graph.roots;
  const queued = new Set(queue);
  const goesToo = (root: number): boolean => kind[root] === ROOT.finalizer && queued.has(owner[root]);
  const retained = await heap.drive(
    findJointRetained(graph, reachability, roots, heldByQueue(graph, queue), goesToo, account),
  );
  const stuck = runner !== null && runner.waitReason !== null;
  if (!stuck && queue.length < MANY && retained.bytes < MUCH_BYTES) return null;
  const waits = counted(queue.length, 'finalizer waits', 'finalizers wait');
  return {
    detector: finalizerBacklog.name,
    key: stuck ? `behind ${runner.finalizer}` : 'behind a goroutine that works',
    ...verdict(runner),
    title: stuck ? `${waits} behind ${runner.finalizer}, which is blocked` : `${waits} for their turn`,
    objects: retained.objects,
    bytes: retained.bytes,
    proofs: [...runnerProof(runner), ...queueProofs(heap, queue)],
    why:
      'All finalizers run on one goroutine, one after another. While one of them blocks, none behind it runs: their objects and all that these ' +
      'hold stay in memory, and what they should release (files, connections, memory of C) is not released.',
    fix: FIX,
    cuts: [],
  };
}

/** Objects that wait, and the closures of their finalizers. */
function* heldByQueue({ records, index }: HeapGraph, queue: readonly number[]): Generator<number> {
  for (const at of queue) {
    const { object, funcval } = records.finalizers[at];
    for (const id of [index.objectAt(object), index.objectAt(funcval)]) if (id !== NONE) yield id;
  }
}

function verdict(runner: Runner | null): Pick<Finding, 'severity' | 'confidence' | 'basis'> {
  const recorded = 'The dump records the queue, and the stack of the goroutine that runs it.';
  if (runner === null || runner.waitReason === null) {
    const basis = `${recorded} It was not blocked when the dump was written: it may be about to catch up.`;
    return { severity: 'note', confidence: 'possible', basis };
  }
  if (runner.forEver) {
    const basis = `${recorded} It waits for something that cannot come: ${runner.waitReason}.`;
    return { severity: 'leak', confidence: 'certain', basis };
  }
  const basis = `${recorded} It waits (${runner.waitReason}); for how long it will, a dump does not tell.`;
  return { severity: 'warning', confidence: 'likely', basis };
}

function runnerProof(runner: Runner | null): Proof[] {
  if (runner === null) return [];
  const { goroutine, finalizer, at, waitReason } = runner;
  const doing = waitReason === null ? 'works' : `waits (${waitReason})`;
  const where = at === finalizer ? `in ${at}` : `in ${at}, called by ${finalizer}`;
  return [{ kind: 'goroutine', goroutine, text: `it runs the finalizers, and ${doing} ${where}` }];
}

/** One of each finalizer and type, most frequent first. */
function queueProofs(heap: AnalysedHeap, queue: readonly number[]): Proof[] {
  const { records, index } = heap.graph;
  const kinds = new Map<string, { objectId: number; count: number; text: string }>();
  for (const at of queue) {
    const { object, entryPc } = records.finalizers[at];
    const objectId = index.objectAt(object);
    if (objectId === NONE) continue;
    const type = heap.typeText(objectId);
    const key = `${entryPc} ${type}`;
    const kind = kinds.get(key);
    if (kind) kind.count++;
    else kinds.set(key, { objectId, count: 1, text: `${type}, finalizer ${functionText(heap, entryPc)}` });
  }
  return [...kinds.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_KINDS)
    .map(({ objectId, count, text }) => ({ kind: 'object', objectId, text: `${times(count, text)}, in the queue` }));
}

const FIX = {
  text:
    'A finalizer must not block: no channel, no lock that another goroutine may hold for long, no network. Where it has to, let it start a ' +
    'goroutine and return.',
  before: 'runtime.SetFinalizer(c, func(c *Conn) {\n\tc.done <- struct{}{} // blocks all finalizers of the program\n})',
  after: 'runtime.SetFinalizer(c, func(c *Conn) {\n\tgo func() { c.done <- struct{}{} }()\n})',
};
