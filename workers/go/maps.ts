/** Maps of both layouts: runtime/map.go up to Go 1.23, internal/runtime/maps since. */
import { isFrom, type GoVersion } from './version';

const FIRST_SWISS = 24;

/** Maps made of tables and groups, which could be switched off in the two releases that brought them. */
export function hasSwissMaps(version: GoVersion): boolean {
  return isFrom(version, FIRST_SWISS) && !version.experiments.has('noswissmap');
}
