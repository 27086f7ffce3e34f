/** Large blocks that are kept for a small part of them: a word cut out of a document, a few bytes of a buffer. */
import type { Detector } from '../detector';
import type { Finding } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { unusedParts, type SparseArray } from '../waste/sparse-arrays';
import { groupedBy, placeText, severityOfWaste, type Group } from '../waste/waste';
import { counted, formatBytes } from '../../lib/format';

const MOST_PLACES = 10;
const MOST_BLOCKS = 8;

export const pinnedBySliver: Detector = {
  name: 'pinned-by-sliver',
  title: 'Large blocks that are kept for a small part',
  async detect(heap) {
    if (!heap.naming.hasExecutable)
      return { findings: [], skipped: 'It needs the executable: strings and slices are found by the types of fields.' };
    // with nothing used at all it is an empty slice, which has room or nothing
    const blocks = (await unusedParts(heap)).sparse.filter(
      ({ hasRoom, usedFrom, usedTo }) => !hasRoom && usedTo > usedFrom,
    );
    const groups = await groupedBy(
      heap,
      blocks,
      ({ place }) => placeText(heap, place),
      ({ unused }) => unused,
    );
    const findings = groups.slice(0, MOST_PLACES).flatMap((group) => describe(heap, group));
    return { findings, skipped: null };
  },
};

function describe(heap: AnalysedHeap, { key, items, bytes }: Group<SparseArray>): Finding[] {
  const severity = severityOfWaste(heap, bytes);
  if (severity === null) return [];
  return [
    {
      detector: pinnedBySliver.name,
      key,
      severity,
      confidence: 'certain',
      basis:
        'Every pointer into these blocks belongs to a string or slice, and their lengths say how much of the block they use.',
      title: `${formatBytes(bytes)} are kept for small parts of ${counted(items.length, 'block')}, which ${key} refers to`,
      objects: items.length,
      bytes,
      proofs: items.slice(0, MOST_BLOCKS).map(({ objectId, usedFrom, usedTo, unused }) => ({
        kind: 'object',
        objectId,
        text: `only ${formatBytes(usedTo - usedFrom)} at +0x${usedFrom.toString(16)} are used; ${formatBytes(unused)} are kept for them`,
      })),
      why: 'A substring or a subslice points into what it was cut out of, and the collector frees a block only as a whole: the small part keeps all of it.',
      fix: {
        text: 'Copy the part that stays: strings.Clone (Go 1.18), bytes.Clone (Go 1.20), or append to a new slice.',
        before: 'token.text = document[from:to]',
        after: 'token.text = strings.Clone(document[from:to])',
      },
      cuts: [],
    },
  ];
}
