/** All objects, or some of them, as a list. */
import { TIER_OF_HOLDER } from '../../analysis/tiers';
import { holderWords } from '../../api/holders';
import type { ObjectColumn } from '../../api/session';
import { KEEPERS } from '../../cycles/keepers';
import { shallowSize, valueAddress } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { addressColumn, bytesColumn, countColumn, wordColumn, type Table, type TextColumn } from '../list/table';
import type { AnalysedDump } from '../dump/opened-dump';
import { referrerCount } from '../rows/object-rows';
import type { GroupLabel, TypeLabels } from '../dump/type-labels';

/** Every object, in the order of the dump; or those of `members`, in theirs. */
export function objectTable(dump: AnalysedDump, members?: Uint32Array): Table<ObjectColumn> {
  const { graph, dominators } = dump;
  return {
    name: 'objects',
    count: members?.length ?? graph.objectCount,
    itemAt: members ? (position) => members[position] : (position) => position + 1,
    weigh: (id) => shallowSize(graph, id),
    columns: {
      address: addressColumn((id) => valueAddress(graph, id)),
      type: labelColumn(dump.labels, (id) => dump.labels.labelOf(id)),
      size: bytesColumn((id) => shallowSize(graph, id)),
      retained: bytesColumn((id) => dominators.retainedSize[id]),
      held: wordColumn(HELD, (id) => 3 * dump.keepers.ofObject[id] + TIER_OF_HOLDER[dump.reachability.holder[id]]),
      distance: countColumn((id) => orNaN(dump.distance[id])),
      references: countColumn((id) => graph.referenceStart[id + 1] - graph.referenceStart[id]),
      referrers: countColumn((id) => referrerCount(dump, id)),
      cycle: countColumn((id) => orNaN(dump.components.cycleOf[id])),
    },
  };
}

/** Types as text: the name where there is one, always the shape, and the package behind `pkg:`, so that each can be searched. */
export function labelColumn(labels: TypeLabels, codeOf: (item: number) => number): TextColumn {
  return {
    kind: 'text',
    codes: labels.count,
    codeOf,
    text: (code) => searchedText(labels.label(code)),
  };
}

/** Each on a line of its own, for `^` and `$` of an expression. */
function searchedText({ type, hint, shape, package: path }: GroupLabel): string {
  const name = type ?? hint;
  if (name === null) return shape;
  return path === null ? `${name}\n${shape}` : `${name}\n${shape}\npkg:${path}`;
}

/** 3 × KEEPER + tier → both in words, so that `strong`, `weak`, `finalizer` and `globals` all find what they mean. */
const HELD = KEEPERS.flatMap((holder) =>
  ['strong', 'weak', 'none'].map((tier) => `${tier} ${holder}\n${holderWords(holder)}`),
);

function orNaN(value: number): number {
  return value === NONE ? NaN : value;
}
