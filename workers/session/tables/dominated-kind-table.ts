/** What is dominated, by type, as a list. Items are places in the list of groups. */
import type { DominatedKindColumn } from '../../api/session';
import type { DominatedKind } from '../computed/dominated-kinds';
import type { TypeLabels } from '../dump/type-labels';
import { bytesColumn, countColumn, numbered, type Table } from '../list/table';
import { labelColumn } from './object-table';

export function dominatedKindTable(labels: TypeLabels, kinds: readonly DominatedKind[]): Table<DominatedKindColumn> {
  return numbered('types dominated', kinds.length, {
    name: labelColumn(labels, (item) => kinds[item].label),
    count: countColumn((item) => kinds[item].objects),
    objects: countColumn((item) => kinds[item].retainedObjects),
    bytes: bytesColumn((item) => kinds[item].bytes),
    retained: bytesColumn((item) => kinds[item].retainedBytes),
  });
}
