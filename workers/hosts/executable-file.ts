/** Executables in files of this machine, read whole. */
import { basename, dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { EngineError } from '../api/errors';
import type { ExecutableFile } from '../session/running/host';
import { openFileSource } from './file-source';

/** Far above the largest Go programs; what is larger is something else. */
const LARGEST = 2 ** 30;

/** Reads an executable that somebody named. Rejects with `CannotRead` and a sentence that says why. */
export async function openExecutable(path: string): Promise<ExecutableFile> {
  const source = await openFileSource(path);
  try {
    if (source.size > LARGEST)
      throw new EngineError(
        'CannotRead',
        `${path} has ${source.size} bytes; executables of more than 1 GiB are not read`,
      );
    const bytes = new Uint8Array(source.size);
    const read = await source.read(0, bytes);
    return { name: source.name, bytes: bytes.subarray(0, read) };
  } finally {
    await source.close();
  }
}

/** What a dump is called beyond the name of its program. */
const ENDING = /\.(heap|dump|heapdump)$/i;

/** `app`, `app.bin` or `app.exe` beside `app.heap`, the first that begins like an executable; null where none does. */
export async function executableBeside(dump: string): Promise<ExecutableFile | null> {
  const program = basename(dump).replace(ENDING, '');
  for (const name of [program, `${program}.bin`, `${program}.exe`]) {
    const path = join(dirname(dump), name);
    if (name !== basename(dump) && (await beginsLikeExecutable(path))) return openExecutable(path);
  }
  return null;
}

/** The first bytes of ELF, PE, thin Mach-O of either size, and fat Mach-O. */
const BEGINNINGS = [/^7f454c46/, /^4d5a/, /^c[ef]faedfe/, /^cafebabe/];

async function beginsLikeExecutable(path: string): Promise<boolean> {
  const source = await openFileSource(path).catch(() => null);
  if (source === null) return false;
  try {
    const start = Buffer.alloc(4);
    const read = await source.read(0, start);
    return source.size <= LARGEST && BEGINNINGS.some((beginning) => beginning.test(start.toString('hex', 0, read)));
  } finally {
    await source.close();
  }
}

/** Inflates a zlib stream that says it holds `size` bytes; one that holds more is refused before it fills the memory. */
export function inflate(stream: Uint8Array, size: number): Uint8Array {
  return inflateSync(stream, { maxOutputLength: Math.max(1, Math.min(size, 2 * LARGEST)) });
}
