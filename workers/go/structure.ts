/** The form in which structures of the runtime are told that have no descriptor of their own. */

/** What besides the version decides about a layout; the params of a dump are one. */
export interface Machine {
  readonly pointerBytes: 4 | 8;
  readonly bigEndian: boolean;
}

/** A field as a person is shown it. */
export interface NamedOffset {
  name: string;
  offset: number;
}

export interface Structure<Field extends string> {
  readonly name: string;
  readonly bytes: number;
  /** Offsets of pointer words. */
  readonly mask: Uint32Array;
  /** Those worth showing, in the order of their offsets. */
  readonly fields: readonly NamedOffset[];
  readonly at: Readonly<Record<Field, number>>;
}
