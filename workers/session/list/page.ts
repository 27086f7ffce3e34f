/** Cuts pages out of lists. */
import { EngineError } from '../../api/errors';
import { MAX_PAGE, type Page, type Range } from '../../api/values';

/** The range as whole positions within a list of `total`. Throws `BadRequest` for what is no range or too long. */
export function clipRange({ offset, limit }: Range, total: number): { from: number; to: number } {
  if (!Number.isInteger(offset) || offset < 0) {
    throw new EngineError('BadRequest', `A page begins at 0 or later, not at ${offset}`);
  }
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_PAGE) {
    throw new EngineError('BadRequest', `A page has 0 to ${MAX_PAGE} rows, not ${limit}`);
  }
  const from = Math.min(offset, total);
  return { from, to: Math.min(from + limit, total) };
}

/** The page of `total` rows that `range` asks for; `rowAt` is called for the rows on it only. */
export function pageOf<Row>(total: number, range: Range, rowAt: (position: number) => Row): Page<Row> {
  const { from, to } = clipRange(range, total);
  const rows: Row[] = [];
  for (let position = from; position < to; position++) rows.push(rowAt(position));
  return { total, offset: range.offset, rows };
}

/** As pageOf, for rows that have to be read first. */
export async function pageOfRead<Row>(
  total: number,
  range: Range,
  rowAt: (position: number) => Promise<Row>,
): Promise<Page<Row>> {
  const { from, to } = clipRange(range, total);
  const rows: Row[] = [];
  for (let position = from; position < to; position++) rows.push(await rowAt(position));
  return { total, offset: range.offset, rows };
}
