/**
 * Typed objects tell what they point at, those tell further, to a fixed point. Work is ordered by windows of the file, so that a dump larger
 * than memory is read in sweeps and not at random; inside a window everything that can be done is done before the next is loaded.
 */
import { NONE } from '../../lib/none';
import type { Scratch } from '../../lib/scratch';
import { valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { KIND } from '../../go/type-kinds';
import { SOURCE, type Assignments } from '../beliefs/assignments';
import type { Closures } from './closures';
import { isShape } from '../types/bare';
import { pointerFree, type GoType } from '../types/go-type';
import type { HeapWindows } from '../../graph/contents/heap-windows';
import type { InterfaceWords } from '../executable/interface-words';
import type { KnownTypes } from '../types/known-types';
import type { Leaf, Leaves } from '../types/leaves';
import { walkMapHeader, walkMapTable } from './maps';
import type { Memory } from '../../graph/contents/memory';
import type { ObjectShape } from '../types/object-shapes';
import { isRefinable, refine } from './refine';
import type { Wrappers } from './wrappers';
import type { Teller, Telling } from './telling';
import type { Instances } from '../executable/instances';
import type { GlobalVariable } from '../executable/package-variables';
import type { StaticValues } from '../executable/static-values';
import type { StackValues } from './stack-values';
import type { TypeNames } from '../types/type-names';

/** Words that are followed between two checkpoints. */
const WORDS_BETWEEN = 1 << 16;

export class Propagation implements Telling {
  /** window → first pending object; pending objects are chained */
  private readonly head: Uint32Array;
  private readonly next: Uint32Array;
  private readonly queued: Uint8Array;
  private pending = 0;
  /** Words that were followed since the last checkpoint. */
  private followed = 0;
  /** Type id → does the runtime know more than pointers to this type say? */
  private readonly refinable: (boolean | undefined)[] = [];
  /** Of the word that is being followed: one object for all of them, since whoever is told copies it. */
  private readonly from: Teller = { objectId: NONE, offset: 0 };

  constructor(
    readonly graph: HeapGraph,
    readonly windows: HeapWindows,
    readonly assignments: Assignments,
    readonly known: KnownTypes,
    private readonly leaves: Leaves,
    private readonly interfaces: InterfaceWords,
    private readonly closures: Closures,
    private readonly shapes: readonly ObjectShape[],
    private readonly names: TypeNames,
    private readonly instances: Instances,
    private readonly wrappers: Wrappers,
    private readonly statics: StaticValues,
    private readonly stack: StackValues,
    scratch: Scratch,
  ) {
    this.head = new Uint32Array(windows.ranges.length).fill(NONE);
    this.next = scratch.uint32('pending objects', graph.objectCount + 1);
    this.queued = scratch.uint8('pending marks', graph.objectCount + 1);
  }

  tell(address: number, type: GoType, count: number, source: number, teller: Teller): void {
    if (address === 0 || (type.size === 0 && type.role !== 'identity')) return;
    const objectId = this.graph.index.objectAt(address);
    if (objectId === NONE) {
      this.statics.tell(address, type, count, source === SOURCE.code ? SOURCE.code : SOURCE.pointer);
      this.stack.tell(address, type, count, teller.offset);
      return;
    }
    // three of four words lead to what is known already: each column that is not looked at saves a miss of the cache
    if (this.assignments.knows(objectId, type, count, source)) return;
    if (address !== valueAddress(this.graph, objectId)) return;
    const refined = this.isRefinable(type) ? refine(type, this.graph, objectId, this.names, this.shapes) : type;
    if (refined === type && count <= 1 && source < SOURCE.record && this.tellAround(objectId, type, source, teller))
      return;
    const instance = isShape(refined) ? this.instances.onlyOne(refined) : null;
    if (instance) this.tell(address, instance, count, Math.min(source, SOURCE.instance), teller);
    if (this.assignments.offer(objectId, refined, Math.max(count, 1), source, teller.objectId, teller.offset))
      this.enqueue(objectId);
  }

  /** Tells of an object that it is the struct around what it is told to be; false where it is none. */
  private tellAround(objectId: number, type: GoType, source: number, { objectId: by, offset }: Teller): boolean {
    if (!this.wrappers.has(type)) return false;
    const around = this.wrappers.around(type, this.shapes[this.graph.shapeId[objectId]]);
    if (around === type) return false;
    if (this.assignments.offer(objectId, around, 1, Math.min(source, SOURCE.instance), by, offset))
      this.enqueue(objectId);
    return true;
  }

  private isRefinable(type: GoType): boolean {
    return (this.refinable[type.id] ??= isRefinable(type));
  }

  /** Does an object begin with the entry of a function, as closures do? */
  isCode(objectId: number): boolean {
    return this.closures.isCode(objectId);
  }

  private enqueue(objectId: number): void {
    if (this.queued[objectId]) return;
    this.queued[objectId] = 1;
    const window = this.windows.windowOf(objectId);
    this.next[objectId] = this.head[window];
    this.head[window] = objectId;
    this.pending++;
  }

  /** Works until nothing is pending. @param checkpoint called for each window; may throw to cancel */
  async run(checkpoint: () => void | Promise<void>): Promise<void> {
    while (this.pending > 0 || !this.statics.isEmpty) {
      await this.walkStatics(checkpoint);
      for (let window = 0; window < this.head.length; window++) {
        if (this.head[window] === NONE) continue;
        await checkpoint();
        await this.windows.load(window);
        await this.drain(window, checkpoint);
      }
    }
  }

  private async drain(window: number, checkpoint: () => void | Promise<void>): Promise<void> {
    while (this.head[window] !== NONE) {
      const objectId = this.head[window];
      this.head[window] = this.next[objectId];
      this.queued[objectId] = 0;
      this.pending--;
      for (let value = this.walkObject(objectId, 0); value > 0; value = this.walkObject(objectId, value))
        await this.pauseAfterEnough(checkpoint);
      if (this.followed >= WORDS_BETWEEN) await this.pauseAfterEnough(checkpoint);
    }
  }

  private pauseAfterEnough(checkpoint: () => void | Promise<void>): void | Promise<void> {
    if (this.followed < WORDS_BETWEEN) return;
    this.followed = 0;
    return checkpoint();
  }

  /** Walks an object from one of its values on; answers with the value to go on from, 0 where none is left. */
  private walkObject(objectId: number, first: number): number {
    const { assignments, windows } = this;
    const type = this.known.typeById(assignments.typeId[objectId]);
    const position = windows.position(objectId);
    if (!type || position < 0) return 0;
    const teller = this.tellFrom(objectId, 0);
    if (type.role === 'map header') walkMapHeader(this, type, position, teller);
    else if (type.role === 'map table') walkMapTable(this, type, position, teller);
    else if (type.role === 'channel') this.walkChannel(type, position, teller);
    else if (type.role !== 'bytes' && type.role !== 'identity') {
      const leaves = this.leaves.of(type);
      if (leaves.length === 0) return 0;
      const end = Math.min(assignments.count[objectId], first + Math.ceil(WORDS_BETWEEN / leaves.length));
      for (let value = first; value < end; value++) {
        const base = value * type.size;
        this.walkValue(leaves, windows, position + base, objectId, base, SOURCE.pointer);
      }
      if (type.function !== null) this.walkCaptured(type, type.function, position, teller);
      return end < assignments.count[objectId] ? end : 0;
    }
    return 0;
  }

  /** What a closure of generic code captures by pointer is of the instance that its dictionary tells. */
  private walkCaptured({ fields }: GoType, code: string, position: number, teller: Teller): void {
    if (!code.includes('[go.shape.')) return;
    const dictionary = fields.find(({ type }) => isDictionary(type.element));
    if (!dictionary) return;
    const address = this.windows.word(position + dictionary.offset);
    const words = dictionary.type.element?.length ?? 0;
    for (const { offset, type } of fields) {
      if (type.kind !== KIND.pointer || !type.element || !isShape(type.element)) continue;
      const instance = this.instances.byDictionary(type.element, code, address, words);
      teller.offset = offset;
      if (instance) this.tell(this.windows.word(position + offset), instance, 1, SOURCE.pointer, teller);
    }
  }

  /** Walks a variable of a frame, and what it points at in the same stack. @param words of the variable, from its start */
  walkFrameVariable(variable: GlobalVariable, type: GoType, words: Memory): void {
    const { stack } = this;
    stack.follow(variable);
    this.walkValue(this.leaves.of(type), words, 0, NONE, 0, SOURCE.frame);
    for (let value = stack.take(); value; value = stack.take()) {
      stack.follow(value.owner);
      const leaves = this.leaves.of(value.type);
      for (let at = 0; at < value.owner.size; at += value.type.size)
        this.walkValue(leaves, value.memory, value.position + at, NONE, at, SOURCE.frame);
    }
    stack.follow(null);
  }

  /** Walks a package variable. */
  walkVariable(type: GoType, memory: Memory, position: number): void {
    this.walkValue(this.leaves.of(type), memory, position, NONE, 0, SOURCE.variable);
  }

  private async walkStatics(checkpoint: () => void | Promise<void>): Promise<void> {
    for (let value = this.statics.take(); value; value = this.statics.take()) {
      this.walkValue(this.leaves.of(value.type), value.memory, value.position, NONE, 0, value.source);
      if (this.followed >= WORDS_BETWEEN) await this.pauseAfterEnough(checkpoint);
    }
  }

  /** Follows the words of a value; `at` is where it begins in the object that tells. */
  private walkValue(
    leaves: readonly Leaf[],
    memory: Memory,
    position: number,
    objectId: number,
    at: number,
    source: number,
  ): void {
    for (let i = 0; i < leaves.length; i++) {
      const leaf = leaves[i];
      this.walkLeaf(leaf, memory, position, this.tellFrom(objectId, at + leaf.offset), source);
    }
    this.followed += leaves.length;
  }

  private tellFrom(objectId: number, offset: number): Teller {
    this.from.objectId = objectId;
    this.from.offset = offset;
    return this.from;
  }

  private walkLeaf(leaf: Leaf, memory: Memory, base: number, teller: Teller, source: number): void {
    const P = this.known.layout.pointerBytes;
    const at = base + leaf.offset;
    const word = memory.word(at);
    if (word === 0) return;
    switch (leaf.kind) {
      case 'pointer':
        this.tell(word, leaf.type!, 1, source, teller);
        return;
      case 'string':
        this.tell(word, this.known.bytes, memory.word(at + P), source, teller);
        return;
      case 'slice':
        this.tellSlice(leaf.type!, word, memory.word(at + P), memory.word(at + 2 * P), source, teller);
        return;
      case 'interface':
        teller.offset += P;
        this.tellInterface(word, memory.word(at + P), SOURCE.interface, teller);
        return;
      case 'func':
        this.closures.tell(this, word, SOURCE.closure, teller);
        return;
      case 'map':
        this.tell(word, this.known.mapHeader(leaf.type!), 1, source, teller);
        return;
      case 'chan':
        if (leaf.type!.element) this.tell(word, this.known.channel(leaf.type!.element), 1, source, teller);
        return;
      case 'sized array':
        this.tell(word, leaf.type!, memory.word(base + leaf.countAt), SOURCE.pool, teller);
    }
  }

  /** Of a slice in a frame the capacity may be in a register, and the length too: then it says nothing of where its bytes end. */
  private tellSlice(
    element: GoType,
    address: number,
    length: number,
    capacity: number,
    source: number,
    teller: Teller,
  ): void {
    const count = source === SOURCE.frame ? Math.max(length, capacity) : capacity;
    if (count > 0 || source !== SOURCE.frame || !pointerFree(element))
      this.tell(address, element, count, source, teller);
  }

  /** An interface's data word: the value itself for pointer-shaped types, else a pointer to it. */
  tellInterface(typeWord: number, data: number, source: number, teller: Teller): void {
    const dynamic = this.interfaces.dynamicType(typeWord);
    if (!dynamic || data === 0) return;
    if (!dynamic.direct) this.tell(data, dynamic, 1, source, teller);
    else this.tellDirect(dynamic, data, source, teller);
  }

  /** A pointer-shaped value: unwraps structs of one field and arrays of one element down to what points. */
  private tellDirect(type: GoType, word: number, source: number, teller: Teller): void {
    let inner: GoType | null = type;
    for (let depth = 0; inner && depth < 16; depth++) {
      if (inner.kind === KIND.struct) inner = inner.fields.find((field) => field.type.size > 0)?.type ?? null;
      else if (inner.kind === KIND.array) inner = inner.element;
      else break;
    }
    if (!inner) return;
    if (inner.kind === KIND.pointer && inner.element) this.tell(word, inner.element, 1, source, teller);
    else if (inner.kind === KIND.map) this.tell(word, this.known.mapHeader(inner), 1, source, teller);
    else if (inner.kind === KIND.chan && inner.element)
      this.tell(word, this.known.channel(inner.element), 1, source, teller);
    else if (inner.kind === KIND.func) this.closures.tell(this, word, source, teller);
  }

  /** {qcount, dataqsiz, buf, …}: the buffer of elements with pointers is an object of its own. */
  private walkChannel(type: GoType, position: number, teller: Teller): void {
    const P = this.known.layout.pointerBytes;
    if (!type.element) return;
    this.tell(this.windows.word(position + 2 * P), type.element, this.windows.word(position + P), SOURCE.pointer, {
      ...teller,
      offset: 2 * P,
    });
  }
}

/** Code points at its dictionary as at an array of words. */
function isDictionary(type: GoType | null): boolean {
  return type?.kind === KIND.array && type.element?.kind === KIND.uintptr;
}
