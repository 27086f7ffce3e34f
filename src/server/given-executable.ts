/**
 * The executable that a page has given: a browser tells no paths, so the file itself comes over the wire. It is kept for as long as the server
 * runs or until another is given, readable by this user alone, in a fresh folder among the temporary ones: never beside the dump.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** More came than an executable may have. */
export class TooLarge extends Error {}

export class GivenExecutable {
  readonly #limit: number;
  #kept: { name: string; path: string } | null = null;
  #closed = false;

  /** `limit`: the bytes that a file may have. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The path behind the name that `take` resolved with; null for anything else. */
  pathOf(name: unknown): string | null {
    return this.#kept !== null && this.#kept.name === name ? this.#kept.path : null;
  }

  /**
   * Keeps what a stream brings, in place of what was given before, and resolves with the name to ask for it by. Rejects with `TooLarge`, or
   * where it cannot be written; what was given before then stays.
   */
  async take(called: string, file: Readable): Promise<string> {
    const name = baseName(called);
    const path = join(await mkdtemp(join(tmpdir(), 'heapknot-')), name);
    try {
      await pipeline(file, atMost(this.#limit), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await removeFolderOf(path);
      throw error;
    }
    if (this.#closed) await removeFolderOf(path);
    else await this.#replace({ name, path });
    return name;
  }

  /** Removes the file; what is given later is not kept. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#replace(null);
  }

  async #replace(kept: { name: string; path: string } | null): Promise<void> {
    const before = this.#kept;
    this.#kept = kept;
    if (before !== null) await removeFolderOf(before.path);
  }
}

/** A file that somebody reads right now stays where the system does not let it go; the system's own sweep of old files gets it. */
async function removeFolderOf(path: string): Promise<void> {
  await rm(dirname(path), { recursive: true, force: true }).catch(() => undefined);
}

/** What a person called the file, fit to be the name of one here: it is shown beside the names that come from it. */
function baseName(called: string): string {
  const name = called.replace(/^.*[/\\]/, '').replace(/[\u0000-\u001f:*?"<>|]/g, '_');
  return /^\.*$/.test(name) ? 'executable' : name.slice(0, 100);
}

/** Passes bytes on as fast as they are taken, and fails with the first one too many. */
function atMost(limit: number): Transform {
  let passed = 0;
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      passed += part.length;
      if (passed > limit) done(new TooLarge(`An executable has at most ${limit} bytes.`));
      else done(null, part);
    },
  });
}
