/** How an object is held, from the columns to the wire. */
import { HOLDER, type Reachability } from '../../analysis/results';
import type { Holder } from '../../api/holders';
import type { Held } from '../../api/values';
import { KEEPERS, type Keepers } from '../../cycles/keepers';

/** KEEPER → its name on the wire */
const NAMES: readonly Holder[] = KEEPERS;

export function holderOf(keeper: number): Holder {
  return NAMES[keeper];
}

export function holderOfObject({ ofObject }: Keepers, objectId: number): Holder {
  return NAMES[ofObject[objectId]];
}

/** The tier of a HOLDER: strong below `stackWord`, weak for it, none above. */
export function heldBy(holder: number): Held {
  if (holder === HOLDER.nothing) return 'none';
  return holder === HOLDER.stackWord ? 'weak' : 'strong';
}

export function heldOf(reachability: Reachability, objectId: number): Held {
  return heldBy(reachability.holder[objectId]);
}
