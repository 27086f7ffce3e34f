/**
 * The findings that a person expects or ignores: kept by the browser, known by detector and key, so that they hold from dump to dump. The same
 * entries as in `heapknot.ignore.json`, which can be taken in and written out.
 */
import { create } from 'zustand';
import { readIgnoreFile, writeIgnoreFile } from '../../../workers/api';
import type { FindingRow, IgnoreEntry } from '../../../workers/api';

const KEY = 'heapknot.ignored';

export const useIgnored = create<{ entries: readonly IgnoreEntry[] }>(() => ({ entries: read() }));

/** Notes a judgement; one about the same finding is replaced. */
export function ignoreFinding(entry: IgnoreEntry): void {
  takeIgnored([entry]);
}

/** Forgets the judgement about a finding. */
export function restoreFinding(finding: Pick<FindingRow, 'detector' | 'key'>): void {
  keep(useIgnored.getState().entries.filter((entry) => !sameFinding(entry, finding)));
}

/** Adds entries of a file; those about the same findings win over what was there. */
export function takeIgnored(taken: readonly IgnoreEntry[]): void {
  const { entries } = useIgnored.getState();
  keep([...entries.filter((entry) => !taken.some((one) => sameFinding(one, entry))), ...taken]);
}

type FindingName = Pick<FindingRow, 'detector' | 'key'>;

function sameFinding(a: FindingName, b: FindingName): boolean {
  return a.detector === b.detector && a.key === b.key;
}

function keep(entries: readonly IgnoreEntry[]): void {
  useIgnored.setState({ entries });
  try {
    localStorage.setItem(KEY, writeIgnoreFile(entries));
  } catch {
    // a browser may refuse storage; then judgements last as long as the window
  }
}

function read(): IgnoreEntry[] {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === null ? [] : readIgnoreFile(stored, KEY);
  } catch {
    return [];
  }
}
