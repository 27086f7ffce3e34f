import type { ReactNode } from 'react';

/** One column of a table over rows of a kind. */
export interface Column<Row, Key extends string> {
  key: Key;
  title: string;
  /** A CSS grid track: `96px`, `minmax(160px, 1fr)`. */
  width: string;
  /** Numbers stand on the right and sort from the largest. */
  numeric?: boolean;
  /** False where the session cannot order by it. */
  sortable?: boolean;
  /** What its filter takes, as a hint: `text`, `>1MiB`; absent where it cannot be filtered. */
  filter?: string;
  /** Left out where the table is narrow, unless the list is sorted or filtered by it. */
  wide?: boolean;
  cell: (row: Row) => ReactNode;
  /** The figure that a bar behind the cell stands for. */
  bar?: (row: Row) => number;
}
