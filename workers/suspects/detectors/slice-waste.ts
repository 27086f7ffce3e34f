/** Slices with room for far more than they have: the array stays as large as it was made or once grew. */
import type { Detector } from '../detector';
import type { Finding } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { unusedParts, type SparseArray } from '../waste/sparse-arrays';
import { isStandard } from '../words/standard-library';
import { groupedBy, isBuffer, placeText, severityOfWaste, type Group } from '../waste/waste';
import { counted, formatBytes } from '../../lib/format';

/** A single array with room is a buffer that is filled again and again, unless it is very large. */
const SEVERAL = 4;
const LARGE_BYTES = 2 ** 20;
const MOST_PLACES = 10;
const MOST_ARRAYS = 8;

export const sliceWaste: Detector = {
  name: 'slice-waste',
  title: 'Slices with room for far more than they have',
  async detect(heap) {
    if (!heap.naming.hasExecutable)
      return { findings: [], skipped: 'It needs the executable: slices are found by the types of fields.' };
    const arrays = (await unusedParts(heap)).sparse.filter(({ hasRoom }) => hasRoom);
    const groups = await groupedBy(
      heap,
      arrays,
      ({ place }) => placeText(heap, place),
      ({ unused }) => unused,
    );
    const findings = groups
      .filter(({ key }) => !isBuffer(key) && !isStandard(key))
      .slice(0, MOST_PLACES)
      .flatMap((group) => describe(heap, group));
    return { findings, skipped: null };
  },
};

function describe(heap: AnalysedHeap, { key, items, bytes }: Group<SparseArray>): Finding[] {
  const severity = severityOfWaste(heap, bytes);
  if (severity === null || (items.length < SEVERAL && bytes < LARGE_BYTES)) return [];
  return [
    {
      detector: sliceWaste.name,
      key,
      severity,
      confidence: 'likely',
      basis:
        'Length and capacity stand in the slices; every pointer into these arrays belongs to one. Whether the room will be needed again, a dump ' +
        'does not tell.',
      title: `${formatBytes(bytes)} of room is unused in ${counted(items.length, 'array')} of ${key}`,
      objects: items.length,
      bytes,
      proofs: items.slice(0, MOST_ARRAYS).map(({ objectId, usedFrom, usedTo, unused }) => ({
        kind: 'object',
        objectId,
        text: `${formatBytes(usedTo - usedFrom)} of it are used, ${formatBytes(unused)} are room`,
      })),
      why: 'A slice never gives back room by itself: one that was large once, or was made too large, keeps its whole array, however few elements it has.',
      fix: {
        text: 'Make the slice as large as it gets, or copy what is left when much of it is gone (slices.Clip and slices.Clone, Go 1.21).',
        before: 'lines := make([]Line, 0, 4096) // for a handful',
        after: 'lines := make([]Line, 0, 8) // append makes more room where it is needed',
      },
      cuts: [],
    },
  ];
}
