/**
 * Cycles that look the same: of one class, with as many members of each type, joined by the same fields. The key is a sum of hashes, so the order
 * of members is of no account and no text is made of any cycle:
 *
 *   - one hash for each member: what it is called;
 *   - in cycles of up to EXACT_MEMBERS members one more for each reference between members: what refers, by which field, to what. The field is
 *     its path with the indices of elements left out, or the offset where nothing names it; objects with more than MOST_POINTERS pointer
 *     words are taken to have one field only. Larger cycles are told apart by their members and by how many references join them.
 *
 * Two cycles are equal where two such sums, the numbers of members and of references, and the class are. The graph keeps no offsets, so the file
 * is read again, in windows and in order, for objects of which some listed words lead nowhere: of all others the n-th reference is the n-th
 * listed word.
 */
import type { Components } from '../analysis/results';
import type { HeapGraph } from '../graph/heap-graph';
import { shapeOffsets } from '../graph/contents/read-object';
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { Scratch } from '../lib/scratch';
import { SLICE_MASK } from '../lib/work';
import { HeapWindows } from '../graph/contents/heap-windows';
import type { Naming } from '../naming/naming';

export const EXACT_MEMBERS = 64;
const MOST_POINTERS = 512;

export interface CycleShapes {
  readonly count: number;
  /** cycle → shape; shapes are numbered by their first cycles */
  readonly shapeOf: Uint32Array;
  /** shape → its first cycle */
  readonly first: Uint32Array;
}

export interface ShapedHeap {
  readonly graph: HeapGraph;
  readonly naming: Naming;
  readonly components: Components;
  /** cycle → its class, or whatever else cycles of one shape must share */
  readonly groups: ArrayLike<number>;
  /** A number for all objects that are called the same. */
  kindOf(objectId: number): number;
}

export interface ShapeTools {
  readonly account: MemoryAccount;
  readonly checkpoint: () => Promise<void> | undefined;
}

/** 20 bytes a cycle and some MiB while it runs, 8 bytes a cycle and shape afterwards. */
export async function findCycleShapes(heap: ShapedHeap, { account, checkpoint }: ShapeTools): Promise<CycleShapes> {
  const scratch = new Scratch(account);
  try {
    const keys = new CycleKeys(heap, scratch);
    await keys.addMembers(checkpoint);
    const fields = new FieldCodes(heap.naming);
    await keys.addReferences(fields, scratch, checkpoint);
    return await keys.group(heap.groups, checkpoint);
  } finally {
    scratch.releaseAll();
  }
}

/** cycle → sums of hashes and counts */
class CycleKeys {
  private readonly a: Int32Array;
  private readonly b: Int32Array;
  private readonly references: Uint32Array;

  constructor(
    private readonly heap: ShapedHeap,
    scratch: Scratch,
  ) {
    const { cycleCount } = heap.components;
    this.a = scratch.int32('cycle keys', cycleCount);
    this.b = scratch.int32('cycle keys', cycleCount);
    this.references = scratch.uint32('cycle references', cycleCount);
  }

  async addMembers(checkpoint: ShapeTools['checkpoint']): Promise<void> {
    const { member, cycleOf } = this.heap.components;
    for (let at = 0; at < member.length; at++) {
      const id = member[at];
      this.add(cycleOf[id], this.heap.kindOf(id), NONE, NONE);
      if ((at & SLICE_MASK) === 0) await checkpoint();
    }
  }

  /** Walks the members in the order of the file; windows without members that have to be read are not read. */
  async addReferences(fields: FieldCodes, scratch: Scratch, checkpoint: ShapeTools['checkpoint']): Promise<void> {
    const { graph, components } = this.heap;
    const { cycleOf } = components;
    const windows = await HeapWindows.over(graph, 0, scratch, checkpoint);
    const lists = new OffsetLists(graph);
    for (const [window, { firstId, endId }] of windows.ranges.entries()) {
      for (let id = firstId; id < endId; id++) {
        if (cycleOf[id] === NONE) continue;
        const offsets = this.isSmall(cycleOf[id])
          ? (lists.known(graph.shapeId[id]) ?? (await lists.read(graph.shapeId[id])))
          : [];
        if (hasLooseWords(graph, id, offsets)) await windows.load(window);
        this.addObject(id, offsets, windows, fields);
      }
      await checkpoint();
    }
  }

