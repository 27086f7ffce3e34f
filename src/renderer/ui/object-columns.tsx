import { holderWords } from '../../../workers/api';
import type { ObjectColumn, ObjectRow, TypeLabel } from '../../../workers/api';
import { AddressLink, Bytes, Count, CycleLink, TypeText } from './figures';
import { HolderMark } from './HolderMark';
import type { Column } from './table/columns';

/** What an object is and weighs: the columns that tables of roots have too. */
export const WEIGHT_COLUMNS: readonly Column<
  TypeLabel & Pick<ObjectRow, 'size' | 'retainedSize'>,
  'type' | 'size' | 'retained'
>[] = [
  {
    key: 'type',
    title: 'Type',
    width: 'minmax(140px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => <TypeText label={row} />,
  },
  {
    key: 'size',
    title: 'Size',
    width: '76px',
    numeric: true,
    filter: '>1KiB',
    cell: (row) => <Bytes value={row.size} />,
  },
  {
    key: 'retained',
    title: 'Retained',
    width: '104px',
    numeric: true,
    filter: '>1MiB',
    cell: (row) => <Bytes value={row.retainedSize} />,
    bar: (row) => row.retainedSize,
  },
];

/** The columns of every table of objects; a view takes those it needs. */
export const OBJECT_COLUMNS: readonly Column<ObjectRow, ObjectColumn>[] = [
  {
    key: 'address',
    title: 'Address',
    width: '124px',
    filter: '0xc000',
    cell: (row) => <AddressLink address={row.address} />,
  },
  ...WEIGHT_COLUMNS,
  {
    key: 'held',
    title: 'Held by',
    width: '98px',
    filter: 'strong',
    cell: (row) => (
      <>
        <HolderMark holder={row.holder} />
        <span title={holderWords(row.holder)}>{holderWords(row.holder)}</span>
      </>
    ),
  },
  {
    key: 'distance',
    title: 'Distance',
    width: '68px',
    numeric: true,
    filter: '<=3',
    cell: (row) => (row.distance === null ? <span className="faint">–</span> : <Count value={row.distance} />),
  },
  {
    key: 'references',
    wide: true,
    title: 'Refs',
    width: '52px',
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.references} />,
  },
  {
    key: 'referrers',
    wide: true,
    title: 'Referrers',
    width: '72px',
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.referrers} />,
  },
  {
    key: 'cycle',
    title: 'Cycle',
    width: '74px',
    numeric: true,
    filter: '=3',
    cell: (row) => (row.cycle === null ? <span className="faint">–</span> : <CycleLink id={row.cycle} bare />),
  },
];
