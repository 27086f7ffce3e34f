/** An array of which slices use a part. */
import type { HeaderPlace } from './waste';

export interface PartlyUsedArray {
  readonly objectId: number;
  /** Where the used part begins and ends, in bytes from the array's value; 0 and 0 where no header has any element. */
  readonly usedFrom: number;
  readonly usedTo: number;
  /** Where the first of its slices begins: elements before it were taken from the front. */
  readonly start: number;
  /** Where the header that uses most lies. */
  readonly place: HeaderPlace;
}
