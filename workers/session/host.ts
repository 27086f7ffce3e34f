/** What a session needs from the place it runs in. Nothing else reaches the outside: no clock, file or thread of its own. */
import type { ByteSource } from '../dump/byte-source';

export interface SessionHost {
  /** Rejects with `CannotRead` where the file is missing, is no regular file or must not be read. */
  openSource(file: string): Promise<ByteSource>;
  /** Lets waiting messages in, then resolves. Called between slices of long work. */
  pause(): Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  readonly limits: {
    /** Bytes that one array may have here. */
    readonly maxArrayBytes: number;
    /** Bytes that all big arrays together may have here. */
    readonly maxTotalBytes: number;
  };
}
