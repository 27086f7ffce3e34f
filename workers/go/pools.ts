/**
 * sync.Pool (sync/pool.go, poolqueue.go; the same from Go 1.13 to 1.27 but for padding on 32 bits): {local, localSize, victim, victimSize, New}.
 * local and victim point at arrays of one poolLocal for each processor, {private any, shared {head, tail}} and padding; `shared` is a chain of
 * rings {headTail u64, vals []eface, next, prev}, from head to tail by prev.
 */

export interface PoolLayout {
  readonly pool: {
    readonly bytes: number;
    readonly local: number;
    readonly localSize: number;
    readonly victim: number;
    readonly victimSize: number;
    readonly create: number;
  };
  readonly local: {
    /** Padded so that two never share a cache line. */
    readonly bytes: number;
    readonly privateType: number;
    readonly privateData: number;
    readonly head: number;
    readonly tail: number;
    /** What lies from here on is padding. */
    readonly padding: number;
  };
  readonly ring: {
    readonly values: number;
    readonly length: number;
    readonly capacity: number;
    /** Where `next` may lie; `prev` follows it and ends the ring. On 32 bits, padding stands before it where headTail is an atomic.Uint64. */
    readonly nextAt: readonly number[];
    readonly smallest: number;
    readonly largest: number;
  };
  /** A slot of a ring: an interface value, both words of it pointers to the collector. */
  readonly slot: { readonly bytes: number; readonly type: number; readonly data: number };
}

export const POOL_LOCAL = 'sync.poolLocal';

/** Rings double, so a chain of them is short. */
export const MOST_RINGS = 64;
/** initSize and dequeueLimit of the package. */
const SMALLEST_RING = 8;
const LARGEST_RING = 2 ** 30;
const LOCAL_BYTES = 128;

export function poolLayout(P: 4 | 8): PoolLayout {
  return {
    pool: { bytes: 5 * P, local: 0, localSize: P, victim: 2 * P, victimSize: 3 * P, create: 4 * P },
    local: { bytes: LOCAL_BYTES, privateType: 0, privateData: P, head: 2 * P, tail: 3 * P, padding: 4 * P },
    ring: {
      values: 8,
      length: 8 + P,
      capacity: 8 + 2 * P,
      nextAt: P === 8 ? [32] : [20, 24],
      smallest: SMALLEST_RING,
      largest: LARGEST_RING,
    },
    slot: { bytes: 2 * P, type: 0, data: P },
  };
}
