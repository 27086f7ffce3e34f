/** What the file says of itself. */
import type { DumpFacts, DumpWarning } from '../../api/rows';
import type { DumpRecords } from '../../dump/records';

/** `executable`: what is to be said of the one that was looked at. */
export function dumpFacts(records: DumpRecords, executable: DumpWarning | null): DumpFacts {
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
    warnings: [...notes.map((note) => ({ ...note })), ...(executable ? [executable] : [])],
  };
}
