/**
 * Does an executable belong to a dump? The architecture, the version, the names of all frames' functions, the recorded types and the lengths of
 * the segments must agree. Right pairs agree in everything and wrong ones in nothing, so the first difference is worth a sentence. Debug
 * information moves nothing: an unstripped rebuild agrees with the dump of a stripped program like that program itself.
 */
import type { DumpRecords } from '../../dump/records';
import type { Work } from '../../lib/work';
import type { ModuleData } from '../../program/module-data';
import type { Program } from '../../program/program';
import { fullName } from '../../program/type-names';
import {
  buildDifference,
  COMPARED_BETWEEN,
  functionDifference,
  lengthDifference,
  namesAgree,
  PAGE,
  slideDifference,
  typeDifference,
} from './program-differences';

/**
 * How much of the executable may be believed. `types`: functions and types, not what lies in its data as the program began; `functions`: names
 * of functions only.
 */
export type MatchLevel = 'full' | 'types' | 'functions' | 'none';

/** `part`: a dump that was cut short agrees as far as it goes; `unknown`: it was cut before anything that could be compared. */
export type Agreement = 'whole' | 'part' | 'unknown' | 'none';

export interface ProgramMatch {
  level: MatchLevel;
  /** Added to the executable's addresses of code and types gives the dump's. */
  slide: number;
  /** The same for package variables; null where they may lie elsewhere. */
  dataSlide: number | null;
  agreement: Agreement;
  /** For a person: that it fits and how that was checked, or the first thing that differs. */
  verdict: string;
}

/** An executable as naming uses it. */
export interface MatchedProgram extends Pick<ProgramMatch, 'slide' | 'dataSlide'> {
  readonly program: Program;
}

/** Recorded types that are looked for by name. */
const LANDMARKS = 8;

/** Holds an executable against what a dump has: one that was cut short is matched by what was written before. */
export function* matchProgram(records: DumpRecords, program: Program): Work<ProgramMatch> {
  const different = buildDifference(records, program);
  if (different !== null) return yield* partly(records, program, different);
  const { module } = program;
  if (!module) return yield* partly(records, program, 'no module data in the executable');
  if (!records.data || !records.bss) return yield* asFarAsItGoes(records, program);
  const slide = records.data.address - module.data;
  const difference =
    lengthDifference(records, module) ??
    slideDifference(slide) ??
    (yield* functionDifference(records, program, slide)) ??
    (yield* typeDifference(records, program, slide));
  if (difference !== null) return yield* partly(records, program, difference);
  return { level: 'full', slide, dataSlide: slide, agreement: 'whole', verdict: fullVerdict(records, slide) };
}

/** The match of a dump that ends before its globals. */
function* asFarAsItGoes(records: DumpRecords, program: Program): Work<ProgramMatch> {
  const { frames, types } = records;
  if (frames.length + types.length === 0)
    return { level: 'types', slide: 0, dataSlide: null, agreement: 'unknown', verdict: UNCHECKED };
  const match = yield* partly(
    records,
    program,
    `the dump ends before its ${frames.length === 0 ? 'goroutines and ' : ''}globals`,
  );
  return match.level === 'types' ? { ...match, agreement: 'part' } : match;
}

const UNCHECKED =
  'It cannot be checked, for the dump ends before any goroutine or type: it is used because it was named.';

/**
 * What can be used where not all agrees: a rebuild with other flags, or a dump cut before its globals. The code lies where it was written
 * or, position independent, anywhere; types stay where they are beside it, data may not.
 */
function* partly(records: DumpRecords, program: Program, difference: string): Work<ProgramMatch> {
  const told = records.types.length > 0 && buildDifference(records, program) === null;
  const slide = records.frames.length > 0 ? yield* codeSlide(records, program) : yield* typeSlide(records, program);
  if (slide === null) {
    const verdict = `This executable did not write the dump: ${difference}.`;
    return { level: 'none', slide: 0, dataSlide: null, agreement: 'none', verdict };
  }
  if (!program.module || !told || (yield* typeDifference(records, program, slide)) !== null) {
    const verdict = `Only the names of functions are used: ${difference}.`;
    return { level: 'functions', slide, dataSlide: null, agreement: 'none', verdict };
  }
  const dataSlide = slideOfData(records, program.module);
  return { level: 'types', slide, dataSlide, agreement: 'none', verdict: typesVerdict(records, dataSlide, difference) };
}

function typesVerdict({ data, bss, frames, types }: DumpRecords, dataSlide: number | null, difference: string): string {
  const inFrames = frames.length === 0 ? '' : `${frames.length} frames and `;
  const agree = `all ${inFrames}${types.length} recorded types`;
  if (!data || !bss) return `The executable matches in ${agree}; ${difference}.`;
  const used = dataSlide === null ? 'Functions and types are used' : 'Functions, types and variables are used';
  return `Another build of the same code: ${agree} agree, but ${difference}. ${used}.`;
}

/** Where all frames' functions are those of the executable; null where that is nowhere. */
function* codeSlide(records: DumpRecords, program: Program): Work<number | null> {
  const [first] = records.frames;
  const entry = program.functions.entryOfName(first.function);
  for (const slide of entry === null ? [0] : [0, first.entryPc - entry])
    if (slide % PAGE === 0 && (yield* functionDifference(records, program, slide)) === null) return slide;
  return null;
}

/** The same by the recorded types, for a dump without frames: they come before the objects. */
function* typeSlide(records: DumpRecords, program: Program): Work<number | null> {
  for (const slide of yield* possibleSlides(records, program))
    if ((yield* typeDifference(records, program, slide)) === null) return slide;
  return null;
}

/** Where a few of the recorded types have their name and size in the executable; most often at one distance only. */
function* possibleSlides(records: DumpRecords, { types }: Program): Work<Set<number>> {
  const landmarks = records.types.slice(0, LANDMARKS);
  const slides = new Set<number>();
  let read = 0;
  for (const type of types?.scan() ?? []) {
    if (++read % COMPARED_BETWEEN === 0) yield read;
    for (const record of landmarks) {
      const slide = record.address - type.address;
      if (
        slide % PAGE === 0 &&
        record.size === type.size &&
        types &&
        namesAgree(record, fullName(types, type), type.text)
      )
        slides.add(slide);
    }
  }
  return slides;
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
