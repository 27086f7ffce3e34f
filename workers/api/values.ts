/** The small values that every row is made of. Plain data: all of it survives JSON and structured clone. */

/** Lower-case hex with `0x`: a 64-bit address need not fit a double. Objects are named by where their value begins. */
export type Address = `0x${string}`;

/** How surely a type is known, strongest first; `one-of` lists candidates, `shape` means that only size and pointer offsets are known. */
export type Evidence = 'exact' | 'likely' | 'kind' | 'one-of' | 'shape';

/** What a dump records about how an object is held: by roots (strong), by stack words that no pointer list names (weak), by nothing recorded. */
export type Held = 'strong' | 'weak' | 'none';

/** What memory outside the heap a root is. `goroutine`: a descriptor, its saved context, its defer and panic records. */
export type RootKind = 'data' | 'bss' | 'stack' | 'goroutine' | 'finalizer' | 'other';

/** How bad a finding is, worst first: memory that is never used or freed again, much that is held for no visible use, what is worth knowing. */
export const SEVERITIES = ['leak', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure a finding is: the dump records it, it follows from what runtimes write, it fits but so would other stories. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** An object's type as far as it is known. `shape` is always there: `48 B, pointers at +0 +16`, `64 B, no pointers`. */
export interface TypeLabel {
  /** The Go type as the runtime prints it, or null while it is not known. */
  type: string | null;
  evidence: Evidence;
  /** What is known where the type is not: `what a pointer type of net/http points at, #3`, `one of main.a, main.b`; null where nothing is. */
  hint: string | null;
  shape: string;
}

/** A part of a list. `total` counts the whole list after filters; `rows` begins at `offset`. */
export interface Page<Row> {
  total: number;
  offset: number;
  rows: Row[];
  /** Own bytes of the whole list after filters, where it is narrowed and no two of its rows share a byte. */
  bytes?: number;
}

/** Asks for rows `offset … offset + limit - 1`; `limit` is at most MAX_PAGE. */
export interface Range {
  offset: number;
  limit: number;
}

/** No reply carries more rows than this. */
export const MAX_PAGE = 500;

/** The order of a list: a column's key and a direction. Ties keep the order of the dump. */
export interface Sort<Column extends string> {
  column: Column;
  descending: boolean;
}

/**
 * Filters by column key, as a person types them: `text` (contains, case ignored), `/regex/`, `>1MB`, `<=64`, `1KiB..2MiB`, `1%..10%` (of the
 * heap's bytes), `=48`. Several conditions in one field are joined by spaces and must all hold. A field that cannot be read is a `BadRequest`.
 */
export type Filters<Column extends string> = { [Key in Column]?: string };
