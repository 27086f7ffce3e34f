/** The dumps opened last, newest first; kept in a file of the user's settings folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_FILES = 10;

export class RecentFiles {
  readonly #store: string;
  #files: string[];

  /** `store`: path of the file to keep them in. One that is missing or unreadable is an empty list. */
  constructor(store: string) {
    this.#store = store;
    this.#files = filesIn(store);
  }

  get files(): readonly string[] {
    return this.#files;
  }

  /** Puts a path first. */
  add(file: string): void {
    this.#save([file, ...this.#files.filter((other) => other !== file)].slice(0, MAX_FILES));
  }

  clear(): void {
    this.#save([]);
  }

  /** The list is a comfort: where it cannot be written it lives as long as the program. */
  #save(files: string[]): void {
    this.#files = files;
    try {
      mkdirSync(dirname(this.#store), { recursive: true });
      writeFileSync(`${this.#store}.new`, JSON.stringify(files));
      renameSync(`${this.#store}.new`, this.#store);
    } catch {
      return;
    }
  }
}

function filesIn(store: string): string[] {
  try {
    const files: unknown = JSON.parse(readFileSync(store, 'utf8'));
    return Array.isArray(files) ? files.filter((file) => typeof file === 'string').slice(0, MAX_FILES) : [];
  } catch {
    return [];
  }
}
