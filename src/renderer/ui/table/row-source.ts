/** Where a table's rows come from: pages fetched as they come into sight, or an array that is there already. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { MAX_PAGE } from '../../../../workers/api';
import type { Page, Range } from '../../../../workers/api';
import { useCache } from '../../state/dump';
import type { Answer, Answered, Asked, Question } from '../../state/requests';

export interface RowSource<Row> {
  /** Rows in all; null until the first answer. */
  total: number | null;
  /** Rows there would be without filters; null while that is being counted. */
  whole: number | null;
  /** What all rows weigh, filters applied; null where that is no question of this list. */
  bytes: number | null;
  /** The row at an index, undefined while it is on its way. */
  at: (index: number) => Row | undefined;
  /** The rows at hand, for what is in proportion to the largest shown. */
  loaded: readonly Row[];
  /** The answer to the question before this one is still shown. */
  stale: boolean;
  error: Error | null;
  retry: () => void;
  /** Tells which rows are in sight. */
  show: (first: number, last: number) => void;
}

const nothing = (): void => undefined;

/** A source over rows that are there already. */
export function arraySource<Row>(rows: readonly Row[]): RowSource<Row> {
  return {
    total: rows.length,
    whole: rows.length,
    bytes: null,
    at: (index) => rows[index],
    loaded: rows,
    stale: false,
    error: null,
    retry: nothing,
    show: nothing,
  };
}

/** The questions that are answered page by page. */
export type PagedQuestion = { [Q in Question]: Answered<Q> extends Page<unknown> ? Q : never }[Question];
export type RowOf<Q extends PagedQuestion> = Answered<Q> extends Page<infer Row> ? Row : never;

/** Fetches the pages in sight, and the first, which tells the total. `asked` builds the arguments for a range. */
export function usePages<Q extends PagedQuestion>(question: Q, asked: (range: Range) => Asked<Q>): RowSource<RowOf<Q>> {
  const cache = useCache();
  const [[from, to], setSight] = useState<[number, number]>([0, 0]);
  useSyncExternalStore(cache.subscribe, cache.version);

  const key = JSON.stringify(asked({ offset: 0, limit: MAX_PAGE }));
  const pages = pagesInSight(from, to);
  const answers = new Map(
    pages.map((page) => {
      // Each paged question answers with a page of its rows: that is what PagedQuestion picks.
      const answer = cache.peek(question, asked(rangeOf(page))) as Answer<Page<RowOf<Q>>>;
      return [page, answer];
    }),
  );
  const wanted = `${cache.generation()}:${question}:${key}:${pages.join()}`;
  useEffect(() => {
    for (const page of pages) cache.want(question, asked(rangeOf(page)));
    // `wanted` stands for the question, its arguments, the pages and how new the answers must be.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cache, wanted]);

  const unfiltered = withoutFilters(asked(COUNT));
  const whole = unfiltered === null ? null : (cache.peek(question, unfiltered) as Answer<Page<unknown>>);
  useEffect(() => {
    if (unfiltered !== null) cache.want(question, unfiltered);
    // as above
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cache, wanted]);

  const first = answers.get(0)?.value ?? null;
  const [last, setLast] = useState<Page<RowOf<Q>> | null>(null);
  if (first !== null && first !== last) setLast(first);
  const head = first ?? last;

  const failed = [...answers.values()].find((answer) => answer.state === 'failed');
  const show = useCallback((start: number, end: number) => {
    const sight: [number, number] = [Math.floor(start / MAX_PAGE), Math.floor(end / MAX_PAGE)];
    setSight((before) => (before[0] === sight[0] && before[1] === sight[1] ? before : sight));
  }, []);
  return {
    total: head?.total ?? null,
    whole: (whole === null ? head?.total : whole.value?.total) ?? null,
    bytes: head?.bytes ?? null,
    at: (index) => {
      const page = Math.floor(index / MAX_PAGE);
      const answer = page === 0 ? head : answers.get(page)?.value;
      return answer?.rows[index - page * MAX_PAGE];
    },
    loaded: pages.flatMap((page) => (page === 0 ? head : answers.get(page)?.value)?.rows ?? []),
    stale: first === null && last !== null,
    error: failed?.error ?? null,
    retry: () => {
      for (const [page, answer] of answers) if (answer.state === 'failed') cache.retry(question, asked(rangeOf(page)));
    },
    show,
  };
}

/** Asks for a list's length alone. */
const COUNT: Range = { offset: 0, limit: 0 };

/** The same question about the whole list; null where it is that already. */
function withoutFilters<Arguments extends readonly unknown[]>(asked: Arguments): Arguments | null {
  const isFiltered = (argument: unknown): boolean =>
    typeof argument === 'object' &&
    argument !== null &&
    'filters' in argument &&
    Object.keys(argument.filters as object).length > 0;
  if (!asked.some(isFiltered)) return null;
  // The same arguments, of which only the filters are emptied.
  return asked.map((argument) =>
    isFiltered(argument) ? { ...(argument as object), filters: {} } : argument,
  ) as unknown as Arguments;
}

function pagesInSight(from: number, to: number): number[] {
  const pages = [0];
  for (let page = Math.max(from, 1); page <= to; page++) pages.push(page);
  return pages;
}

function rangeOf(page: number): Range {
  return { offset: page * MAX_PAGE, limit: MAX_PAGE };
}

/** The largest figure among the rows at hand; 0 where there are none. */
export function useLargest<Row>(rows: readonly Row[], figure: ((row: Row) => number) | undefined): number {
  return useMemo(() => {
    let largest = 0;
    if (figure !== undefined) for (const row of rows) largest = Math.max(largest, figure(row));
    return largest;
  }, [rows, figure]);
}
