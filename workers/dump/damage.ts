/**
 * Where a dump stops making sense. Thrown while reading, caught by the reader, which keeps what was whole before it.
 */
export class Damage extends Error {
  override readonly name = 'Damage';

  constructor(
    /** File offset of the value that is wrong, or that the file ends in. */
    readonly offset: number,
    readonly expected: string,
    readonly found: string,
    /** `truncated` where the file ends inside a value. */
    readonly state: 'truncated' | 'damaged' = 'damaged',
  ) {
    super(`at offset ${offset}: expected ${expected}, found ${found}`);
  }
}

/** The file ends `left` bytes into a value that needs more. */
export function cutShort(offset: number, expected: string, left: number): Damage {
  return new Damage(
    offset,
    expected,
    left > 0 ? `${left} bytes, then the end of the file` : 'the end of the file',
    'truncated',
  );
}

/** A number from the file, which a double may not hold exactly. */
export function inDigits(value: number): string {
  return Number.isSafeInteger(value) ? `${value}` : 'a number above 2^53';
}
