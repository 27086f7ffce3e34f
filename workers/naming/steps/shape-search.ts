/**
 * Names for objects that nothing typed refers to: when size and pointer words fit one type of the program only, and the values in it make
 * sense, that type is right more than 99 times in 100. Objects whose pointers say little are left alone: any slice may look like them.
 */
import { BARE_HEADERS } from '../../go/runtime-layout';
import { NONE } from '../../lib/none';
import { firstAtLeast } from '../../lib/search';
import { shallowSize, valueAddress } from '../../graph/heap-graph';
import { KIND } from '../../go/type-kinds';
import { SOURCE } from '../beliefs/assignments';
import type { CandidateSets } from '../beliefs/candidate-sets';
import { fit } from '../types/fit';
import { pointerFree, type GoType } from '../types/go-type';
import type { InterfaceWords } from '../executable/interface-words';
import type { Leaf, Leaves } from '../types/leaves';
import type { ObjectShape } from '../types/object-shapes';
import { repeats } from './repetition';
import { eachObject } from '../../graph/contents/each-object';
import type { Memory } from '../../graph/contents/memory';
import type { Propagation } from './propagation';
import { shapeless } from './refine';
import { slotFor } from '../../go/size-classes';
import type { TypeSpace } from '../types/type-space';

/** Small slots with one pointer fit half of all types. */
const LEAST_TELLING_SLOT = 16;
const CONTRADICTION = -1;
const LARGEST_CLASS = 32768;

export class ShapeSearch {
  /** bytes of the slot → types whose values take such a slot, without and with a malloc header */
  private readonly bySlot = new Map<number, GoType[]>();
  private readonly candidates = new Map<number, readonly GoType[]>();

  constructor(
    private readonly walk: Propagation,
    private readonly shapes: readonly ObjectShape[],
    private readonly types: TypeSpace,
    private readonly leaves: Leaves,
    private readonly interfaces: InterfaceWords,
    private readonly slide: number,
    private readonly allocated: ReadonlySet<number>,
  ) {
    for (const type of types.runtimeTypes()) if (isCandidate(type)) this.index(type);
  }

  /** One sweep over the untyped objects; true where it named something. @param proofs checks that must speak for a type */
  async sweep(proofs: number, checkpoint: () => void | Promise<void>): Promise<boolean> {
    const { graph, windows, assignments } = this.walk;
    let named = 0;
    const visit = (objectId: number, position: number): void => {
      const candidates = this.candidatesFor(graph.shapeId[objectId]);
      const type = this.only(candidates, graph.shapeId[objectId], position, proofs);
      if (!type || BARE_HEADERS.has(type.name)) return;
      this.walk.tell(valueAddress(graph, objectId), type, 1, SOURCE.shape, { objectId: NONE, offset: 0 });
      named++;
    };
    const wanted = (objectId: number): boolean =>
      assignments.typeId[objectId] === 0 && this.candidatesFor(graph.shapeId[objectId]).length > 0;
    await eachObject(windows, checkpoint, visit, wanted);
    return named > 0;
  }

  /** Notes for each object that is still without a type which few types fit it. */
  async noteCandidates(sets: CandidateSets, checkpoint: () => void | Promise<void>): Promise<void> {
    const { graph, windows, assignments } = this.walk;
    const visit = (objectId: number, position: number): void => {
      const sensible = this.candidatesFor(graph.shapeId[objectId]).filter(
        (type) =>
          this.check(type, windows, position) !== CONTRADICTION &&
          this.restIsZero(type, graph.shapeId[objectId], position),
      );
      sets.note(objectId, sensible);
    };
    const wanted = (objectId: number): boolean =>
      assignments.typeId[objectId] === 0 && this.candidatesFor(graph.shapeId[objectId]).length > 1;
    await eachObject(windows, checkpoint, visit, wanted);
  }

  /** Is the program seen to allocate values of a type? */
  isAllocated(type: GoType): boolean {
    return this.allocated.has(type.address - this.slide);
  }

  shapeOf(objectId: number): ObjectShape {
    return this.shapes[this.walk.graph.shapeId[objectId]];
  }

