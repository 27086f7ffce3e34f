/** Tables of what lies in a pool: by processor, by type, item by item. */
import { useMemo } from 'react';
import type { PoolItem, PoolItemKind, PoolRow, PoolShare } from '../../../../workers/api';
import { AddressLink, Bytes, Count, TypeText } from '../../ui/figures';
import type { Column } from '../../ui/table/columns';
import { arraySource, usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { itself, useObjectRows } from '../../ui/use-object-rows';

const FIGURE = { width: '68px', numeric: true, sortable: false } as const;

const PROCESSOR_COLUMNS: readonly Column<PoolShare, keyof PoolShare>[] = [
  {
    key: 'processor',
    title: 'Processor',
    width: 'minmax(70px, 1fr)',
    sortable: false,
    cell: (row) => <>P {row.processor}</>,
  },
  { ...FIGURE, key: 'private', title: 'Private', cell: (row) => <Count value={row.private} /> },
  { ...FIGURE, key: 'shared', title: 'Shared', cell: (row) => <Count value={row.shared} /> },
  { ...FIGURE, key: 'victim', title: 'Victims', cell: (row) => <Count value={row.victim} /> },
];

export function ProcessorsTable({ pool }: { pool: PoolRow }) {
  const source = useMemo(() => arraySource(pool.processors), [pool]);
  return (
    <Table
      label="By processor"
      what="processors"
      columns={PROCESSOR_COLUMNS}
      source={source}
      empty="No processor keeps anything in this pool."
    />
  );
}

const KIND_COLUMNS: readonly Column<PoolItemKind, 'type' | 'size' | 'objects' | 'bytes'>[] = [
  { key: 'type', title: 'Type', width: 'minmax(110px, 1fr)', sortable: false, cell: (row) => <TypeText label={row} /> },
  { ...FIGURE, key: 'objects', title: 'Items', cell: (row) => <Count value={row.objects} /> },
  { ...FIGURE, key: 'size', title: 'Size', cell: (row) => <Bytes value={row.size} /> },
  { ...FIGURE, key: 'bytes', title: 'Own', width: '92px', cell: (row) => <Bytes value={row.size * row.objects} /> },
];

export function KindsTable({ pool }: { pool: PoolRow }) {
  const source = useMemo(() => arraySource(pool.kinds), [pool]);
  return (
    <Table label="By type" what="types" columns={KIND_COLUMNS} source={source} empty="Nothing lies in this pool now." />
  );
}

const ITEM_COLUMNS: readonly Column<PoolItem, 'address' | 'type' | 'where' | 'processor' | 'size' | 'retained'>[] = [
  {
    key: 'address',
    title: 'Item',
    width: '124px',
    sortable: false,
    cell: (row) => <AddressLink address={row.address} />,
  },
  { key: 'type', title: 'Type', width: 'minmax(140px, 1fr)', sortable: false, cell: (row) => <TypeText label={row} /> },
  {
    key: 'where',
    title: 'Where',
    width: '84px',
    sortable: false,
    cell: (row) => <span className="muted">{row.where}</span>,
  },
  { ...FIGURE, key: 'processor', title: 'Processor', width: '84px', cell: (row) => <>P {row.processor}</> },
  { ...FIGURE, key: 'size', title: 'Size', width: '84px', cell: (row) => <Bytes value={row.size} /> },
  {
    key: 'retained',
    title: 'Retained',
    width: '116px',
    numeric: true,
    sortable: false,
    cell: (row) => <Bytes value={row.retainedSize} />,
    bar: (row) => row.retainedSize,
  },
];

export function ItemsTable({ pool }: { pool: PoolRow }) {
  const rows = useObjectRows(itself);
  const source = usePages('poolItems', (range) => [pool.address, range]);
  return (
    <Table
      label="Items"
      what="items"
      columns={ITEM_COLUMNS}
      source={source}
      empty="Nothing lies in this pool now."
      {...rows}
    />
  );
}
