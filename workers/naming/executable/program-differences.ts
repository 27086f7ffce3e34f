/** The first thing in which an executable and a dump differ, in half a sentence; null where they agree. */
import type { DumpRecords, TypeRecord } from '../../dump/records';
import type { Work } from '../../lib/work';
import type { ModuleData } from '../../program/module-data';
import type { Program } from '../../program/program';
import { fullName } from '../../program/type-names';

/** Segments move by whole pages. */
export const PAGE = 4096;
/** Frames and types that are compared between two yields. */
export const COMPARED_BETWEEN = 1 << 10;

export function buildDifference({ params }: DumpRecords, { image, version }: Program): string | null {
  const { architecture } = params;
  if (architecture !== '' && image.architecture !== 'other' && image.architecture !== architecture)
    return `the dump is of ${architecture}, the executable for ${image.architecture}`;
  const dumped = params.go;
  const differs = withoutExperiments(dumped.text) !== withoutExperiments(version.text);
  return version.text !== '' && dumped.reading !== 'unrecorded' && differs
    ? `the dump was written by ${dumped.text}, the executable built with ${version.text}`
    : null;
}

function withoutExperiments(version: string): string {
  return version.split(/[ -]X:/)[0];
}

export function lengthDifference({ data, bss }: DumpRecords, module: ModuleData): string | null {
  const lengths = [
    { name: 'data', dump: data?.bytes, file: module.edata - module.data },
    { name: 'bss', dump: bss?.bytes, file: module.ebss - module.bss },
  ];
  for (const { name, dump, file } of lengths) {
    if (dump !== file) return `the ${name} segment has ${dump} bytes in the dump and ${file} in the executable`;
  }
  return null;
}

export function slideDifference(slide: number): string | null {
  return slide % PAGE === 0
    ? null
    : `the data segment lies 0x${Math.abs(slide).toString(16)} bytes away from its place in the executable, which is no whole page`;
}

export function* functionDifference(records: DumpRecords, program: Program, slide: number): Work<string | null> {
  for (const [i, frame] of records.frames.entries()) {
    if (i % COMPARED_BETWEEN === 0) yield i;
    const name = program.functions.nameOfEntry(frame.entryPc - slide);
    if (name !== frame.function) {
      return `the function at 0x${frame.entryPc.toString(16)} is ${frame.function} in the dump and ${name ?? 'nothing'} in the executable`;
    }
  }
  return null;
}

export function* typeDifference(records: DumpRecords, program: Program, slide: number): Work<string | null> {
  const { module, types } = program;
  for (const [i, record] of records.types.entries()) {
    if (i % COMPARED_BETWEEN === 0) yield i;
    const address = record.address - slide;
    // Types made at run time by reflection lie outside the image.
    if (!module || address < module.types || address >= module.etypes) continue;
    const type = types?.at(address) ?? null;
    const where = `the type at 0x${record.address.toString(16)}`;
    if (type?.size !== record.size)
      return `${where} has ${record.size} bytes in the dump and ${type ? type.size : 'no place'} in the executable`;
    const name = types ? fullName(types, type) : type.text;
    if (!namesAgree(record, name, type.text))
      return `${where} is ${record.name} in the dump and ${name} in the executable`;
  }
  return null;
}

/** The dump's writer cuts the names of pointer types with methods: of `*net/http.conn` it leaves `net/http.`. */
export function namesAgree({ name }: TypeRecord, full: string, text: string): boolean {
  return name === full || name === text || (name.endsWith('.') && full.startsWith(`*${name}`));
}
