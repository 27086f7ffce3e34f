/** Long lists, a page at a time, and the line that says how much of one was left out. */
import { MAX_PAGE } from '../../workers/api';
import type { Page, Range } from '../../workers/api';
import { formatCount } from '../../workers/lib/format';

/** A list whose length is known before its rows are read. */
export interface Listing<Row> {
  total: number;
  /** What will be read of it. */
  shown: number;
  rows: AsyncIterable<Row>;
}

/** The first `limit` rows of a list; the first page is asked at once, for the total, the others as they are read. */
export async function listing<Row>(limit: number, ask: (range: Range) => Promise<Page<Row>>): Promise<Listing<Row>> {
  const first = await ask({ offset: 0, limit: Math.min(limit, MAX_PAGE) });
  const shown = Math.min(limit, first.total);
  return { total: first.total, shown, rows: rowsFrom(first, shown, ask) };
}

async function* rowsFrom<Row>(
  first: Page<Row>,
  shown: number,
  ask: (range: Range) => Promise<Page<Row>>,
): AsyncGenerator<Row> {
  let page = first;
  let offset = 0;
  for (;;) {
    yield* page.rows.slice(0, shown - offset);
    offset += page.rows.length;
    if (offset >= shown || page.rows.length === 0) return;
    page = await ask({ offset, limit: Math.min(MAX_PAGE, shown - offset) });
  }
}

/** The whole of a short list. */
export async function collected<Row>(list: Listing<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of list.rows) rows.push(row);
  return rows;
}

/** The rows in another form. */
export async function* mapped<From, To>(
  rows: Iterable<From> | AsyncIterable<From>,
  form: (row: From) => To | Promise<To>,
): AsyncGenerator<To> {
  for await (const row of rows) yield await form(row);
}

/** `75 more: --limit all`, or nothing when the list is complete. */
export function moreLine(total: number, shown: number, option = '--limit'): string {
  return total > shown ? `${formatCount(total - shown)} more: ${option} all\n` : '';
}
