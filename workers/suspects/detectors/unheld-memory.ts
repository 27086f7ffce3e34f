/** Much of the heap that nothing recorded holds: garbage that was not collected before the dump, or what a dump does not record. */
import { HOLDER } from '../../analysis/results';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { formatBytes } from '../../lib/format';
import { crowdText } from '../holders/crowds';
import { kindsBelow } from '../holders/kinds-below';
import type { Detector } from '../detector';
import type { Proof } from '../finding';
import { times } from '../words/wording';

/** Less of the heap, or fewer bytes, is what comes and goes between two collections. */
const MOST_SHARE = 0.5;
const LEAST_BYTES = 512 * 1024;
const MOST_KINDS = 5;

export const unheldMemory: Detector = {
  name: 'unheld-memory',
  title: 'Much that nothing recorded holds',
  async detect(heap) {
    const { graph, reachability } = heap;
    const bytes = reachability.bytes[HOLDER.nothing];
    if (bytes < LEAST_BYTES || bytes < MOST_SHARE * graph.heapBytes) return { findings: [], skipped: null };
    const objects = reachability.objects[HOLDER.nothing];
    const kinds = await heap.drive(kindsBelow(heap, unheldTops(heap)));
    const [most] = kinds;
    return {
      findings: [
        {
          detector: unheldMemory.name,
          key: 'what nothing recorded holds',
          severity: 'note',
          confidence: 'certain',
          basis: 'No root that the dump records leads to these objects. What it does not record may hold them.',
          title: `${formatBytes(bytes)}, ${Math.round((100 * bytes) / graph.heapBytes)} % of the heap, are held by nothing recorded: ${times(most.count, crowdText(heap, most.sample))} first of all`,
          objects,
          bytes,
          proofs: kinds.slice(0, MOST_KINDS).map(({ sample, count, bytes: ofKind }): Proof => ({
            kind: 'object',
            objectId: sample,
            text: `one of ${times(count, crowdText(heap, sample))} of ${formatBytes(ofKind)} together`,
          })),
          why:
            'Mostly it is garbage: the dump was written without a collection right before it. If two were run, something holds it that dumps do not ' +
            'record: the argument of a cleanup (runtime.AddCleanup, Go 1.24), memory outside Go, or a part of the file that is missing.',
          fix: {
            text: 'Collect twice before the dump is written: what is still there then, and held by nothing recorded, is held by a cleanup or from outside.',
            before: 'debug.WriteHeapDump(f.Fd())',
            after: 'runtime.GC()\nruntime.GC() // what finalizers let go of\ndebug.WriteHeapDump(f.Fd())',
          },
          cuts: [],
        },
      ],
      skipped: null,
    };
  },
};

/** What nothing recorded holds, without what is only below it. */
function* unheldTops({ dominators, reachability }: AnalysedHeap): Generator<number> {
  const { dominatedStart, dominatedObject } = dominators;
  for (let at = dominatedStart[0]; at < dominatedStart[1]; at++) {
    if (reachability.holder[dominatedObject[at]] === HOLDER.nothing) yield dominatedObject[at];
  }
}
