/** Objects in lists: the JSON keys and the table columns that `objects` and `dominators` share. */
import { holderWords } from '../../../workers/api';
import type { ObjectRow } from '../../../workers/api';
import { typeKeys } from './document';
import type { Column } from './table';
import { formatBytes, formatCount } from '../../../workers/lib/format';
import { nameOf } from './units';

export function objectRowKeys(row: ObjectRow) {
  return {
    address: row.address,
    size: row.size,
    ...typeKeys(row),
    held: row.held,
    holder: row.holder,
    retainedSize: row.retainedSize,
    retainedObjects: row.retainedObjects,
    distance: row.distance,
    cycle: row.cycle,
    references: row.references,
    referrers: row.referrers,
    hasFinalizer: row.hasFinalizer,
  };
}

export const ADDRESS: Column<ObjectRow> = { title: 'Address', align: 'left', cell: (row) => row.address };

export const SIZES: readonly Column<ObjectRow>[] = [
  { title: 'Size', align: 'right', cell: (row) => formatBytes(row.size) },
  { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedSize) },
];

export const CONNECTIONS: readonly Column<ObjectRow>[] = [
  { title: 'Held by', align: 'left', cell: (row) => holderWords(row.holder) },
  { title: 'Distance', align: 'right', cell: (row) => (row.distance === null ? '' : formatCount(row.distance)) },
  { title: 'Cycle', align: 'right', cell: (row) => (row.cycle === null ? '' : String(row.cycle)) },
];

export const TYPE: Column<ObjectRow> = { title: 'Type', align: 'left', cell: nameOf, flexible: true };
