import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { Filters, Sort } from '../../../../workers/api';
import { Button, Failed, Sentence, Waiting } from '../controls';
import { WithMenu } from '../WithMenu';
import type { Column } from './columns';
import { useLargest } from './row-source';
import type { RowSource } from './row-source';
import { TableFoot } from './TableFoot';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import { nextActive } from './table-keys';
import { useRowWindow } from './use-row-window';
import { useWidth } from './use-width';
import './table.css';

/** Pixels of the head without and with the line of filters, as in the stylesheet. */
const HEAD_PX = 28;
const FILTERED_HEAD_PX = 56;

/** Width from which a table has room for all its columns. */
const WIDE_PX = 900;

export interface TableProps<Row, Key extends string> {
  /** Its name, for who cannot see it. */
  label: string;
  /** What its rows are, in the counted: "cycles". */
  what: string;
  columns: readonly Column<Row, Key>[];
  source: RowSource<Row>;
  /** The sentence of a list that is empty without a filter. */
  empty: string;
  sort?: Sort<Key> | null;
  onSort?: (sort: Sort<Key>) => void;
  filters?: Filters<Key>;
  onFilters?: (filters: Filters<Key>) => void;
  /** Where rows are those of a tree: how deep one stands, from 1, and whether it is unfolded; null for one that has nothing below it. */
  tree?: (row: Row) => { level: number; open: boolean | null };
  isSelected?: (row: Row) => boolean;
  onSelect?: (row: Row) => void;
  /** Enter or double click. */
  onOpen?: (row: Row) => void;
  /** Entries of the context menu. */
  menu?: (row: Row) => ReactNode;
  /** Other keys on the active row; true when the key was used. */
  onKey?: (event: KeyboardEvent, row: Row) => boolean;
}

/**
 * The one table of the window. Rows are fetched as they come into sight; a click or the arrow keys select, Enter opens, the menu key and the right
 * button show what can be done with a row.
 */
