/** How an object is held, from the columns to the wire. */
import { HOLDER, HOLDERS, type Reachability } from '../../analysis/results';
import type { Held, Holder } from '../../api/values';

export function holderWord(reachability: Reachability, objectId: number): Holder {
  return HOLDERS[reachability.holder[objectId]];
}

/** The tier of a HOLDER: strong below `stackWord`, weak for it, none above. */
export function heldBy(holder: number): Held {
  if (holder === HOLDER.nothing) return 'none';
  return holder === HOLDER.stackWord ? 'weak' : 'strong';
}

export function heldOf(reachability: Reachability, objectId: number): Held {
  return heldBy(reachability.holder[objectId]);
}
