/**
 * Where a dump's bytes come from: a file descriptor, a Blob, an array. Counts what it served, so that tests can freeze
 * it.
 */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  /**
   * Fills `into` from `offset`; resolves with the bytes read, fewer than asked for only at the end. Rejects with
   * `CannotRead`.
   */
  read(offset: number, into: Uint8Array): Promise<number>;
  readonly bytesServed: number;
  close(): Promise<void>;
}

/** A source over bytes that are in memory already, as tests have them. @internal */
export class ArraySource implements ByteSource {
  readonly size: number;
  bytesServed = 0;

  constructor(
    private readonly bytes: Uint8Array,
    readonly name = 'array',
  ) {
    this.size = bytes.length;
  }

  async read(offset: number, into: Uint8Array): Promise<number> {
    const part = this.bytes.subarray(offset, offset + into.length);
    into.set(part);
    this.bytesServed += part.length;
    return part.length;
  }

  async close(): Promise<void> {}
}
