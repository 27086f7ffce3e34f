/**
 * A list as the session sees it before any row is made: numbered items and columns that give a value for each. Filters, orders and pages
 * work on these for every list alike; a row is made only for what goes onto a page.
 */
export interface Table<Key extends string> {
  /** For messages: `objects`, `cycles`. */
  readonly name: string;
  readonly count: number;
  /** position in the list's own order → item */
  readonly itemAt: (position: number) => number;
  readonly columns: Readonly<Record<Key, Column>>;
  /** Own bytes of an item; absent where items share bytes, or have none. */
  readonly weigh?: (item: number) => number;
}

export type Column = NumberColumn | AddressColumn | TextColumn;

/** Numbers; NaN where there is none. */
export interface NumberColumn {
  readonly kind: 'bytes' | 'count';
  readonly value: (item: number) => number;
}

/** Addresses: compared as numbers, matched as the hex that a person sees. */
export interface AddressColumn {
  readonly kind: 'address';
  readonly value: (item: number) => number;
}

/** Text out of a set of numbered texts, so that a filter looks at each text once and not at each item. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: number;
  readonly codeOf: (item: number) => number;
  readonly text: (code: number) => string;
  /** The codes are numbered in an order of their own, which sorting follows; otherwise it follows the texts. */
  readonly inOrder?: boolean;
}

export function bytesColumn(value: (item: number) => number): NumberColumn {
  return { kind: 'bytes', value };
}

export function countColumn(value: (item: number) => number): NumberColumn {
  return { kind: 'count', value };
}

export function addressColumn(value: (item: number) => number): AddressColumn {
  return { kind: 'address', value };
}

/** A column whose items 0 … codes - 1 each have their own text. */
export function ownTextColumn(codes: number, text: (item: number) => string): TextColumn {
  return { kind: 'text', codes, codeOf: (item) => item, text };
}

/** A column of a few fixed words; sorting follows the order of `words`. */
export function wordColumn(words: readonly string[], codeOf: (item: number) => number): TextColumn {
  return { kind: 'text', codes: words.length, codeOf, text: (code) => words[code], inOrder: true };
}

/** Items 0 … count - 1 in that order. */
export function numbered<Key extends string>(name: string, count: number, columns: Record<Key, Column>): Table<Key> {
  return { name, count, itemAt: (position) => position, columns };
}
