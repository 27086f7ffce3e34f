/**
 * What groups of objects (types, shapes) retain, each object counted once a group: the union of what their members retain. In the dominator
 * tree that is the sum over topmost members, those with no member of the group above them. One walk down the tree with a depth counter for
 * each group serves all groups together. 4 bytes an object while it runs.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { Components, DominatorTree } from './results';

/** group → objects and shallow bytes that its members retain */
export interface SetRetained {
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
}

/** `groupOf`: objectId → group, NONE for objects in no group; groups are 0 … groupCount - 1. */
export function findSetRetained(
  tree: DominatorTree,
  components: Components,
  groupOf: Uint32Array,
  groupCount: number,
  account: MemoryAccount,
): Work<SetRetained> {
  return withScratch(account, function* (scratch) {
    const groups = new OpenGroups(tree, components, groupOf, groupCount);
    yield* walkDown(tree, groups, scratch);
    return { objects: groups.objects, bytes: groups.bytes };
  });
}

function* walkDown(tree: DominatorTree, groups: OpenGroups, scratch: Scratch): Work<void> {
  const { immediateDominator, dominatedStart, dominatedObject } = tree;
  // depth → place in dominatedObject of the object on the way down
  const place = scratch.uint32('places on the way down', dominatedObject.length);
  let depth = 0;
  let at = 0;
  let end = dominatedStart[1];
  let steps = 0;
  for (;;) {
    if (at < end) {
      const v = dominatedObject[at];
      groups.enter(v);
      place[depth++] = at;
      at = dominatedStart[v];
      end = dominatedStart[v + 1];
      if ((++steps & SLICE_MASK) === 0) yield steps;
    } else if (depth > 0) {
      at = place[--depth];
      const v = dominatedObject[at];
      groups.leave(v);
      at++;
      end = dominatedStart[immediateDominator[v] + 1];
    } else return;
  }
}

/** Counters of the groups that the walk is inside of, and the sums. */
class OpenGroups implements SetRetained {
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
  private readonly depth: Uint32Array;
  /** Entries of unreachable rings: each member of the ring retains what its entry does, so the entry stands for all of them. */
  private readonly ringEntries = new Set<number>();

  constructor(
    private readonly tree: DominatorTree,
    private readonly components: Components,
    private readonly groupOf: Uint32Array,
    groupCount: number,
  ) {
    this.objects = new Float64Array(groupCount);
    this.bytes = new Float64Array(groupCount);
    this.depth = new Uint32Array(groupCount);
    for (const entry of components.garbageEntry) {
      if (components.cycleOf[entry] !== NONE) this.ringEntries.add(entry);
    }
  }

  enter(v: number): void {
    if (!this.ringEntries.has(v)) this.open(this.groupOf[v], v);
    else for (const member of this.ringOf(v)) this.open(this.groupOf[member], v);
  }

  leave(v: number): void {
    if (!this.ringEntries.has(v)) this.close(this.groupOf[v]);
    else for (const member of this.ringOf(v)) this.close(this.groupOf[member]);
  }

  private open(group: number, v: number): void {
    if (group === NONE || this.depth[group]++ > 0) return;
    this.objects[group] += this.tree.retainedObjects[v];
    this.bytes[group] += this.tree.retainedSize[v];
  }

  private close(group: number): void {
    if (group !== NONE) this.depth[group]--;
  }

  private ringOf(entry: number): Uint32Array {
    const { cycleOf, memberStart, member } = this.components;
    const cycle = cycleOf[entry];
    return member.subarray(memberStart[cycle], memberStart[cycle + 1]);
  }
}
