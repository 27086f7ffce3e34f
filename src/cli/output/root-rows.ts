/** Roots in lists: the JSON keys and the table columns that `roots` and `goroutines` share. */
import type { RootRow } from '../../../workers/api';
import { rootKeys, typeKeys } from './document';
import type { Column } from './table';
import { formatBytes } from '../../../workers/lib/format';
import { nameOf, targetOf } from './units';

export function rootRowKeys(row: RootRow) {
  return {
    ...rootKeys(row),
    target: row.target,
    targetOffset: row.targetOffset,
    ...typeKeys(row),
    size: row.size,
    retainedSize: row.retainedSize,
  };
}

export const ROOT_COLUMNS: readonly Column<RootRow>[] = [
  { title: 'Kind', align: 'left', cell: (row) => (row.weak ? `${row.kind}, weak` : row.kind) },
  { title: 'Root', align: 'left', cell: (row) => row.name, flexible: true },
  { title: 'To', align: 'left', cell: (row) => targetOf(row.target, row.targetOffset) },
  { title: 'Size', align: 'right', cell: (row) => formatBytes(row.size) },
  { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedSize) },
  { title: 'Type', align: 'left', cell: nameOf, flexible: true },
];
