/** The executable of a dump: read, held against the dump, and told about in words. */
import { EngineError } from '../../api/errors';
import type { DumpWarning, ExecutableFacts } from '../../api/rows';
import type { DumpRecords } from '../../dump/records';
import type { Work } from '../../lib/work';
import { executableFacts } from '../../naming/executable/executable-facts';
import { matchProgram, type MatchedProgram, type ProgramMatch } from '../../naming/executable/program-match';
import type { Naming } from '../../naming/naming';
import { isMisreading } from '../../naming/steps/steps';
import { NotAnExecutable } from '../../program/file-view';
import type { Architecture } from '../../program/image';
import { loadProgram, type Program } from '../../program/program';
import type { ExecutableFile, SessionHost } from '../running/host';

/** What an executable tells, as far as it may be believed. */
export interface MatchedExecutable {
  /** Null where its types are not those of the dump. */
  readonly full: MatchedProgram | null;
  /** entry pc → function; null where not even the functions are those of the dump */
  readonly functionAt: ((entryPc: number) => string | null) | null;
  readonly facts: ExecutableFacts;
  /** Why it is not believed, where it is not. */
  readonly warning: DumpWarning | null;
}

/** A file to take names from, and whether somebody asked for it by name. */
export interface FoundExecutable {
  readonly file: ExecutableFile;
  readonly named: boolean;
  /** Where it turns out to be of no use, the names are to stay as they are. */
  readonly needed?: boolean;
}

/** The executable of an OpenRequest: the one it names, none where it is null, else what lies beside the dump. */
export async function findExecutable(
  host: Pick<SessionHost, 'openExecutable' | 'executableBeside'>,
  dump: string,
  executable: string | null | undefined,
): Promise<FoundExecutable | null> {
  if (executable === null) return null;
  if (executable !== undefined) return { file: await host.openExecutable(executable), named: true };
  const file = await host.executableBeside(dump);
  return file && { file, named: false };
}

/** Rejects with `CannotRead` and the reason where an executable was needed and is of no use. */
export function refuseUnused(found: FoundExecutable | null, executable: MatchedExecutable | null): void {
  if (found?.needed && executable?.facts.level === 'none')
    throw new EngineError('CannotRead', executable.facts.verdict);
}

/** Holds an executable against a dump. Null for a file that nobody named and that is no executable after all. */
export function* matchExecutable(
  records: DumpRecords,
  { file, named }: FoundExecutable,
  inflate: SessionHost['inflate'],
): Work<MatchedExecutable | null> {
  try {
    const { go, architecture } = records.params;
    const program = yield* loadProgram(file.bytes, { inflate, architecture: sliceFor(architecture), go });
    const match = yield* matchProgram(records, program);
    return believed(program, named ? match : withoutBelief(match), file.name);
  } catch (error) {
    // whatever a broken file does to its reader, the dump opens without it
    if (error instanceof EngineError) throw error;
    if (!named && error instanceof NotAnExecutable) return null;
    return unreadable(file.name, error);
  }
}

/** What merely lies beside the dump is not used where nothing can be compared. */
function withoutBelief(match: ProgramMatch): ProgramMatch {
  if (match.agreement !== 'unknown') return match;
  const verdict =
    'It cannot be checked, for the dump ends before any goroutine or type. Name it to use it all the same.';
  return { ...match, level: 'none', verdict };
}

const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64', '386', 'arm'];

/** The slice of a fat file that wrote the dump; null where no fat file has one. */
function sliceFor(architecture: string): Architecture | null {
  return ARCHITECTURES.find((known) => known === architecture) ?? null;
}

function believed(program: Program, match: ProgramMatch, file: string): MatchedExecutable {
  const { level, slide, dataSlide, agreement } = match;
  const facts = executableFacts(file, program, match);
  return {
    full: facts.matches ? { program, slide, dataSlide } : null,
    functionAt: level === 'none' ? null : (entryPc) => program.functions.nameOfEntry(entryPc - slide),
    facts,
    warning: agreement === 'whole' || agreement === 'part' ? null : warningOf(`${file}: ${facts.verdict}`),
  };
}

/** Names the objects, with an executable or null without. `strict`: rejects where a step of naming fails. */
export type NameBy = (full: MatchedExecutable['full'], strict: boolean) => Promise<Naming>;

/**
 * Names with an executable; where that turns out to be broken in a place that was not looked at before, without it, and says so. What fails
 * without it too is not its fault: then it names what can be named. `release` gets names that are not used after all.
 */
export async function namedBy(
  executable: MatchedExecutable | null,
  name: NameBy,
  release: (naming: Naming) => void,
): Promise<{ naming: Naming; executable: MatchedExecutable | null }> {
  if (!executable?.full) return { naming: await name(null, false), executable };
  try {
    return { naming: await name(executable.full, true), executable };
  } catch (error) {
    // reads past the end of what the file holds, by way of a wrong offset in it
    if (!isMisreading(error) && !(error instanceof NotAnExecutable)) throw error;
    const alone = await name(null, false);
    if (alone.failures.length === 0) return { naming: alone, executable: unreadable(executable.facts.file, error) };
    release(alone);
    return { naming: await name(executable.full, false), executable };
  }
}

function unreadable(file: string, error: unknown): MatchedExecutable {
  const reason = error instanceof Error ? error.message : String(error);
  const verdict = `No names can be taken from it: ${reason}.`;
  const facts: ExecutableFacts = {
    file,
    goVersion: '',
    stripped: false,
    debug: false,
    matches: false,
    level: 'none',
    verdict,
  };
  return { full: null, functionAt: null, facts, warning: warningOf(`${file}: ${verdict}`) };
}

function warningOf(message: string): DumpWarning {
  return { code: 'executable-mismatch', message, offset: null };
}
