/** Which function begins at a code address of the dump: by the executable's table, or by what the dump's own frames say. */
import type { DumpRecords } from '../dump/records';
import type { FunctionTable } from '../program/function-table';

export interface CodeNames {
  /** Addresses outside are no code. */
  readonly lowest: number;
  readonly highest: number;
  /** The function that begins at exactly this address, or null. */
  nameOf(entry: number): string | null;
}

export function programCode(functions: FunctionTable, slide: number): CodeNames {
  return {
    lowest: functions.entry[0] + slide,
    highest: functions.entry[functions.count] + slide,
    nameOf: (entry) => functions.nameOfEntry(entry - slide),
  };
}

/** Functions that have a frame somewhere. Entries of finalizers and deferred calls are code without a name and are left out. */
export function recordedCode(records: DumpRecords): CodeNames {
  const names = new Map(records.frames.map((frame) => [frame.entryPc, frame.function]));
  let lowest = Infinity;
  let highest = 0;
  for (const entry of names.keys()) {
    lowest = Math.min(lowest, entry);
    highest = Math.max(highest, entry + 1);
  }
  return { lowest, highest, nameOf: (entry) => names.get(entry) ?? null };
}
