/** What an executable says of types before any object is looked at: debug information, code that allocates, and the types themselves. */
import type { DumpRecords } from '../../dump/records';
import { driveWith } from '../../lib/work';
import { noHints, type CodeHints } from '../../program/code-follower';
import { scanCode } from '../../program/code-scan';
import { Dwarf } from '../../program/dwarf/dwarf';
import { NotAnExecutable } from '../../program/file-view';
import { localTypeNames } from '../../program/local-types';
import type { Program } from '../../program/program';
import { TypeSpace } from '../types/type-space';
import type { MatchedProgram } from './program-match';

type Checkpoint = () => void | Promise<void>;

export interface ProgramTypes {
  types: TypeSpace;
  dwarf: Dwarf | null;
  hints: CodeHints;
  /** What could not be read, in sentences. */
  notes: readonly string[];
}

/** Reads all of it; without an executable, types are those that the dump has records of. `begin` hears of each part. */
export async function readProgramTypes(
  executable: MatchedProgram | null,
  { params, types: recorded }: Pick<DumpRecords, 'params' | 'types'>,
  begin: (part: 'debug information' | 'code' | 'types') => void,
  checkpoint: Checkpoint,
): Promise<ProgramTypes> {
  const program = executable?.program ?? null;
  const notes = [...(program?.image.notes ?? [])];
  begin('debug information');
  const dwarf = program && (await readDwarf(program, notes, checkpoint));
  begin('code');
  const hints = program ? await hintsOf(program, checkpoint) : noHints();
  begin('types');
  const ownNames =
    program?.types && (await driveWith(checkpoint, localTypeNames(program.types, program.functions, hints.loadedAt)));
  const types = new TypeSpace(
    program,
    dwarf,
    executable?.slide ?? 0,
    params.pointerBytes,
    recorded,
    ownNames ?? undefined,
  );
  await driveWith(checkpoint, types.readAll());
  return { types, dwarf, hints, notes };
}

async function hintsOf(
  { image, module, functions, types, version }: Program,
  checkpoint: Checkpoint,
): Promise<CodeHints> {
  return module && types ? driveWith(checkpoint, scanCode({ image, module, functions, types, version })) : noHints();
}

/** Debug information that is damaged is as good as none, but for a word about it. */
async function readDwarf(program: Program, notes: string[], checkpoint: Checkpoint): Promise<Dwarf | null> {
  try {
    return await driveWith(checkpoint, Dwarf.read(program.image));
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof NotAnExecutable)) throw error;
    notes.push(`The executable's debug information cannot be read: ${error.message}. Variables have no names.`);
    return null;
  }
}