  /** Numbers the sets of equal keys. */
  async group(groups: ArrayLike<number>, checkpoint: ShapeTools['checkpoint']): Promise<CycleShapes> {
    const { cycleCount, memberStart } = this.heap.components;
    const shapeOf = new Uint32Array(cycleCount);
    const first: number[] = [];
    // key → the last shape that has it; shape → the one before it with the same key
    const lastOf = new Map<number, number>();
    const before: number[] = [];
    // of two with the same `a`
    const equal = (x: number, y: number): boolean =>
      this.b[x] === this.b[y] &&
      groups[x] === groups[y] &&
      this.references[x] === this.references[y] &&
      memberStart[x + 1] - memberStart[x] === memberStart[y + 1] - memberStart[y];
    for (let cycle = 0; cycle < cycleCount; cycle++) {
      if ((cycle & SLICE_MASK) === 0) await checkpoint();
      const last = lastOf.get(this.a[cycle]) ?? NONE;
      let shape = last;
      while (shape !== NONE && !equal(first[shape], cycle)) shape = before[shape];
      if (shape === NONE) {
        shape = first.push(cycle) - 1;
        before.push(last);
        lastOf.set(this.a[cycle], shape);
      }
      shapeOf[cycle] = shape;
    }
    return { count: first.length, shapeOf, first: Uint32Array.from(first) };
  }

  private isSmall(cycle: number): boolean {
    const { memberStart } = this.heap.components;
    return memberStart[cycle + 1] - memberStart[cycle] <= EXACT_MEMBERS;
  }

  private addObject(id: number, offsets: readonly number[], windows: HeapWindows, fields: FieldCodes): void {
    const { graph, components } = this.heap;
    const { referenceStart, referenceTarget } = graph;
    const cycle = components.cycleOf[id];
    const exact = this.isSmall(cycle);
    const position = hasLooseWords(graph, id, offsets) ? windows.position(id) : -1;
    let word = -1;
    for (let at = referenceStart[id]; at < referenceStart[id + 1]; at++) {
      word++;
      if (position >= 0)
        while (word < offsets.length && graph.index.objectAt(windows.word(position + offsets[word])) === NONE) word++;
      const target = referenceTarget[at];
      if (components.cycleOf[target] !== cycle) continue;
      this.references[cycle]++;
      if (!exact) continue;
      const field = word < offsets.length ? fields.codeOf(id, offsets[word]) : NONE;
      this.add(cycle, this.heap.kindOf(id), field, this.heap.kindOf(target));
    }
  }

  private add(cycle: number, from: number, field: number, to: number): void {
    this.a[cycle] += mixed(mixed(mixed(0x2545_f491, from), field), to);
    this.b[cycle] += mixed(mixed(mixed(0x1b87_3593, to), field), from);
  }
}

/** Words of which it has to be seen whether they lead to an object: neither all do, nor are there too many. */
function hasLooseWords(graph: HeapGraph, id: number, offsets: readonly number[]): boolean {
  return offsets.length > graph.referenceStart[id + 1] - graph.referenceStart[id];
}

/** One round of murmur3 (Appleby 2011) and its finish. */
function mixed(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e_2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b87_3593);
  let h = hash ^ k;
  h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe654_6b64;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  return h ^ (h >>> 13);
}

/** shape → offsets of its listed words from where values begin; empty where they are too many */
class OffsetLists {
  private readonly lists: (readonly number[] | undefined)[] = [];

  constructor(private readonly graph: HeapGraph) {}

  known(shapeId: number): readonly number[] | undefined {
    return this.lists[shapeId];
  }

  async read(shapeId: number): Promise<readonly number[]> {
    const { shapes } = this.graph;
    const few = shapes.pointerCount[shapeId] <= MOST_POINTERS;
    const offsets = few ? await shapeOffsets(this.graph, shapeId, MOST_POINTERS) : [];
    const list = offsets.map((offset) => offset - shapes.valueOffset[shapeId]);
    this.lists[shapeId] = list;
    return list;
  }
}

/** Fields by number: equal paths have equal numbers, whatever objects they belong to. */
class FieldCodes {
  private readonly byPath = new Map<string, number>();
  /** belief → offset → code */
  private readonly known: (Map<number, number> | undefined)[] = [];

  constructor(private readonly naming: Naming) {}

  codeOf(objectId: number, offset: number): number {
    const codes = (this.known[this.naming.beliefs.numberOf(objectId)] ??= new Map<number, number>());
    let code = codes.get(offset);
    if (code === undefined) {
      code = this.numberOf(fieldAt(this.naming, objectId, offset));
      codes.set(offset, code);
    }
    return code;
  }

  private numberOf(path: string): number {
    const known = this.byPath.get(path);
    if (known !== undefined) return known;
    this.byPath.set(path, this.byPath.size);
    return this.byPath.size - 1;
  }
}

/** A field as shapes tell it: `.children[…].parent`, `+0x18` where nothing names it. */
export function fieldAt(naming: Naming, objectId: number, offset: number): string {
  const path = naming.fieldPath(objectId, offset);
  return path === null ? `+0x${offset.toString(16)}` : path.replaceAll(/\[\d+\]/g, '[…]');
}
