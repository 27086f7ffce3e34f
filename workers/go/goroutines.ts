/** What goroutines look like in a dump. */
import { isFrom, type GoVersion } from './version';

const FIRST_WITH_REGISTERS = 17;

/** Up to Go 1.16 the arguments of a goroutine's function lie beyond its frames, and are in no dump. */
export function lacksArguments(version: GoVersion): boolean {
  return !isFrom(version, FIRST_WITH_REGISTERS);
}
