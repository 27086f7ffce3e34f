/** The findings of the open dump, with what the person has said of them. */
import { useMemo } from 'react';
import { ignoredBy, MAX_PAGE } from '../../../workers/api';
import type { FindingRow, FindingsPage, IgnoreEntry, Severity } from '../../../workers/api';
import { useAnswer } from './dump';
import { useIgnored } from './ignored';
import type { Asking } from './requests';

/** All that a window shows; a dump with more has the rest in the command line. */
const ALL = { offset: 0, limit: MAX_PAGE };

export interface IgnoredFinding {
  finding: FindingRow;
  entry: IgnoreEntry;
}

export interface JudgedFindings {
  answer: Asking<FindingsPage>;
  /** Those that nobody has judged, in the engine's order; empty while they are looked for. */
  open: readonly FindingRow[];
  ignored: readonly IgnoredFinding[];
}

/** Asks for the findings, which makes the engine look for them, and follows the answer. */
export function useFindings(): JudgedFindings {
  const answer = useAnswer('findings', [ALL]);
  const entries = useIgnored((state) => state.entries);
  const rows = answer.value?.rows;
  return useMemo(() => {
    const open: FindingRow[] = [];
    const ignored: IgnoredFinding[] = [];
    for (const finding of rows ?? []) {
      const entry = ignoredBy(entries, finding);
      if (entry === null) open.push(finding);
      else ignored.push({ finding, entry });
    }
    return { answer, open, ignored };
  }, [answer, rows, entries]);
}

/** The worst severity of findings in the engine's order; null where there are none. */
export function worstOf(findings: readonly FindingRow[]): Severity | null {
  return findings.at(0)?.severity ?? null;
}
