import type { Column } from './columns';

interface TableRowProps<Row, Key extends string> {
  id: string;
  index: number;
  /** Pixels from the top of the list. */
  top: number;
  tracks: string;
  columns: readonly Column<Row, Key>[];
  /** Undefined while it is on its way. */
  row: Row | undefined;
  /** What the longest bar stands for. */
  largest: number;
  selected: boolean;
  inTree: { level: number; open: boolean | null } | undefined;
  active: boolean;
  onPick: () => void;
  onOpen: () => void;
}

/** One line of a table. */
export function TableRow<Row, Key extends string>(props: TableRowProps<Row, Key>) {
  const { row, columns, index } = props;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      aria-level={props.inTree?.level}
      aria-expanded={props.inTree?.open ?? undefined}
      data-row={index}
      className={props.active ? 'table-row table-active' : 'table-row'}
      style={{ gridTemplateColumns: props.tracks, transform: `translateY(${String(props.top)}px)` }}
      onClick={props.onPick}
      onDoubleClick={props.onOpen}
    >
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={column.numeric ? 'table-cell table-numeric' : 'table-cell'}>
          {row === undefined ? (
            <span className="faint">…</span>
          ) : (
            <Cell column={column} row={row} largest={props.largest} />
          )}
        </div>
      ))}
    </div>
  );
}

interface CellProps<Row, Key extends string> {
  column: Column<Row, Key>;
  row: Row;
  largest: number;
}

function Cell<Row, Key extends string>({ column, row, largest }: CellProps<Row, Key>) {
  if (column.bar === undefined) return column.cell(row);
  const share = largest > 0 ? column.bar(row) / largest : 0;
  return (
    <>
      <span className="table-bar" style={{ width: `${(Math.min(share, 1) * 100).toFixed(1)}%` }} />
      <span className="table-over-bar">{column.cell(row)}</span>
    </>
  );
}
