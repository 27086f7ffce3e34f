/**
 * The files that the server may open: the dumps named when it was started, the bundled sample, and the executable named with the dumps. A page
 * knows them by name only.
 */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { HostFile } from '../../workers/api';

interface Dump {
  name: string;
  path: string;
  kind: 'sample' | 'named';
}

export class DumpList {
  readonly #dumps: Dump[] = [];
  readonly #executable: string | null;

  /** Paths as the command line gave them; `sample` null where none is installed, `executable` where none was named. */
  constructor(files: string[], sample: string | null, executable: string | null) {
    this.#executable = executable === null ? null : resolve(executable);
    for (const file of files) this.#add(file, 'named');
    if (sample !== null) this.#add(sample, 'sample');
  }

  /** The first name, or null where the list is empty. */
  get first(): string | null {
    return this.#dumps[0]?.name ?? null;
  }

  get names(): string[] {
    return this.#dumps.map((dump) => dump.name);
  }

  /** The path behind a name; null for any text that is not exactly a name of this list. */
  pathOf(name: unknown): string | null {
    return this.#dumps.find((dump) => dump.name === name)?.path ?? null;
  }

  /**
   * The executable for a dump as the engine is asked for it: a path, null for none, undefined to look beside the dump. A page may leave it out
   * (null), say nothing, or give the name of the one that the server was started with; any other name is refused: null instead of an answer.
   */
  executableFor(dump: string, asked: unknown): { path: string | null | undefined } | null {
    if (asked === null) return { path: null };
    if (asked === undefined) {
      const named = this.#dumps.some(({ name, kind }) => name === dump && kind === 'named');
      return { path: named && this.#executable !== null ? this.#executable : undefined };
    }
    const known = this.#executable !== null && basename(this.#executable) === asked;
    return known ? { path: this.#executable } : null;
  }

  /** What a page may know of the dumps. A file that is gone keeps its line, without size and date. */
  async describe(): Promise<HostFile[]> {
    return Promise.all(
      this.#dumps.map(async ({ name, path, kind }) => {
        const facts = await stat(path).catch(() => null);
        return { file: name, name, bytes: facts?.size ?? null, modified: facts?.mtimeMs ?? null, kind };
      }),
    );
  }

  /** Two files of one base name get ` (2)` after the second. The same file twice is one. */
  #add(file: string, kind: Dump['kind']): void {
    const path = resolve(file);
    if (this.#dumps.some((dump) => dump.path === path)) return;
    const base = basename(path);
    let name = base;
    for (let i = 2; this.pathOf(name) !== null; i++) name = `${base} (${i})`;
    this.#dumps.push({ name, path, kind });
  }
}