  private index(type: GoType): void {
    const slots = new Set([slotFor(type.size), slotFor(type.size + 8)]);
    for (const slot of slots) {
      const list = this.bySlot.get(slot);
      if (list) list.push(type);
      else this.bySlot.set(slot, [type]);
    }
  }

  /** Types that fit a shape exactly; those that the program is seen to allocate go before all others. */
  private candidatesFor(shapeId: number): readonly GoType[] {
    const known = this.candidates.get(shapeId);
    if (known) return known;
    const shape = this.shapes[shapeId];
    const fitting = tells(shape)
      ? (this.bySlot.get(shape.slotSize) ?? []).filter((type) => {
          const result = fit(type, 1, shape);
          return result.verdict === 'full' && result.exact && result.count === 1;
        })
      : [];
    const allocated = fitting.filter((type) => this.isAllocated(type));
    const chosen = withoutShapeTwins(allocated.length > 0 ? allocated : fitting);
    this.candidates.set(shapeId, chosen);
    return chosen;
  }

  /**
   * The one candidate whose values make sense, if enough checks speak for it. Of a type and a longer one that begins with it, the longer says
   * nothing more where its rest is zero.
   */
  private only(candidates: readonly GoType[], shapeId: number, position: number, proofs: number): GoType | null {
    let found: GoType | null = null;
    for (const type of candidates) {
      const score = this.check(type, this.walk.windows, position);
      if (score === CONTRADICTION || !this.restIsZero(type, shapeId, position)) continue;
      if (score < proofs) return null;
      if (found === null || (proofs > 0 && beginsWith(found, type))) found = type;
      else if (proofs === 0 || !beginsWith(type, found)) return null;
    }
    return found;
  }

  /** The allocator clears a slot that holds pointers to its end, and nobody writes behind the value. */
  private restIsZero(type: GoType, shapeId: number, position: number): boolean {
    const { valueSize, tiled } = this.shapes[shapeId];
    if (tiled && valueSize > LARGEST_CLASS) return true;
    for (let at = type.size; at < valueSize; at++) if (this.walk.windows.u8(position + at) !== 0) return false;
    return true;
  }

  /** Positive checks of a value at a position, or CONTRADICTION. */
  check(type: GoType, memory: Memory, position: number): number {
    let proofs = 0;
    for (const leaf of this.leaves.of(type)) {
      const at = position + leaf.offset;
      const result = this.checkLeaf(leaf, memory, memory.word(at), at);
      if (result === CONTRADICTION) return CONTRADICTION;
      proofs += result;
    }
    return this.boolOffsets(type).every((offset) => memory.u8(position + offset) <= 1) ? proofs : CONTRADICTION;
  }

  private checkLeaf(leaf: Leaf, memory: Memory, word: number, at: number): number {
    const { known } = this.walk;
    const P = known.layout.pointerBytes;
    switch (leaf.kind) {
      case 'string':
        return this.checkRun(word, memory.word(at + P), 1, true);
      case 'slice': {
        const [length, capacity] = [memory.word(at + P), memory.word(at + 2 * P)];
        if (length > capacity) return CONTRADICTION;
        const { size } = leaf.type!;
        return capacity === 0 || size === 0 ? 0 : this.checkRun(word, capacity, size, pointerFree(leaf.type!));
      }
      case 'interface':
        if (word === 0) return memory.word(at + P) === 0 ? 0 : CONTRADICTION;
        return this.interfaces.dynamicType(word) ? 1 : CONTRADICTION;
      case 'pointer':
        return this.checkPointer(word, leaf.type!);
      case 'map':
        return this.checkPointer(word, known.mapHeader(leaf.type!));
      case 'chan':
        return leaf.type!.element ? this.checkPointer(word, known.channel(leaf.type!.element)) : 0;
      case 'func':
        return this.checkFunc(word);
      case 'sized array':
        return 0;
    }
  }

  /** A run of values behind a string or slice. */
  private checkRun(address: number, count: number, size: number, free: boolean): number {
    if (address === 0) return count === 0 ? 0 : CONTRADICTION;
    const { graph } = this.walk;
    const target = graph.index.objectAt(address);
    if (target === NONE) return count < 2 ** 32 ? 0 : CONTRADICTION;
    const room = graph.slotAddress[target] + shallowSize(graph, target) - address;
    if (count * size > room || this.runIsFree(target, address, count * size) !== free) return CONTRADICTION;
    return count > 0 ? 1 : 0;
  }

