// Executables in real files: which one beside a dump is taken, and what is refused.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executableBeside, inflate, openExecutable } from '../../../workers/hosts/executable-file';

const ELF = Buffer.from('7f454c4602010100', 'hex');
const PE = Buffer.from('4d5a90000300', 'hex');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heapknot-exe-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = (name: string, bytes: Uint8Array | string): Promise<void> => writeFile(join(folder, name), bytes);
const beside = async (dump: string): Promise<string | null> =>
  (await executableBeside(join(folder, dump)))?.name ?? null;

describe('beside a dump', () => {
  test('NAME comes before NAME.bin, and that before NAME.exe', async () => {
    expect(await beside('app.heap')).toBeNull();
    await put('app.exe', PE);
    expect(await beside('app.heap')).toBe('app.exe');
    await put('app.bin', ELF);
    expect(await beside('app.heap')).toBe('app.bin');
    await put('app', ELF);
    expect(await beside('app.heap')).toBe('app');
    expect(await beside('app.dump')).toBe('app');
    expect(await beside('other.heap')).toBeNull();
  });

  test('what does not begin like an executable is passed over: texts, folders, empty files, the dump itself', async () => {
    await put('app', 'text');
    await put('empty', '');
    await mkdir(join(folder, 'dir'));
    await put('core', ELF);
    for (const dump of ['app.heap', 'empty.heap', 'dir.heap', 'core']) expect(await beside(dump)).toBeNull();
  });
});

test('a named one is read whole, under its name without directories', async () => {
  await put('app', ELF);
  expect(await openExecutable(join(folder, 'app'))).toEqual({ name: 'app', bytes: new Uint8Array(ELF) });
  await expect(openExecutable(join(folder, 'gone'))).rejects.toMatchObject({ name: 'CannotRead' });
  await expect(openExecutable(folder)).rejects.toMatchObject({ name: 'CannotRead' });
});

test('a stream that holds more than it says is refused, not unpacked', () => {
  const stream = deflateSync(Buffer.alloc(1000, 7));
  expect(inflate(stream, 1000)).toHaveLength(1000);
  expect(() => inflate(stream, 10)).toThrow();
});
