/** What a session needs from the place it runs in. Nothing else reaches the outside: no clock, file or thread of its own. */
import type { ByteSource } from '../../dump/byte-source';

/** An executable, read whole. */
export interface ExecutableFile {
  /** What a person calls it: no directories. */
  name: string;
  bytes: Uint8Array;
}

export interface SessionHost {
  /** Rejects with `CannotRead` where the file is missing, is no regular file or must not be read. */
  openSource(file: string): Promise<ByteSource>;
  /** The same for an executable that somebody named. */
  openExecutable(file: string): Promise<ExecutableFile>;
  /** A file beside a dump that may be its executable; null where there is none, or where this host must not look. */
  executableBeside(dump: string): Promise<ExecutableFile | null>;
  /** Inflates a zlib stream to `size` bytes; throws where it is none. */
  inflate(stream: Uint8Array, size: number): Uint8Array;
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
