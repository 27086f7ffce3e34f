import type { GroupHoldings } from '../../../workers/api';
import { Bytes } from './figures';
import type { Column } from './table/columns';

/** What a group holds: what only it reaches, with a bar behind the figure, and all that it reaches. */
export const HOLDING_COLUMNS: readonly Column<GroupHoldings, 'alone' | 'reaches'>[] = [
  {
    key: 'alone',
    title: 'Alone',
    width: '104px',
    numeric: true,
    filter: '>1KiB',
    cell: (row) => <Bytes value={row.alone.bytes} />,
    bar: (row) => row.alone.bytes,
  },
  {
    key: 'reaches',
    title: 'Reaches',
    width: '92px',
    numeric: true,
    filter: '>1MiB',
    cell: (row) => <Bytes value={row.reaches.bytes} />,
  },
];
