/**
 * The three tiers of what counts as held: strong, weak, none. A reference counts only inside a tier: what a strong object refers to is strong
 * itself, so the references that cross lead from a lower tier into a higher one, and a stale word never makes a live object look shared.
 */
import type { ObjectGraph } from './object-graph';
import type { Components, Reachability } from './results';

/** HOLDER → tier: 0 strong, 1 weak, 2 none */
export const TIER_OF_HOLDER = Uint8Array.of(0, 0, 0, 0, 1, 2);

/** The objects that the pseudo-root leads to, tier by tier: targets of strong roots, of the weak ones that count, and garbage sources. */
export function entryTiers(
  graph: ObjectGraph,
  reachability: Reachability,
  components: Components,
): [strong: Uint32Array, weak: Uint32Array, garbage: Uint32Array] {
  const { target, strongCount } = graph.roots;
  const { effectiveRoots } = reachability;
  return [
    target.subarray(0, strongCount),
    effectiveRoots.subarray(strongCount).map((root) => target[root]),
    components.garbageEntry,
  ];
}
