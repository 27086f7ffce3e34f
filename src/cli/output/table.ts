/** Tables for people: aligned columns, right-aligned numbers, cut to the width of the terminal. */
import type { Output } from '../io';
import type { Style } from './style';
import { shortened } from './units';

export interface Column<Row> {
  title: string;
  align: 'left' | 'right';
  cell(row: Row): string;
  /** True for names: these give way when the line is too long. */
  flexible?: boolean;
}

/** Rows that decide the widths; later rows may widen them. Keeps a list of millions from being held in memory. */
const BLOCK = 1000;
const GAP = '  ';
/** A name cut below this many characters tells nothing. */
const NARROWEST = 12;

/** Writes a table; nothing at all when there are no rows. Returns the number of rows. */
export async function writeTable<Row>(
  out: Output,
  style: Style,
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<number> {
  let widths = columns.map(() => 0);
  let count = 0;
  for await (const block of blocksOf(rows)) {
    const cells = block.map((row) => columns.map((column) => column.cell(row)));
    const wanted = columns.map((column, at) => Math.max(column.title.length, ...cells.map((line) => line[at].length)));
    widths = fitted(
      columns,
      wanted.map((width, at) => Math.max(width, widths[at])),
      out.columns,
    );
    const lines = cells.map((line) => `${lineOf(columns, widths, line)}\n`);
    if (count === 0) lines.unshift(`${style.bold(lineOf(columns, widths, columns.map(titleOf)))}\n`);
    await out.write(lines.join(''));
    count += block.length;
  }
  return count;
}

const titleOf = (column: { title: string }) => column.title;

async function* blocksOf<Row>(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let block: Row[] = [];
  for await (const row of rows) {
    block.push(row);
    if (block.length === BLOCK) {
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

/** Takes what is too much from the widest flexible column, again and again, down to NARROWEST. */
function fitted<Row>(columns: readonly Column<Row>[], wanted: readonly number[], limit: number | null): number[] {
  const widths = [...wanted];
  if (limit === null) return widths;
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1) - limit;
  while (excess > 0) {
    let widest = -1;
    for (let at = 0; at < columns.length; at++) {
      const canShrink = columns[at].flexible === true && widths[at] > Math.max(NARROWEST, columns[at].title.length);
      if (canShrink && (widest < 0 || widths[at] > widths[widest])) widest = at;
    }
    if (widest < 0) break;
    widths[widest]--;
    excess--;
  }
  return widths;
}

function lineOf<Row>(columns: readonly Column<Row>[], widths: readonly number[], cells: readonly string[]): string {
  const parts = cells.map((cell, at) => {
    const text = cell.length > widths[at] && columns[at].flexible === true ? shortened(cell, widths[at]) : cell;
    return columns[at].align === 'right' ? text.padStart(widths[at]) : text.padEnd(widths[at]);
  });
  return parts.join(GAP).trimEnd();
}