export function Table<Row, Key extends string>(props: TableProps<Row, Key>) {
  const { source, onFilters, sort = null } = props;
  const filters: Filters<Key> = props.filters ?? {};
  const scroller = useRef<HTMLDivElement>(null);
  const total = source.error === null ? (source.total ?? 0) : 0;
  const head = onFilters === undefined ? HEAD_PX : FILTERED_HEAD_PX;
  const view = useRowWindow(scroller, total, head);
  const { columns, hidden, tracks } = useRoom(props, useWidth(scroller));
  useFetched(source, view.rows[0]?.index ?? 0, view.rows.at(-1)?.index ?? 0);
  const id = useId();
  const [active, setActive, selectWhenLoaded] = useActive(props);
  const [menuRow, setMenuRow] = useState<Row | null>(null);
  const largest = useLargest(source.loaded, columns.find(({ bar }) => bar !== undefined)?.bar);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const row = source.at(active);
    if (row !== undefined && props.onKey?.(event, row)) return;
    if (event.key === 'Enter' && row !== undefined && props.onOpen !== undefined) {
      event.preventDefault();
      props.onOpen(row);
      return;
    }
    const next = nextActive(event, active < 0 ? view.first - 1 : active, total, view.inSight);
    if (next === null) return;
    event.preventDefault();
    selectWhenLoaded(next);
    view.reveal(next);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target) ?? active;
    const row = source.at(index);
    if (row === undefined || props.menu === undefined) return event.preventDefault();
    setActive(index);
    props.onSelect?.(row);
    setMenuRow(row);
  };

  const grid = (
    <div
      ref={scroller}
      className={source.stale ? 'table table-stale' : 'table'}
      role={props.tree === undefined ? 'grid' : 'treegrid'}
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-busy={source.total === null || source.stale}
      aria-activedescendant={active >= 0 ? `${id}-${String(active)}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <div className="table-width" style={{ gridTemplateColumns: tracks }}>
        <TableHead columns={columns} sort={sort} onSort={props.onSort} filters={filters} onFilters={onFilters} />
        <div className="table-rows" role="rowgroup" style={{ height: view.height }}>
          {view.rows.map(({ index, top }) => (
            <TableRow
              key={index}
              id={`${id}-${String(index)}`}
              index={index}
              top={top}
              tracks={tracks}
              columns={columns}
              largest={largest}
              active={index === active}
              {...rowProps(props, source.at(index), () => {
                setActive(index);
              })}
            />
          ))}
        </div>
      </div>
      <Absent {...props} />
    </div>
  );
  return (
    <div className="table-frame">
      <WithMenu menu={menuRow !== null && props.menu?.(menuRow)}>{grid}</WithMenu>
      {onFilters !== undefined && <TableFoot what={props.what} source={source} hidden={hidden} />}
    </div>
  );
}

/** The columns that a table of that width has room for, and the titles of those that it has not; `tracks` of its grid. */
function useRoom<Row, Key extends string>({ columns, sort, filters }: TableProps<Row, Key>, width: number) {
  return useMemo(() => {
    const hasRoom = ({ key, wide }: Column<Row, Key>): boolean =>
      wide !== true || width >= WIDE_PX || sort?.column === key || filters?.[key] !== undefined;
    const shown = columns.filter(hasRoom);
    return {
      columns: shown,
      tracks: shown.map((column) => column.width).join(' '),
      hidden: columns.filter((column) => !hasRoom(column)).map(({ title }) => title),
    };
  }, [columns, sort, filters, width]);
}

/** Asks for the rows from `first` to `last`. */
function useFetched({ show }: { show: (first: number, last: number) => void }, first: number, last: number): void {
  useEffect(() => {
    show(first, last);
  }, [show, first, last]);
}

/** What a row shows of its own, and what picking and opening it do; nothing happens to a row that has not arrived. */
function rowProps<Row, Key extends string>(props: TableProps<Row, Key>, row: Row | undefined, activate: () => void) {
  return {
    row,
    selected: row !== undefined && (props.isSelected?.(row) ?? false),
    inTree: row === undefined ? undefined : props.tree?.(row),
    onPick: () => {
      activate();
      if (row !== undefined) props.onSelect?.(row);
    },
    onOpen: () => {
      if (row !== undefined) props.onOpen?.(row);
    },
  };
}

/** The row that the keyboard is on. One reached by a key is selected once it is there. */
function useActive<Row, Key extends string>({ source, onSelect }: TableProps<Row, Key>) {
  const [active, setActive] = useState(-1);
  const [awaited, setAwaited] = useState(-1);
  const row = awaited >= 0 ? source.at(awaited) : undefined;
  useEffect(() => {
    if (row === undefined) return;
    setAwaited(-1);
    onSelect?.(row);
    // Only the arrival of the row matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [row]);
  const selectWhenLoaded = (index: number): void => {
    setActive(index);
    setAwaited(index);
  };
  return [active, setActive, selectWhenLoaded] as const;
}

function rowIndexOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return row === null ? null : Number(row.dataset['row']);
}

/** What stands in place of rows: still counting, failed, nothing there, nothing left by the filters. */
function Absent<Row, Key extends string>({ source, what, empty, filters = {}, onFilters }: TableProps<Row, Key>) {
  const clear =
    onFilters === undefined || Object.keys(filters).length === 0 ? null : (
      <Button
        onClick={() => {
          onFilters({});
        }}
      >
        Clear filters
      </Button>
    );
  if (source.error !== null) {
    if (clear === null) return <Failed error={source.error} retry={source.retry} />;
    return (
      <Sentence tone="bad">
        {source.error.message} {clear}
      </Sentence>
    );
  }
  if (source.total === null) return <Waiting what={what} />;
  if (source.total > 0) return null;
  if (clear === null) return <Sentence>{empty}</Sentence>;
  return (
    <Sentence>
      No {what} pass the filters. {clear}
    </Sentence>
  );
}
