/** What the file says of itself. */
import type { DumpFacts, DumpWarning } from '../../api/rows';
import type { DumpRecords } from '../../dump/records';
import type { DumpNames } from '../dump/opened-dump';

/** What is to be said of the names: of the executable that was looked at, and of what could not be named. */
export function namingWarnings({
  naming,
  executable,
  problem,
}: Pick<DumpNames, 'naming' | 'executable' | 'problem'>): DumpWarning[] {
  const failures = naming.failures.map((message) => ({ code: 'names-partial', message, offset: null }));
  const missing = problem === null ? [] : [{ code: 'names-missing', message: problem, offset: null }];
  return [...missing, ...failures, ...(executable?.warning ? [executable.warning] : [])];
}

/** `naming`: what is to be said of the names. */
export function dumpFacts(records: DumpRecords, naming: readonly DumpWarning[]): DumpFacts {
  const { params, state, issue, notes, source } = records;
  return {
    bytes: source.size,
    state,
    truncated: state === 'truncated',
    problem: issue && { ...issue, lost: [...issue.lost] },
    goVersion: params.go.text,
    architecture: params.architecture,
    pointerBytes: params.pointerBytes,
    byteOrder: params.bigEndian ? 'big' : 'little',
    warnings: [...notes.map((note) => ({ ...note })), ...naming],
  };
}
