/** Tables of what an object refers to, what refers to it, and what it dominates. */
import type { Address, DominatedRow, ReferenceRow, ReferrerRow } from '../../../workers/api';
import { AddressLink, Bytes, Count, TypeText } from '../ui/figures';
import { formatOffset } from '../ui/format';
import { FieldText } from '../ui/FieldText';
import { OBJECT_COLUMNS } from '../ui/object-columns';
import type { MenuObject } from '../ui/ObjectMenu';
import { OriginField, OriginText } from '../ui/OriginText';
import type { Column } from '../ui/table/columns';
import { usePages } from '../ui/table/row-source';
import { Table } from '../ui/table/Table';
import { itself, targetOf, useObjectRows } from '../ui/use-object-rows';

const REFERENCE_COLUMNS: readonly Column<ReferenceRow, 'field' | 'target' | 'type' | 'size' | 'retained'>[] = [
  {
    key: 'field',
    title: 'Field',
    width: 'minmax(88px, 0.6fr)',
    sortable: false,
    cell: (row) => <FieldText field={row.field} offset={row.offset} />,
  },
  {
    key: 'target',
    title: 'Leads to',
    width: '148px',
    sortable: false,
    cell: (row) => (
      <>
        <AddressLink address={row.target} />
        {row.targetOffset !== 0 && <span className="faint">{formatOffset(row.targetOffset)}</span>}
      </>
    ),
  },
  { key: 'type', title: 'Type', width: 'minmax(120px, 1fr)', sortable: false, cell: (row) => <TypeText label={row} /> },
  {
    key: 'size',
    title: 'Size',
    width: '88px',
    numeric: true,
    sortable: false,
    cell: (row) => <Bytes value={row.size} />,
  },
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

export function ReferencesTable({ address }: { address: Address }) {
  const rows = useObjectRows(targetOf);
  const source = usePages('references', (range) => [address, range]);
  return (
    <Table
      label="References"
      what="references"
      columns={REFERENCE_COLUMNS}
      source={source}
      empty="This object refers to nothing in the heap."
      {...rows}
    />
  );
}

const REFERRER_COLUMNS: readonly Column<ReferrerRow, 'from' | 'type' | 'field' | 'into' | 'retained'>[] = [
  {
    key: 'from',
    title: 'From',
    width: 'minmax(150px, 1fr)',
    sortable: false,
    cell: (row) => <OriginText row={row} />,
  },
  {
    key: 'type',
    title: 'Type',
    width: 'minmax(160px, 1fr)',
    sortable: false,
    cell: (row) => row.label && <TypeText label={row.label} />,
  },
  {
    key: 'field',
    title: 'Field',
    width: 'minmax(88px, 0.7fr)',
    sortable: false,
    cell: (row) => <OriginField row={row} />,
  },
  {
    key: 'into',
    title: 'Points at',
    width: '92px',
    sortable: false,
    cell: (row) => <span className="mono muted">{formatOffset(row.targetOffset)}</span>,
  },
  {
    key: 'retained',
    title: 'Retained',
    width: '116px',
    numeric: true,
    sortable: false,
    cell: (row) => (row.retainedSize === null ? <span className="faint">–</span> : <Bytes value={row.retainedSize} />),
    bar: (row) => row.retainedSize ?? 0,
  },
];

/** The object that refers; none where a root does. */
function referrerOf({ from, label }: ReferrerRow): MenuObject | null {
  return from === 'root' || label === null ? null : { ...label, address: from };
}

export function ReferrersTable({ address }: { address: Address }) {
  const rows = useObjectRows(referrerOf);
  const source = usePages('referrers', (range) => [address, range]);
  return (
    <Table
      label="Referrers"
      what="referrers"
      columns={REFERRER_COLUMNS}
      source={source}
      empty="Nothing that the dump records refers to this object."
      {...rows}
    />
  );
}

const DOMINATED_COLUMNS: readonly Column<DominatedRow, string>[] = [
  ...OBJECT_COLUMNS.filter(({ key }) => ['address', 'type', 'size', 'retained'].includes(key)).map(
    ({ key, title, width, numeric = false, cell, bar }): Column<DominatedRow, string> => ({
      key,
      title,
      width,
      numeric,
      sortable: false,
      cell,
      ...(bar && { bar }),
    }),
  ),
  {
    key: 'children',
    title: 'Dominates',
    width: '92px',
    numeric: true,
    sortable: false,
    cell: (row) => <Count value={row.children} />,
  },
];

export function DominatedTable({ address }: { address: Address }) {
  const rows = useObjectRows(itself);
  const source = usePages('dominated', (range) => [{ ...range, of: address }]);
  return (
    <Table
      label="Dominated objects"
      what="objects"
      columns={DOMINATED_COLUMNS}
      source={source}
      empty="Nothing else would go with this object."
      {...rows}
    />
  );
}
