/** A dump in a file of this machine, read through one descriptor. */
import { open, type FileHandle } from 'node:fs/promises';
import { constants, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { EngineError } from '../api/errors';
import type { ByteSource } from '../dump/byte-source';

/** Opening a named pipe waits for a writer, for ever if need be; not so with O_NONBLOCK, which Windows does not have and files do not mind. */
const READ_AT_ONCE = constants.O_RDONLY | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);

/** Opens a file for reading. Rejects with `CannotRead` and a sentence that says why. */
export async function openFileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, READ_AT_ONCE).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new EngineError('CannotRead', `${path} is a directory; name the dump inside it`);
    if (!stats.isFile())
      throw new EngineError(
        'CannotRead',
        `${path} is no regular file: a dump is read more than once, so a pipe or device will not do`,
      );
    return new FileSource(path, handle, stats);
  } catch (error) {
    await handle.close();
    throw cannotRead(path, error);
  }
}

class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  bytesServed = 0;
  private closed = false;

  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly opened: Stats,
  ) {
    this.name = basename(path);
    this.size = opened.size;
  }

  async read(offset: number, into: Uint8Array): Promise<number> {
    if (this.closed) throw new EngineError('CannotRead', `${this.path} has been closed`);
    const wanted = Math.max(0, Math.min(into.length, this.size - offset));
    try {
      const read = await this.fill(offset, into.subarray(0, wanted));
      await this.refuseIfChanged();
      this.bytesServed += read;
      return read;
    } catch (error) {
      throw cannotRead(this.path, error);
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.handle.close();
  }

  /** The system may give less than was asked for, at most 2 GiB on Linux: asks until there is no more. */
  private async fill(offset: number, into: Uint8Array): Promise<number> {
    let done = 0;
    while (done < into.length) {
      const { bytesRead } = await this.handle.read(into, done, into.length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return done;
  }

  /** Asked after the bytes were read, so that what it says holds for them. */
  private async refuseIfChanged(): Promise<void> {
    const { size, mtimeMs } = await this.handle.stat();
    if (size === this.opened.size && mtimeMs === this.opened.mtimeMs) return;
    throw new EngineError('CannotRead', `${this.path} was changed after it was opened; open it again`);
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is not a directory',
  EACCES: 'you have no permission to read it',
  EPERM: 'you have no permission to read it',
  EISDIR: 'it is a directory; name the dump inside it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  EIO: 'the disk reported an error',
};

function cannotRead(path: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return new EngineError('CannotRead', `${path} cannot be read: ${reason}`);
}