  /** Does the dump list no pointer in a run? It may be an array inside a struct that has pointers elsewhere, as of the very object that refers to it. */
  private runIsFree(target: number, address: number, bytes: number): boolean {
    const { pointers, offsets } = this.shapes[this.walk.graph.shapeId[target]];
    if (pointers === 0 || !offsets) return pointers === 0;
    const start = address - valueAddress(this.walk.graph, target);
    const next = offsets[firstAtLeast(offsets, start)] ?? Infinity;
    return next >= start + Math.max(bytes, 1);
  }

  private checkPointer(address: number, type: GoType): number {
    if (address === 0) return 0;
    const { graph, assignments } = this.walk;
    const target = graph.index.objectAt(address);
    if (target === NONE) return 0;
    if (address !== valueAddress(graph, target)) {
      return type.size <= graph.slotAddress[target] + shallowSize(graph, target) - address ? 0 : CONTRADICTION;
    }
    const known = assignments.typeId[target];
    if (known !== 0 && assignments.isFull(target)) return this.agrees(known, type) ? 1 : CONTRADICTION;
    return fit(type, 1, this.shapes[graph.shapeId[target]]).verdict === 'reject' ? CONTRADICTION : 0;
  }

  /** Is a typed object such a value, or does it begin with one? */
  private agrees(typeId: number, type: GoType): boolean {
    let known = this.types.byId(typeId);
    for (let depth = 0; known && depth < 8; depth++) {
      if (known === type || known.name === type.name || known.kind !== KIND.struct)
        return known === type || known.name === type.name;
      known = known.fields.find((field) => field.offset === 0 && field.type.size > 0)?.type ?? null;
    }
    return false;
  }

  private checkFunc(address: number): number {
    if (address === 0) return 0;
    const { graph } = this.walk;
    const target = graph.index.objectAt(address);
    // Functions without captures are static: not in the heap.
    if (target === NONE) return 0;
    return this.walk.isCode(target) ? 1 : CONTRADICTION;
  }

  private readonly bools = new Map<number, readonly number[]>();

  private boolOffsets(type: GoType): readonly number[] {
    const known = this.bools.get(type.id);
    if (known) return known;
    const offsets: number[] = [];
    collectBools(type, 0, offsets, 0);
    this.bools.set(type.id, offsets);
    return offsets;
  }
}

/** Generic code allocates `entry[go.shape.string]` for `entry[string]`: one type to a person, and the plain name says more. */
function withoutShapeTwins(types: readonly GoType[]): readonly GoType[] {
  const byName = new Map<string, GoType>();
  for (const type of types) {
    const name = shapeless(type.name);
    if (!byName.has(name) || type.name === name) byName.set(name, type);
  }
  return [...byName.values()];
}

/** Is a type, or its first field in turn, the shorter type? */
function beginsWith(type: GoType, shorter: GoType): boolean {
  let inner: GoType | null = type;
  for (let depth = 0; inner && depth < 8; depth++) {
    if (inner === shorter) return true;
    inner = inner.fields.find((field) => field.offset === 0 && field.type.size > 0)?.type ?? null;
  }
  return false;
}

/** Headers of maps and channels are left to those who find them by their structure, with what they hold. */

function isCandidate(type: GoType): boolean {
  const { kind } = type;
  return type.size > 0 && !pointerFree(type) && kind !== KIND.array && kind !== KIND.pointer && kind !== KIND.func;
}

/** Does the pattern of pointers say anything? Not where a shorter pattern repeats, nor for one pointer in a small slot. */
function tells(shape: ObjectShape): boolean {
  const { offsets } = shape;
  if (!offsets || offsets.length === 0) return false;
  if (offsets.length === 1 && shape.slotSize <= LEAST_TELLING_SLOT) return false;
  return shape.tiled || !repeats(offsets, shape.valueSize);
}

function collectBools(type: GoType, at: number, offsets: number[], depth: number): void {
  if (type.kind === KIND.bool) offsets.push(at);
  else if (type.kind === KIND.struct && depth < 16) {
    for (const field of type.fields) collectBools(field.type, at + field.offset, offsets, depth + 1);
  }
}
