/** Where a dump stops making sense. Thrown while reading, caught by the reader, which keeps what was whole before it. */
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
