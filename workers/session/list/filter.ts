/** Filters of a list as one test for an item. */
import { EngineError } from '../../api/errors';
import type { Filters } from '../../api/values';
import { formatAddress } from '../dump/address';
import { parseFilter, type Condition } from './filter-grammar';
import type { AddressColumn, Column, NumberColumn, Table, TextColumn } from './table';

export type Predicate = (item: number) => boolean;

/** True for the items that pass every filter; null where nothing is filtered. Throws `BadRequest`. */
export function predicateOf<Key extends string>(
  table: Table<Key>,
  filters: Filters<Key> | undefined,
  heapBytes: number,
): Predicate | null {
  const predicates: Predicate[] = [];
  for (const [key, text] of Object.entries<string | undefined>(filters ?? {})) {
    if (text === undefined || text.trim() === '') continue;
    const column = columnOf(table, key);
    const conditions = parseFilter(text, { column: key, kind: column.kind, heapBytes });
    predicates.push(columnPredicate(column, conditions));
  }
  if (predicates.length === 0) return null;
  return predicates.length === 1 ? predicates[0] : (item) => predicates.every((holds) => holds(item));
}

/** Whether a text is what a person looks for: all conditions as in a filter of a list. Throws `BadRequest`, with what is looked for by name. */
export function textMatcher(name: string, text: string): (found: string) => boolean {
  const conditions = parseFilter(text, { column: name, kind: 'text', heapBytes: 0 });
  return (found) => conditions.every((condition) => holdsForText(condition, found));
}

/** The column of a key that may have come over a wire. Throws `BadRequest`. */
export function columnOf<Key extends string>(table: Table<Key>, key: string): Column {
  const columns: Readonly<Record<string, Column>> = table.columns;
  if (Object.hasOwn(columns, key)) return columns[key];
  const known = Object.keys(columns).join(', ');
  throw new EngineError('BadRequest', `The list of ${table.name} has no column “${key}”; its columns are ${known}`);
}

function columnPredicate(column: Column, conditions: Condition[]): Predicate {
  switch (column.kind) {
    case 'text':
      return textPredicate(column, conditions);
    case 'address':
      return addressPredicate(column, conditions);
    case 'bytes':
    case 'count':
      return numberPredicate(column, conditions);
  }
}

function numberPredicate(column: NumberColumn, conditions: Condition[]): Predicate {
  return (item) => {
    const value = column.value(item);
    return conditions.every((condition) => holdsForNumber(condition, value));
  };
}

const UNTESTED = 0;
const PASSES = 1;
const FAILS = 2;

/** Each text is tested once, whatever the number of items that have it, when the first of them comes. */
function textPredicate(column: TextColumn, conditions: Condition[]): Predicate {
  const verdicts = new Uint8Array(column.codes);
  return (item) => {
    const code = column.codeOf(item);
    if (verdicts[code] === UNTESTED) {
      const text = column.text(code);
      verdicts[code] = conditions.every((condition) => holdsForText(condition, text)) ? PASSES : FAILS;
    }
    return verdicts[code] === PASSES;
  };
}

function addressPredicate(column: AddressColumn, conditions: Condition[]): Predicate {
  return (item) => {
    const value = column.value(item);
    return conditions.every((condition) =>
      condition.kind === 'between' ? holdsForNumber(condition, value) : holdsForText(condition, formatAddress(value)),
    );
  };
}

function holdsForNumber(condition: Condition, value: number): boolean {
  if (condition.kind === 'none') return Number.isNaN(value);
  if (condition.kind !== 'between') return false;
  const { low, high, openLow, openHigh } = condition;
  return (openLow ? value > low : value >= low) && (openHigh ? value < high : value <= high);
}

function holdsForText(condition: Condition, text: string): boolean {
  switch (condition.kind) {
    case 'contains':
      return text.toLowerCase().includes(condition.text);
    case 'matches':
      return condition.pattern.test(text);
    case 'none':
      return text === '';
    case 'between':
      return false;
  }
}
