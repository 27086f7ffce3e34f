/** Names of functions: those that the dump itself tells, of every function that has a frame on some stack, and those of the executable. */
import type { DumpRecords } from '../../dump/records';
import { formatAddress } from './address';

/** The function that begins at a pc, or null. */
export type FunctionNames = (entryPc: number) => string | null;

/** `inExecutable`: the same by the executable, where there is one. */
export function nameFunctions(records: DumpRecords, inExecutable: FunctionNames | null): FunctionNames {
  const known = new Map(records.frames.map((frame) => [frame.entryPc, frame.function]));
  return (entryPc) => known.get(entryPc) ?? inExecutable?.(entryPc) ?? null;
}

/** The function that begins at a pc; the pc itself, as hex, where nothing tells its name. */
export function functionAt(functions: FunctionNames, entryPc: number): string {
  return functions(entryPc) ?? formatAddress(entryPc);
}
