/**
 * Does an executable belong to a dump? The architecture, the version, the names of all frames' functions, the recorded types and the lengths of
 * the segments must agree. Right pairs agree in everything and wrong ones in nothing, so the first difference is worth a sentence. Debug
 * information moves nothing: an unstripped rebuild agrees with the dump of a stripped program like that program itself.
 */
import type { DumpRecords, TypeRecord } from '../../dump/records';
import type { ModuleData } from '../../program/module-data';
import type { Program } from '../../program/program';
import { fullName } from '../../program/type-names';

/**
 * How much of the executable may be believed. `types`: functions and types, not what lies in its data as the program began; `functions`: names
 * of functions only.
 */
export type MatchLevel = 'full' | 'types' | 'functions' | 'none';

export interface ProgramMatch {
  level: MatchLevel;
  /** Added to the executable's addresses of code and types gives the dump's. */
  slide: number;
  /** The same for package variables; null where they may lie elsewhere. */
  dataSlide: number | null;
  /** For a person: that it fits and how that was checked, or the first thing that differs. */
  verdict: string;
}

/** An executable as naming uses it. */
export interface MatchedProgram extends Pick<ProgramMatch, 'slide' | 'dataSlide'> {
  readonly program: Program;
}

const PAGE = 4096;

export function matchProgram(records: DumpRecords, program: Program): ProgramMatch {
  const different = buildDifference(records, program);
  if (different !== null) return partly(records, program, different);
  const { module } = program;
  if (!module) return partly(records, program, 'no module data in the executable');
  if (!records.data || !records.bss) return partly(records, program, 'the dump ends before its globals');
  const slide = records.data.address - module.data;
  const difference =
    lengthDifference(records, module) ??
    slideDifference(slide) ??
    functionDifference(records, program, slide) ??
    typeDifference(records, program, slide);
  if (difference !== null) return partly(records, program, difference);
  return { level: 'full', slide, dataSlide: slide, verdict: fullVerdict(records, slide) };
}

function buildDifference({ params }: DumpRecords, { image, version }: Program): string | null {
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

function lengthDifference({ data, bss }: DumpRecords, module: ModuleData): string | null {
  const lengths = [
    { name: 'data', dump: data?.bytes, file: module.edata - module.data },
    { name: 'bss', dump: bss?.bytes, file: module.ebss - module.bss },
  ];
  for (const { name, dump, file } of lengths) {
    if (dump !== file) return `the ${name} segment has ${dump} bytes in the dump and ${file} in the executable`;
  }
  return null;
}

function slideDifference(slide: number): string | null {
  return slide % PAGE === 0
    ? null
    : `the data segment lies 0x${Math.abs(slide).toString(16)} bytes away from its place in the executable, which is no whole page`;
}

function functionDifference(records: DumpRecords, program: Program, slide: number): string | null {
  for (const frame of records.frames) {
    const name = program.functions.nameOfEntry(frame.entryPc - slide);
    if (name !== frame.function) {
      return `the function at 0x${frame.entryPc.toString(16)} is ${frame.function} in the dump and ${name ?? 'nothing'} in the executable`;
    }
  }
  return null;
}

function typeDifference(records: DumpRecords, program: Program, slide: number): string | null {
  const { module, types } = program;
  for (const record of records.types) {
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
function namesAgree({ name }: TypeRecord, full: string, text: string): boolean {
  return name === full || name === text || (name.endsWith('.') && full.startsWith(`*${name}`));
}

/**
 * What can be used where not all agrees: a rebuild with other flags, or a dump cut before its globals. The code lies where it was written or,
 * position independent, anywhere; types stay where they are beside it, data may not.
 */
function partly(records: DumpRecords, program: Program, difference: string): ProgramMatch {
  const slide = codeSlide(records, program);
  if (slide === null) {
    const verdict = `This executable did not write the dump: ${difference}.`;
    return { level: 'none', slide: 0, dataSlide: null, verdict };
  }
  const told = records.types.length > 0 && buildDifference(records, program) === null;
  if (!program.module || !told || typeDifference(records, program, slide) !== null) {
    const verdict = `Only the names of functions are used: ${difference}.`;
    return { level: 'functions', slide, dataSlide: null, verdict };
  }
  const dataSlide = slideOfData(records, program.module);
  return { level: 'types', slide, dataSlide, verdict: typesVerdict(records, dataSlide, difference) };
}

function typesVerdict({ data, bss, frames, types }: DumpRecords, dataSlide: number | null, difference: string): string {
  const agree = `all ${frames.length} frames and ${types.length} recorded types`;
  if (!data || !bss) return `The executable matches in ${agree}; ${difference}.`;
  const used = dataSlide === null ? 'Functions and types are used' : 'Functions, types and variables are used';
  return `Another build of the same code: ${agree} agree, but ${difference}. ${used}.`;
}

/** Where all frames' functions are those of the executable; null where that is nowhere. */
function codeSlide(records: DumpRecords, program: Program): number | null {
  const first = records.frames.at(0);
  if (!first) return null;
  const { functions } = program;
  const entry = functions.entryOfName(first.function);
  const slides = entry === null ? [0] : [0, first.entryPc - entry];
  return slides.find((slide) => slide % PAGE === 0 && functionDifference(records, program, slide) === null) ?? null;
}

/** The linker lays data out by what is in it: equal lengths at equal distances are the same variables at the same places. */
function slideOfData(records: DumpRecords, module: ModuleData): number | null {
  const { data, bss } = records;
  if (!data || !bss || lengthDifference(records, module) !== null) return null;
  const slide = data.address - module.data;
  return slide % PAGE === 0 && bss.address - module.bss === slide ? slide : null;
}

function fullVerdict(records: DumpRecords, slide: number): string {
  const moved = slide === 0 ? '' : `, moved by 0x${slide.toString(16)}`;
  return `The executable matches: ${records.frames.length} of ${records.frames.length} frames, ${records.types.length} recorded types, both segments${moved}.`;
}
