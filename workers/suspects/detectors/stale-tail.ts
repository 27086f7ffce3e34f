/** Slices that were cut short and whose arrays still point at what lay behind: `s = s[:0]` empties a queue for the program, not for the collector. */
import { findJointRetained } from '../../analysis/joint-retained';
import { objectPointers } from '../../graph/contents/read-object';
import { valueAddress } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import type { Detector } from '../detector';
import type { Finding } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { sparseArrays, type SparseArray } from '../waste/sparse-arrays';
import { groupedBy, placeText, severityOfWaste, type Group } from '../waste/waste';
import { bytesText, counted } from '../words/wording';

/** Pointers of one array that are looked at. */
const MOST_POINTERS = 2 ** 20;
const MOST_PLACES = 10;
const MOST_ARRAYS = 8;

export const staleTail: Detector = {
  name: 'stale-tail',
  title: 'Slices cut short that still point at what they had',
  async detect(heap) {
    if (!heap.naming.hasExecutable)
      return { findings: [], skipped: 'It needs the executable: slices are found by the types of fields.' };
    const tails: Tail[] = [];
    for (const array of await sparseArrays(heap)) {
      await heap.checkpoint();
      const tail = array.pointers ? await tailOf(heap, array) : null;
      if (tail) tails.push(tail);
    }
    const groups = await groupedBy(
      heap,
      tails,
      ({ array }) => placeText(heap, array.place),
      ({ objects }) => objects.length,
    );
    const findings: Finding[] = [];
    for (const group of groups.slice(0, MOST_PLACES)) findings.push(...(await describe(heap, group)));
    return { findings, skipped: null };
  },
};

interface Tail {
  readonly array: SparseArray;
  /** What the part that is not used alone points at. */
  readonly objects: readonly number[];
}

async function tailOf({ graph, roots }: AnalysedHeap, array: SparseArray): Promise<Tail | null> {
  const { objectId, usedFrom, usedTo } = array;
  const header = valueAddress(graph, objectId) - graph.slotAddress[objectId];
  const objects = new Set<number>();
  for (const { offset, value } of await objectPointers(graph, objectId, 0, MOST_POINTERS)) {
    const inUse = offset - header >= usedFrom && offset - header < usedTo;
    const target = value === 0 || inUse ? NONE : graph.index.objectAt(value);
    if (target !== NONE && onlyReferrer(graph, target) === objectId && !has(roots.ofObject(target)))
      objects.add(target);
  }
  return objects.size > 0 ? { array, objects: [...objects] } : null;
}

/** The one object that refers to another; NONE where several do. */
function onlyReferrer({ referrerStart, referrerSource }: AnalysedHeap['graph'], objectId: number): number {
  const first = referrerSource[referrerStart[objectId]];
  for (let at = referrerStart[objectId] + 1; at < referrerStart[objectId + 1]; at++) {
    if (referrerSource[at] !== first) return NONE;
  }
  return first;
}

function has(roots: Iterable<number>): boolean {
  return !roots[Symbol.iterator]().next().done;
}

async function describe(heap: AnalysedHeap, { key, items }: Group<Tail>): Promise<Finding[]> {
  const { graph, reachability, roots, account } = heap;
  const members = items.flatMap(({ objects }) => objects);
  const { objects, bytes } = await heap.drive(
    findJointRetained(graph, reachability, roots, members, () => false, account),
  );
  const severity = severityOfWaste(heap, bytes);
  if (severity === null) return [];
  return [
    {
      detector: staleTail.name,
      key,
      severity,
      confidence: 'likely',
      basis:
        'Every pointer into these arrays belongs to a slice, and no slice reaches the elements that hold these objects; nothing else refers to ' +
        'them. The program could still get at them by extending a slice to its capacity.',
      title: `${bytesText(bytes)} are held only behind the end of slices: ${key}`,
      objects,
      bytes,
      proofs: items.slice(0, MOST_ARRAYS).map(({ array, objects: held }) => ({
        kind: 'object',
        objectId: array.objectId,
        text: `behind the ${bytesText(array.usedTo - array.usedFrom)} in use it alone points at ${counted(held.length, 'object')}`,
      })),
      why: 'Cutting a slice changes its length, not its array: the collector sees the array whole, and keeps all that its elements point at.',
      fix: {
        text: 'Clear what is cut off: clear(queue) before queue[:0] (Go 1.21), or set elements to nil as they are taken out.',
        before: 'queue = queue[:0]',
        after: 'clear(queue)\nqueue = queue[:0]',
      },
      cuts: [],
    },
  ];
}
