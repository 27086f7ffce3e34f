/**
 * Does an executable belong to a dump? The segments' lengths, the slide, the names of all frames' functions and the sizes of all recorded types
 * must agree. Right pairs agree in everything and wrong ones in nothing, so the first difference is worth a sentence.
 */
import type { DumpRecords } from '../dump/records';
import { parseGoVersion } from '../program/go-version';
import type { Program } from '../program/program';

/** How much of the executable may be believed. `functions`: names of functions only, the data lies elsewhere. */
export type MatchLevel = 'full' | 'functions' | 'none';

export interface ProgramMatch {
  level: MatchLevel;
  /** Added to the executable's addresses gives the dump's. */
  slide: number;
  /** For a person: that it fits and how that was checked, or the first thing that differs. */
  verdict: string;
}

const PAGE = 4096;

export function matchProgram(records: DumpRecords, program: Program): ProgramMatch {
  const { module } = program;
  if (!records.data || !records.bss || !module)
    return matchFunctions(
      records,
      program,
      records.data ? 'no module data in the executable' : 'the dump ends before its globals',
    );
  const slide = records.data.address - module.data;
  const difference = firstDifference(records, program, slide);
  if (difference === null) return { level: 'full', slide, verdict: fullVerdict(records, slide) };
  return matchFunctions(records, program, difference);
}

function firstDifference(records: DumpRecords, program: Program, slide: number): string | null {
  const { module, version } = program;
  if (!module || !records.data || !records.bss) return null;
  const { architecture } = records.params;
  if (architecture !== '' && program.image.architecture !== 'other' && program.image.architecture !== architecture)
    return `the dump is of ${architecture}, the executable for ${program.image.architecture}`;
  const dumped = parseGoVersion(records.params.version);
  if (
    version.text !== '' &&
    dumped.minor === dumped.minor &&
    dumped.text.split(/[ -]X:/)[0] !== version.text.split(/[ -]X:/)[0]
  ) {
    return `the dump was written by ${dumped.text}, the executable built with ${version.text}`;
  }
  const lengths = [
    { name: 'data', dump: records.data.bytes, file: module.edata - module.data },
    { name: 'bss', dump: records.bss.bytes, file: module.ebss - module.bss },
  ];
  for (const { name, dump, file } of lengths) {
    if (dump !== file) return `the ${name} segment has ${dump} bytes in the dump and ${file} in the executable`;
  }
  if (slide % PAGE !== 0)
    return `the data segment lies 0x${Math.abs(slide).toString(16)} bytes away from its place in the executable, which is no whole page`;
  return functionDifference(records, program, slide) ?? typeDifference(records, program, slide);
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
  for (const record of records.types) {
    const address = record.address - slide;
    // Types made at run time by reflection lie outside the image.
    if (!program.module || address < program.module.types || address >= program.module.etypes) continue;
    const type = program.types?.at(address);
    if (type?.size !== record.size) {
      return `the type at 0x${record.address.toString(16)} has ${record.size} bytes in the dump and ${type ? type.size : 'no place'} in the executable`;
    }
  }
  return null;
}

/** Without matching data the names of functions may still be right: a rebuild with other flags, or a dump cut before its globals. */
function matchFunctions(records: DumpRecords, program: Program, difference: string): ProgramMatch {
  const agree = records.frames.length > 0 && functionDifference(records, program, 0) === null;
  return agree
    ? { level: 'functions', slide: 0, verdict: `Only the names of functions are used: ${difference}.` }
    : { level: 'none', slide: 0, verdict: `This executable did not write the dump: ${difference}.` };
}

function fullVerdict(records: DumpRecords, slide: number): string {
  const moved = slide === 0 ? '' : `, moved by 0x${slide.toString(16)}`;
  return `The executable matches: ${records.frames.length} of ${records.frames.length} frames, ${records.types.length} recorded types, both segments${moved}.`;
}
