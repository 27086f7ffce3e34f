/** A place in a program's source, as JSON has it. */
import type { SourcePlace } from '../../../workers/api';

export function placeKeys({ function: name, file, line }: SourcePlace) {
  return { function: name, file, line };
}
