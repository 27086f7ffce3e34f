/** Tables as text: columns as wide as what stands in them, long cells cut. */

type Cell = string | number | boolean | null;

/** Column → its cell of a row. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** No line of a page is longer. */
export const LINE = 160;

/** Letters of a line of running text, where nothing else is asked for. */
const WIDTH = 110;

/** Letters of one cell; what tells names apart stands at both ends. */
const CELL = 44;

/** Rows of a long list that a page shows. */
const ROWS = 3;

/** A heading with the count, the first rows as a table, an empty line. */
export function section<Row>(
  title: string,
  list: readonly Row[] | { rows: readonly Row[]; total: number },
  columns: Columns<Row>,
  most = ROWS,
): string[] {
  const { rows, total } = 'rows' in list ? list : { rows: list, total: list.length };
  const shown = rows.slice(0, most);
  const count = shown.length === total ? String(total) : `${String(shown.length)} of ${String(total)}`;
  return [`-- ${title} (${count})`, ...table(shown, columns), ''];
}

export function table<Row>(rows: readonly Row[], columns: Columns<Row>, cell = CELL): string[] {
  if (rows.length === 0) return [];
  const cells = Object.entries(columns)
    .map(([name, of]) => [name, ...rows.map((row) => wordOf(of(row), cell))])
    .filter(([, ...column]) => column.some((word) => word !== ''));
  const widths = cells.map((column) => Math.max(...column.map((word) => word.length)));
  return Array.from({ length: rows.length + 1 }, (_, line) =>
    shortened(cells.map((column, i) => column[line].padEnd(widths[i])).join('  '), LINE).trimEnd(),
  );
}

/** Named cells, one a line; nothing for those that are null. */
export function records(cells: Readonly<Record<string, Cell>>): string[] {
  return Object.entries(cells).flatMap(([name, value]) =>
    value === null ? [] : [shortened(`${name.padEnd(10)} ${wordOf(value, LINE)}`, LINE)],
  );
}

/** Facts of several things side by side: a line for each fact, by its path, a column for each thing. */
export function facts(names: readonly string[], things: readonly object[]): string[] {
  const flat = things.map((thing) => new Map(leaves(thing)));
  const paths = [...new Set(flat.flatMap((leaf) => [...leaf.keys()]))];
  const columns = Object.fromEntries(
    names.map((name, i): [string, (path: string) => Cell] => [name, (path) => flat[i].get(path) ?? null]),
  );
  return table(paths, { '': (path) => path, ...columns });
}

/** Text in lines, all but the first indented by two. */
export function wrapped(text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function leaves(value: unknown, path = ''): [path: string, leaf: string][] {
  if (Array.isArray(value) && value.every((part) => typeof part === 'object'))
    return value.flatMap((part: object) => {
      const [[, name], ...rest] = leaves(part);
      return [[`${path}.${name}`, rest.map(([, leaf]) => leaf).join(', ')] as [string, string]];
    });
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`));
}

function wordOf(cell: Cell, length: number): string {
  return shortened(String(cell ?? '').replaceAll('\n', '⏎'), length);
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`;
}
