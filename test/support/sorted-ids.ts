/** The sort of the engine over all ids of a column, as tests ask for it. */
import type { MemoryAccount } from '../../workers/lib/alloc';
import { withScratch } from '../../workers/lib/scratch';
import { sortRange, type SortKey } from '../../workers/lib/sorts';
import { SLICE_MASK, type Work } from '../../workers/lib/work';

/** The ids first … key.length - 1 in the order of their keys. */
export function* sortedIds(
  key: SortKey,
  first: number,
  descending: boolean,
  account: MemoryAccount,
): Work<Uint32Array> {
  return yield* withScratch(account, function* (scratch) {
    const index = scratch.uint32('sorted ids', key.length - first);
    for (let i = 0; i < index.length; i++) {
      index[i] = first + i;
      if ((i & SLICE_MASK) === 0) yield i;
    }
    yield* sortRange(index, 0, index.length, key, descending, account);
    return scratch.keep(index);
  });
}
