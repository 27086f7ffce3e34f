// Files as sources: what is read, and what a person is told where nothing can be.
import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileSource } from '../../../workers/hosts/file-source';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const isRoot = process.getuid?.() === 0;

let folder: string;
const inFolder = (name: string) => join(folder, name);
const cannotRead = (message: string): unknown => expect.objectContaining({ name: 'CannotRead', message });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heapknot-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string): Promise<string> {
  await writeFile(inFolder(name), BYTES);
  return inFolder(name);
}

describe('reading', () => {
  test('serves what was asked for, and counts it', async () => {
    const source = await openFileSource(await written('whole'));
    expect([source.name, source.size]).toEqual(['whole', 1000]);
    const into = new Uint8Array(16);
    expect(await source.read(100, into)).toBe(16);
    expect(into).toEqual(BYTES.slice(100, 116));
    expect(await source.read(992, into)).toBe(8);
    expect(await source.read(1000, into)).toBe(0);
    expect(await source.read(5000, into)).toBe(0);
    expect(source.bytesServed).toBe(24);
    await source.close();
    await source.close();
  });

  test('a closed source says so', async () => {
    const path = await written('closed');
    const source = await openFileSource(path);
    await source.close();
    await expect(source.read(0, new Uint8Array(1))).rejects.toEqual(cannotRead(`${path} has been closed`));
  });

  test.each<[string, (path: string) => Promise<void>]>([
    ['longer', (path) => appendFile(path, 'more')],
    ['shorter', (path) => truncate(path, 10)],
    ['another of the same size', (path) => utimes(path, 1, 1)],
  ])('a file that became %s is not believed any more', async (name, change) => {
    const path = await written(name);
    const source = await openFileSource(path);
    await change(path);
    const changed = cannotRead(`${path} was changed after it was opened; open it again`);
    await expect(source.read(0, new Uint8Array(1))).rejects.toEqual(changed);
    await source.close();
  });
});

describe('what cannot be opened', () => {
  test('a file that is not there, and a path through a file', async () => {
    const missing = inFolder('missing');
    await expect(openFileSource(missing)).rejects.toEqual(
      cannotRead(`${missing} cannot be read: there is no such file`),
    );
    const through = join(await written('file'), 'inside');
    await expect(openFileSource(through)).rejects.toEqual(
      cannotRead(`${through} cannot be read: a part of the path is not a directory`),
    );
  });

  test('a directory', async () => {
    await expect(openFileSource(folder)).rejects.toEqual(
      cannotRead(`${folder} is a directory; name the dump inside it`),
    );
  });

  test.skipIf(process.platform === 'win32')('what is no file', async () => {
    await expect(openFileSource('/dev/null')).rejects.toEqual(
      cannotRead('/dev/null is no regular file: a dump is read more than once, so a pipe or device will not do'),
    );
  });

  test.skipIf(process.platform === 'win32')('a named pipe, without waiting for a writer', async () => {
    const pipe = inFolder('pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(openFileSource(pipe)).rejects.toMatchObject({ name: 'CannotRead' });
  });

  test.skipIf(isRoot || process.platform === 'win32')('a file of somebody else', async () => {
    const path = await written('secret');
    await chmod(path, 0);
    await expect(openFileSource(path)).rejects.toEqual(
      cannotRead(`${path} cannot be read: you have no permission to read it`),
    );
  });
});
