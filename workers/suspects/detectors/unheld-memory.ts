/** Much of the heap that nothing recorded holds: garbage that was not collected before the dump, what cleanups keep, or what else a dump does not record. */
import { HOLDER } from '../../analysis/results';
import { heldByCleanups } from '../../cycles/held-by-cleanups';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { shallowSize } from '../../graph/heap-graph';
import { BitSet } from '../../lib/bit-set';
import { formatBytes, formatShare } from '../../lib/format';
import { SLICE_MASK, type Work } from '../../lib/work';
import { crowdName, crowdText } from '../holders/crowds';
import { kindsBelow, type Kind } from '../holders/kinds-below';
import type { Detector } from '../detector';
import type { Finding, Proof } from '../finding';
import { times } from '../words/wording';

/** Less of the heap, or fewer bytes, is what comes and goes between two collections. */
const MOST_SHARE = 0.5;
const LEAST_BYTES = 512 * 1024;
/** Where nearly all of it hangs on cleanups it is no garbage, and less of it is worth telling. */
const BY_CLEANUPS = 0.9;
const CLEANUPS_SHARE = 0.05;
const CLEANUPS_BYTES = 64 * 1024;
const MOST_KINDS = 5;

export const unheldMemory: Detector = {
  name: 'unheld-memory',
  title: 'Much that nothing recorded holds',
  async detect(heap) {
    const { graph, reachability } = heap;
    if (graph.records.state !== 'whole')
      return { findings: [], skipped: 'The file is not whole: what is missing may hold what nothing else does.' };
    const bytes = reachability.bytes[HOLDER.nothing];
    const share = bytes / graph.heapBytes;
    if (bytes < CLEANUPS_BYTES || share < CLEANUPS_SHARE) return { findings: [], skipped: null };
    const cleanups = await heap.drive(heldByCleanups(heap));
    const kept = await heap.drive(unheldBehind(heap, cleanups));
    const byCleanups = kept >= BY_CLEANUPS * bytes;
    if (!byCleanups && (bytes < LEAST_BYTES || share < MOST_SHARE)) return { findings: [], skipped: null };
    const kinds = [...(await heap.drive(kindsBelow(heap, unheldTops(heap))))].sort(structuresFirst(heap));
    const finding = byCleanups ? keptByCleanups(heap, kinds) : heldByNothing(heap, kinds);
    return { findings: [finding], skipped: null };
  },
};

/** Nearly all of it hangs on what cleanups were given: the objects that they are set on, too, else those would be apart. */
function keptByCleanups(heap: AnalysedHeap, kinds: readonly Kind[]): Finding {
  return {
    ...common(heap, kinds),
    key: 'what only cleanups hold',
    severity: 'warning',
    confidence: 'likely',
    basis:
      'No root that the dump records leads to them, but the closures that runtime.AddCleanup makes are there, and what it was given leads to nearly ' +
      'all of them.',
    title: `${titleOf(heap, kinds)}, most likely kept by cleanups`,
    why:
      'The collector keeps the function and the argument of a cleanup until it has run, and it runs when its object is gone. Where one of the two leads ' +
      'back to the object, neither ever goes.',
    fix: {
      text: 'Give the cleanup what it has to release, such as a number or a handle, and nothing that leads back to the object.',
      before: 'runtime.AddCleanup(session, func(t *Turn) { closeFD(t.session.fd) }, session.turn)',
      after: 'runtime.AddCleanup(session, func(fd int) { closeFD(fd) }, session.fd)',
    },
  };
}

function heldByNothing(heap: AnalysedHeap, kinds: readonly Kind[]): Finding {
  return {
    ...common(heap, kinds),
    key: 'what nothing recorded holds',
    severity: 'note',
    confidence: 'certain',
    basis: 'No root that the dump records leads to these objects. What it does not record may hold them.',
    title: titleOf(heap, kinds),
    why:
      'Mostly it is garbage: the dump was written without a collection right before it. If two were run, something holds it that dumps do not ' +
      'record: what a cleanup was given (runtime.AddCleanup, Go 1.24), memory outside Go, or a part of the file that is missing.',
    fix: {
      text: 'Collect twice before the dump is written: what is still there then, and held by nothing recorded, is held by a cleanup or from outside.',
      before: 'debug.WriteHeapDump(f.Fd())',
      after: 'runtime.GC()\nruntime.GC() // what finalizers let go of\ndebug.WriteHeapDump(f.Fd())',
    },
  };
}

function common(
  heap: AnalysedHeap,
  kinds: readonly Kind[],
): Pick<Finding, 'detector' | 'objects' | 'bytes' | 'proofs' | 'cuts'> {
  return {
    detector: unheldMemory.name,
    objects: heap.reachability.objects[HOLDER.nothing],
    bytes: heap.reachability.bytes[HOLDER.nothing],
    proofs: kinds.slice(0, MOST_KINDS).map(({ sample, count, bytes }): Proof => ({
      kind: 'object',
      objectId: sample,
      text: `one of ${times(count, crowdText(heap, sample))} of ${formatBytes(bytes)} together`,
    })),
    cuts: [],
  };
}

function titleOf(heap: AnalysedHeap, [most]: readonly Kind[]): string {
  const bytes = heap.reachability.bytes[HOLDER.nothing];
  const share = formatShare(bytes, heap.graph.heapBytes);
  return `${formatBytes(bytes)}, ${share} of the heap, are held by nothing recorded: ${times(most.count, crowdText(heap, most.sample))} first of all`;
}

/** What has a name and refers to others says more than the bytes and texts that it has. */
function structuresFirst(heap: AnalysedHeap): (a: Kind, b: Kind) => number {
  const { referenceStart } = heap.graph;
  const tells = ({ sample }: Kind): number =>
    Number(referenceStart[sample] < referenceStart[sample + 1] && crowdName(heap, sample) !== null);
  return (a, b) => tells(b) - tells(a) || b.bytes - a.bytes;
}

/** Shallow bytes of what some objects lead to and nothing recorded holds. */
function* unheldBehind({ graph, reachability, account }: AnalysedHeap, starts: readonly number[]): Work<number> {
  const { referenceStart, referenceTarget } = graph;
  const met = new BitSet(account, 'behind cleanups', graph.vertexCount);
  try {
    const waiting: number[] = [];
    const meet = (id: number): void => {
      if (met.has(id) || reachability.holder[id] !== HOLDER.nothing) return;
      met.add(id);
      waiting.push(id);
    };
    starts.forEach(meet);
    let bytes = 0;
    let steps = 0;
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      bytes += shallowSize(graph, id);
      for (let at = referenceStart[id]; at < referenceStart[id + 1]; at++) meet(referenceTarget[at]);
      if ((++steps & SLICE_MASK) === 0) yield steps;
    }
    return bytes;
  } finally {
    met.release();
  }
}

/** What nothing recorded holds, without what is only below it. */
function* unheldTops({ dominators, reachability }: AnalysedHeap): Generator<number> {
  const { dominatedStart, dominatedObject } = dominators;
  for (let at = dominatedStart[0]; at < dominatedStart[1]; at++) {
    if (reachability.holder[dominatedObject[at]] === HOLDER.nothing) yield dominatedObject[at];
  }
}
