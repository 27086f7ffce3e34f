/** What groups hold, on the wire and as columns of lists. */
import type { GroupHoldings } from '../../api/kind-rows';
import type { AloneAndReaches } from '../../kinds/alone-and-reaches';
import { bytesColumn, type NumberColumn } from '../list/table';

export function groupHoldings(holdings: AloneAndReaches, group: number): GroupHoldings {
  return {
    alone: { objects: holdings.aloneObjects[group], bytes: holdings.aloneBytes[group] },
    reaches: { objects: holdings.reachedObjects[group], bytes: holdings.reachedBytes[group] },
  };
}

/** `groupOf`: item → group. */
export function holdingColumns(
  holdings: AloneAndReaches,
  groupOf: (item: number) => number,
): Record<'alone' | 'reaches', NumberColumn> {
  return {
    alone: bytesColumn((item) => holdings.aloneBytes[groupOf(item)]),
    reaches: bytesColumn((item) => holdings.reachedBytes[groupOf(item)]),
  };
}
