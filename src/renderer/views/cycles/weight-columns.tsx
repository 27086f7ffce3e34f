/** What cycles weigh, one of them or all of a shape: their members alone, and with what only they lead to. */
import { Bytes } from '../../ui/figures';
import type { Column } from '../../ui/table/columns';

export const OWN: Column<{ ownBytes: number }, 'own'> = {
  key: 'own',
  title: 'Own',
  width: '80px',
  numeric: true,
  filter: '>1KiB',
  cell: (row) => <Bytes value={row.ownBytes} />,
};

export const RETAINED: Column<{ retainedBytes: number }, 'retained'> = {
  key: 'retained',
  title: 'Retained',
  width: '108px',
  numeric: true,
  filter: '>1MiB',
  cell: (row) => <Bytes value={row.retainedBytes} />,
  bar: (row) => row.retainedBytes,
};
