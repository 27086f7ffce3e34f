/** What a window says of the executable that names come from. */
import type { Program } from '../../program/program';
import type { MatchLevel, ProgramMatch } from './program-match';

export interface ExecutableFacts {
  file: string;
  goVersion: string;
  stripped: boolean;
  /** With debug information (DWARF): variables have names. */
  debug: boolean;
  /** Its types and functions are those of the dump. */
  matches: boolean;
  /** What of it is used. */
  level: MatchLevel;
  /** In words, with the first thing that differs where it does not match. */
  verdict: string;
}

/** `file` is the name to show. */
export function executableFacts(file: string, program: Program, match: ProgramMatch): ExecutableFacts {
  return {
    file,
    goVersion: program.version.text,
    stripped: program.stripped,
    debug: program.debug,
    matches: match.level === 'full' || match.level === 'types',
    level: match.level,
    verdict: match.level === 'none' ? match.verdict : `${match.verdict}${advice(program)}`,
  };
}

/** Debug information moves nothing, so a rebuild with it serves the dump of a stripped program. */
function advice(program: Program): string {
  if (program.debug) return '';
  const has = program.stripped ? 'It is stripped' : 'It has no debug information';
  return ` ${has}: variables have no names. A rebuild of the same commit with the same toolchain and flags, but without -s and -w, serves this dump too.`;
}
