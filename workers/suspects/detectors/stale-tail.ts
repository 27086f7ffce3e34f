/**
 * Slices that were cut short, or taken from at the front, and whose arrays still point at what they had: `s = s[:0]` and `q = q[1:]` empty a
 * queue for the program, not for the collector.
 */
import { findGroupHoldings, type GroupHoldings } from '../../analysis/group-holdings';
import type { BitSet } from '../../lib/bit-set';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { processorsOf } from '../../goroutines/processors';
import type { Detector } from '../detector';
import type { Finding, Fix, Severity } from '../finding';
import { findHeldWithout, type HeldWithout } from '../holders/held-without';
import { crowdsOf, crowdText } from '../holders/crowds';
import { unusedParts } from '../waste/sparse-arrays';
import type { StaleArray } from '../waste/stale-elements';
import { groupedBy, placeText, severityOfWaste, type Group } from '../waste/waste';
import { counted, formatBytes } from '../../lib/format';
import { times } from '../words/wording';

const MOST_PLACES = 10;
const MOST_ARRAYS = 8;

export const staleTail: Detector = {
  name: 'stale-tail',
  title: 'Slices cut short that still point at what they had',
  async detect(heap) {
    if (!heap.naming.hasExecutable)
      return { findings: [], skipped: 'It needs the executable: slices are found by the types of fields.' };
    const { stale } = await unusedParts(heap);
    if (stale.length === 0) return { findings: [], skipped: null };
    const groups = await groupedBy(
      heap,
      stale,
      ({ place }) => placeText(heap, place),
      (array) => array.stale.length,
    );
    const live = new Map(stale.map((array) => [array.objectId, array.live]));
    const processors = await processorsOf(heap.graph, () => heap.checkpoint());
    const held = await heap.drive(findHeldWithout(heap, live, processors));
    try {
      return { findings: await tellHeld(heap, groups, held), skipped: null };
    } finally {
      held.byVariables.release();
      held.byAny.release();
    }
  },
};

async function tellHeld(
  heap: AnalysedHeap,
  groups: readonly Group<StaleArray>[],
  { byVariables, byAny }: HeldWithout,
): Promise<Finding[]> {
  const holdings = (reached: BitSet, arrays: (array: StaleArray) => boolean): Promise<GroupHoldings> => {
    const starts = groups.map(({ items }) => items.filter(arrays).flatMap(({ stale }) => stale));
    return heap.drive(findGroupHoldings(heap.graph, reached, starts, new Set(), heap.account));
  };
  // an array that goes itself when what is stale elsewhere goes is no holder
  const alone = await holdings(byAny, ({ objectId }) => byAny.has(objectId));
  // what goroutines hold goes when they end; of it, only what arrays keep that stay is of interest
  const withGoroutines = await holdings(byVariables, ({ objectId }) => byVariables.has(objectId));
  const found: Tail[] = groups.map((group, i) => ({
    group,
    objects: alone.clusterObjects[i],
    bytes: alone.clusterBytes[i],
    sharing: alone.cluster.filter((cluster) => cluster === alone.cluster[i]).length - 1,
    bytesWithGoroutines: withGoroutines.clusterBytes[i],
    objectsWithGoroutines: withGoroutines.clusterObjects[i],
  }));
  found.sort((a, b) => b.bytes - a.bytes || b.bytesWithGoroutines - a.bytesWithGoroutines);
  const findings: Finding[] = [];
  for (const tail of found) {
    if (findings.length === MOST_PLACES) break;
    const severity = severityOfWaste(heap, tail.bytes);
    if (severity !== null) findings.push(await describe(heap, tail, severity));
    else if (severityOfWaste(heap, tail.bytesWithGoroutines) !== null)
      findings.push(await describe(heap, tail, 'note'));
  }
  return findings;
}

/** What one field's arrays keep outside its slices. */
interface Tail {
  readonly group: Group<StaleArray>;
  /** Held by nothing else but the like: with other fields' arrays that share some of it, where there are any. */
  readonly objects: number;
  readonly bytes: number;
  readonly sharing: number;
  /** The same, with what else only goroutines hold. */
  readonly objectsWithGoroutines: number;
  readonly bytesWithGoroutines: number;
}

async function describe(heap: AnalysedHeap, tail: Tail, severity: Severity): Promise<Finding> {
  const { group, sharing } = tail;
  const { key, items } = group;
  const isAlone = severityOfWaste(heap, tail.bytes) !== null;
  const bytes = isAlone ? tail.bytes : tail.bytesWithGoroutines;
  const objects = isAlone ? tail.objects : tail.objectsWithGoroutines;
  const where = whereText(items);
  const [most] = await crowdsOf(heap, new Set(items.flatMap(({ stale }) => stale)));
  const what = times(most.count, crowdText(heap, most.sample));
  const others = sharing === 0 ? '' : `, with ${counted(sharing, 'other field')} that share it`;
  return {
    detector: staleTail.name,
    key,
    severity,
    confidence: 'likely',
    basis:
      'Every pointer into these arrays belongs to a slice, and no slice has the elements that lead to these objects; nothing else does' +
      (isAlone ? '. ' : ' but goroutines and timers, and when those are done they stay. ') +
      'The program could still get at those behind the end by extending a slice to its capacity; at those before the start it cannot.',
    title: `${formatBytes(bytes)} are held only ${where}${isAlone ? '' : ' and by goroutines and timers'}: ${key}, ${what} first of all${others}`,
    objects,
    bytes,
    proofs: [
      ...items.slice(0, MOST_ARRAYS).map(({ objectId, usedFrom, usedTo, stale }) => ({
        kind: 'object' as const,
        objectId,
        text: `${formatBytes(usedTo - usedFrom)} of it are in use; elements outside of that lead to ${counted(stale.length, 'object')}`,
      })),
      {
        kind: 'object' as const,
        objectId: most.sample,
        text: `one of ${what}`,
      },
    ],
    why: 'Cutting a slice changes where it begins or ends, not its array: the collector sees the array whole, and keeps all that its elements point at.',
    fix: items.filter(({ before }) => before).length > items.length / 2 ? TAKE_FIX : CUT_FIX,
    cuts: [],
  };
}

function whereText(items: readonly StaleArray[]): string {
  const before = items.filter((item) => item.before).length;
  if (before === 0) return 'behind the end of slices';
  return before === items.length ? 'before the start of slices' : 'outside of slices';
}

const CUT_FIX: Fix = {
  text: 'Clear what is cut off: clear(queue) before queue[:0] (Go 1.21), or set elements to nil as they are taken out; slices.Delete does (Go 1.22).',
  before: 'queue = queue[:0]',
  after: 'clear(queue)\nqueue = queue[:0]',
};

const TAKE_FIX: Fix = {
  text: 'Clear the element that is taken from the front: the array keeps it until the slice is appended to beyond its capacity.',
  before: 'next := queue[0]\nqueue = queue[1:]',
  after: 'next := queue[0]\nqueue[0] = job{} // lets go of it\nqueue = queue[1:]',
};
