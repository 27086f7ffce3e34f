/** runtime.AddCleanup and weak pointers came with Go 1.24; a dump has no record of either. */
import { isFrom, type GoVersion } from './version';

const FIRST_WITH_CLEANUPS = 24;

/** May something be held by a cleanup, of which a dump does not tell? */
export function hasCleanups(version: GoVersion): boolean {
  return isFrom(version, FIRST_WITH_CLEANUPS);
}
