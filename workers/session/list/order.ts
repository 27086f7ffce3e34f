/** The items of a list that pass its filters, in the order asked for. */
import type { Sort } from '../../api/values';
import type { MemoryAccount } from '../../lib/alloc';
import { withScratch, type Scratch } from '../../lib/scratch';
import { sortRange } from '../../lib/sorts';
import { SLICE_MASK, type Work } from '../../lib/work';
import { columnOf, type Predicate } from './filter';
import type { Column, Table, TextColumn } from './table';

/**
 * The items for which all predicates hold, sorted; ties keep the list's own order, items without a value come last either way. The caller releases the order some day:
 * 4 bytes an item. Up to 12 more while sorting.
 */
export function orderItems<Key extends string>(
  table: Table<Key>,
  predicates: readonly Predicate[],
  sort: Sort<Key> | undefined,
  account: MemoryAccount,
): Work<Uint32Array> {
  return withScratch(account, function* (scratch) {
    const items = yield* select(table, predicates, scratch);
    if (sort) {
      const key = yield* keysOf(columnOf(table, sort.column), items, sort.descending, scratch);
      yield* sortRange(items, 0, items.length, key, sort.descending, account);
    }
    return scratch.keep(items);
  });
}

function* select<Key extends string>(
  table: Table<Key>,
  predicates: readonly Predicate[],
  scratch: Scratch,
): Work<Uint32Array> {
  const all = scratch.uint32('items of a list', table.count);
  let kept = 0;
  for (let position = 0; position < table.count; position++) {
    const item = table.itemAt(position);
    if (predicates.every((holds) => holds(item))) all[kept++] = item;
    if ((position & SLICE_MASK) === 0) yield position;
  }
  if (kept === all.length) return all;
  const items = scratch.uint32('filtered items', kept);
  items.set(all.subarray(0, kept));
  scratch.release(all);
  return items;
}

/** item → what it is ordered by */
function* keysOf(column: Column, items: Uint32Array, descending: boolean, scratch: Scratch): Work<Float64Array> {
  const valueOf = column.kind === 'text' ? rankedBy(column, descending) : column.value;
  const missing = descending ? -Infinity : Infinity;
  let last = 0;
  for (const item of items) if (item > last) last = item;
  const key = scratch.float64('sort keys', items.length === 0 ? 0 : last + 1);
  for (let at = 0; at < items.length; at++) {
    const value = valueOf(items[at]);
    key[items[at]] = Number.isNaN(value) ? missing : value;
    if ((at & SLICE_MASK) === 0) yield at;
  }
  return key;
}

/** Texts as numbers in their order; an empty text is no value. Code units decide: the same everywhere, whatever the locale. */
function rankedBy(column: TextColumn, descending: boolean): (item: number) => number {
  if (column.inOrder) return column.codeOf;
  const texts = Array.from({ length: column.codes }, (_, code) => column.text(code));
  const codes = texts.map((_, code) => code).sort((a, b) => (texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : 0));
  const rank = new Float64Array(column.codes);
  let last = -1;
  for (const [place, code] of codes.entries()) {
    // equal texts share a rank, so that ties keep the list's order
    if (last < 0 || texts[code] !== texts[last]) rank[code] = place;
    else rank[code] = rank[last];
    if (texts[code] === '') rank[code] = descending ? -Infinity : Infinity;
    last = code;
  }
  return (item) => rank[column.codeOf(item)];
}
