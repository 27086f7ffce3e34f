/** Names of functions that the dump itself tells: of every function that has a frame on some stack. */
import type { DumpRecords } from '../dump/records';
import { formatAddress } from './address';

/** entry pc → name */
export type FunctionNames = ReadonlyMap<number, string>;

export function indexFunctions(records: DumpRecords): FunctionNames {
  return new Map(records.frames.map((frame) => [frame.entryPc, frame.function]));
}

/** The function that begins at a pc; the pc itself, as hex, where no frame tells its name. */
export function functionAt(functions: FunctionNames, entryPc: number): string {
  return functions.get(entryPc) ?? formatAddress(entryPc);
}
