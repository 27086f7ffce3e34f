import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Filters, Sort } from '../../../../workers/api';
import { hold } from '../../state/idle';
import type { Column } from './columns';

interface TableHeadProps<Row, Key extends string> {
  /** Those that there is room for. */
  columns: readonly Column<Row, Key>[];
  sort: Sort<Key> | null;
  onSort: ((sort: Sort<Key>) => void) | undefined;
  filters: Filters<Key>;
  onFilters: ((filters: Filters<Key>) => void) | undefined;
}

/** The head: titles that sort, and under them the filters. Both stay in sight. */
export function TableHead<Row, Key extends string>({
  columns,
  sort,
  onSort,
  filters,
  onFilters,
}: TableHeadProps<Row, Key>) {
  const filtered = onFilters !== undefined && columns.some((column) => column.filter !== undefined);
  // Two fields may wait at once: each changes what stands there when its time comes, not what stood there when it was typed into.
  const newest = useRef({ filters, onFilters });
  useEffect(() => {
    newest.current = { filters, onFilters };
  }, [filters, onFilters]);
  const change = (key: Key, text: string): void => {
    const next = withFilter(newest.current.filters, key, text);
    newest.current.filters = next;
    newest.current.onFilters?.(next);
  };
  return (
    <div
      className="table-head"
      role="row"
      aria-rowindex={1}
      onContextMenu={(event) => {
        event.stopPropagation();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
      }}
    >
      {columns.map((column) => (
        <div
          key={column.key}
          role="columnheader"
          aria-sort={ariaSort(column, sort)}
          className={column.numeric ? 'table-th table-numeric' : 'table-th'}
        >
          <Title column={column} sort={sort} onSort={onSort} />
          {filtered && (
            <FilterField
              column={column}
              text={filters[column.key] ?? ''}
              onText={(text) => {
                change(column.key, text);
              }}
            />
          )}
        </div>
      ))}
    </div>
  );
}

function ariaSort<Row, Key extends string>(column: Column<Row, Key>, sort: Sort<Key> | null) {
  if (column.sortable === false) return undefined;
  if (sort?.column !== column.key) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

/** The filters with one of them changed; an empty one is left out. */
function withFilter<Key extends string>(filters: Filters<Key>, key: Key, text: string): Filters<Key> {
  const next = { ...filters };
  if (text.trim() === '') Reflect.deleteProperty(next, key);
  else next[key] = text;
  return next;
}

interface TitleProps<Row, Key extends string> {
  column: Column<Row, Key>;
  sort: Sort<Key> | null;
  onSort: ((sort: Sort<Key>) => void) | undefined;
}

function Title<Row, Key extends string>({ column, sort, onSort }: TitleProps<Row, Key>) {
  if (onSort === undefined || column.sortable === false) return <span className="table-title">{column.title}</span>;
  const sorted = sort?.column === column.key;
  const turn = (): void => {
    onSort({ column: column.key, descending: sorted ? !sort.descending : column.numeric === true });
  };
  const Arrow = sorted && sort.descending ? ChevronDown : ChevronUp;
  return (
    <button type="button" className={sorted ? 'table-title table-sorted' : 'table-title'} onClick={turn}>
      {column.title}
      {sorted && <Arrow size={12} strokeWidth={2.5} aria-hidden="true" />}
    </button>
  );
}

/** Milliseconds after the last key before a filter is applied. */
const TYPING_MS = 200;

interface FilterFieldProps<Row, Key extends string> {
  column: Column<Row, Key>;
  text: string;
  onText: (text: string) => void;
}

function FilterField<Row, Key extends string>({ column, text, onText }: FilterFieldProps<Row, Key>) {
  const [typed, setTyped] = useState(text);
  const [applied, setApplied] = useState(text);
  // Changed from outside (back, a link): what was typed before is void.
  if (text !== applied) {
    setApplied(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return;
    const release = hold();
    const timer = setTimeout(() => {
      onText(typed);
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      release();
    };
    // A new `onText` in each rendering must not put the timer off.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed, text]);
  if (column.filter === undefined) return <span className="table-filter" />;
  return (
    <input
      className="table-filter"
      data-view-filter
      type="text"
      size={1}
      spellCheck={false}
      aria-label={`Filter ${column.title}`}
      placeholder={column.filter}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onText(typed);
        if (event.key === 'Escape') setTyped('');
      }}
    />
  );
}
