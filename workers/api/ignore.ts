/**
 * The file that a team commits for findings it knows: `heapknot.ignore.json`. Findings are matched by detector and key, which are made of
 * functions, types and shapes, so that the file holds from dump to dump.
 */
import { EngineError } from './errors';
import type { FindingRow } from './finding-rows';
import { isRecord } from './is-record';

export const IGNORE_FILE = 'heapknot.ignore.json';
const IGNORE_SCHEMA = 'heapknot/ignore/1';

/** `expected`: the program is meant to be like that. `ignored`: nobody will look into it for now. */
export const IGNORE_STATES = ['expected', 'ignored'] as const;
export type IgnoreState = (typeof IGNORE_STATES)[number];

export interface IgnoreEntry {
  detector: string;
  key: string;
  state: IgnoreState;
  /** For whoever reads the file next; never empty. */
  reason: string;
}

/** The entry that a finding is ignored by; null where there is none. */
export function ignoredBy(
  entries: readonly IgnoreEntry[],
  { detector, key }: Pick<FindingRow, 'detector' | 'key'>,
): IgnoreEntry | null {
  return entries.find((entry) => entry.detector === detector && entry.key === key) ?? null;
}

/** The file's text: sorted, one line an entry's part, so that two people's changes merge. */
export function writeIgnoreFile(entries: readonly IgnoreEntry[]): string {
  const ignore = entries
    .map(({ detector, key, state, reason }) => ({ detector, key, state, reason }))
    .sort((a, b) => byText(a.detector, b.detector) || byText(a.key, b.key));
  return `${JSON.stringify({ schema: IGNORE_SCHEMA, ignore }, null, 2)}\n`;
}

/** By code units: the same order on every machine. */
function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Reads the file's text. Throws a `CannotRead` that names the file, the line or entry that is wrong, and what belongs there. */
export function readIgnoreFile(text: string, file: string): IgnoreEntry[] {
  const document = parse(text, file);
  if (!isRecord(document)) throw wrong(file, `it must hold an object with "schema" and "ignore"`);
  if (document['schema'] !== IGNORE_SCHEMA) {
    throw wrong(file, `"schema" must be "${IGNORE_SCHEMA}", not ${shown(document['schema'])}`);
  }
  const list: unknown = document['ignore'];
  if (!Array.isArray(list)) throw wrong(file, `"ignore" must be a list, not ${shown(list)}`);
  const entries: IgnoreEntry[] = [];
  for (const [index, entry] of list.entries()) {
    const read = readEntry(entry, `${file}, entry ${index + 1}`);
    const before = entries.findIndex(({ detector, key }) => detector === read.detector && key === read.key);
    if (before >= 0) throw wrong(`${file}, entry ${index + 1}`, `it repeats entry ${before + 1}; one of them must go`);
    entries.push(read);
  }
  return entries;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const line = position === undefined ? '' : `, line ${text.slice(0, Number(position)).split('\n').length}`;
    throw wrong(`${file}${line}`, `it is no JSON: ${message}`);
  }
}

function readEntry(entry: unknown, where: string): IgnoreEntry {
  if (!isRecord(entry)) throw wrong(where, `it must be an object with "detector", "key", "state" and "reason"`);
  const { state = 'ignored' } = entry;
  const known = IGNORE_STATES.find((one) => one === state);
  if (known === undefined) throw wrong(where, `"state" must be "expected" or "ignored", not ${shown(state)}`);
  return {
    detector: textIn(entry, 'detector', where),
    key: textIn(entry, 'key', where),
    state: known,
    reason: textIn(entry, 'reason', where),
  };
}

function textIn(entry: Record<string, unknown>, name: string, where: string): string {
  const value = entry[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw wrong(where, `"${name}" must be a text that says something, not ${shown(value)}`);
}

/** A value in an error message: short, whatever it is. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function wrong(where: string, what: string): EngineError {
  return new EngineError('CannotRead', `${where}: ${what}`);
}
