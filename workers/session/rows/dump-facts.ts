/** What the file says of itself. */
import type { DumpFacts, DumpWarning } from '../../api/rows';
import type { DumpParams, DumpRecords } from '../../dump/records';

/** `executable`: what is to be said of the one that was looked at. */
export function dumpFacts(records: DumpRecords, executable: DumpWarning | null): DumpFacts {
  const { params, state, issue, notes, source } = records;
  return {
    bytes: source.size,
    state,
    truncated: state === 'truncated',
    problem: issue && { ...issue, lost: [...issue.lost] },
    goVersion: goVersion(params),
    architecture: params.architecture,
    pointerBytes: params.pointerBytes,
    byteOrder: params.bigEndian ? 'big' : 'little',
    warnings: [...notes.map((note) => ({ ...note })), ...(executable ? [executable] : [])],
  };
}

/** Go writes its version from 1.17 on; before, only the header limits it. */
function goVersion({ version, header }: DumpParams): string {
  if (/\bgo\d/.test(version)) return version;
  return header < 7 ? `go1.${header}` : 'go1.7 to go1.16';
}
