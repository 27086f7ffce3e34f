/**
 * What lies behind sync.Pools by structure alone, for dumps without their executable: an array of one padded poolLocal for each processor whose
 * values, chains of rings and padding are what they must be, and a place that holds its address beside the number of processors.
 */
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';
import type { Segment } from '../../dump/records';
import { SOURCE } from '../beliefs/assignments';
import { fit } from '../types/fit';
import type { GoType } from '../types/go-type';
import type { Memory } from '../../graph/contents/memory';
import { objectMemory, segmentMemory } from '../../graph/contents/object-memory';
import type { ObjectShape } from '../types/object-shapes';
import { eachObject } from '../../graph/contents/each-object';
import { poolLocalType, poolRingType, poolSlotType } from './pool-types';
import type { Propagation } from './propagation';
import type { Teller } from './telling';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import { MOST_RINGS, poolLayout, type PoolLayout } from '../../go/pools';
import { slotFor } from '../../go/size-classes';
import type { TypeSpace } from '../types/type-space';

type Checkpoint = () => void | Promise<void>;

const NOBODY: Teller = { objectId: NONE, offset: 0 };

/** Names arrays, rings and slots of every pool that is unmistakable, and by the slots what lies in them. */
export async function tellPoolStructures(
  walk: Propagation,
  shapes: readonly ObjectShape[],
  types: TypeSpace,
  checkpoint: Checkpoint,
): Promise<void> {
  const search = new PoolSearch(walk, shapes, types);
  await search.findArrays(checkpoint);
  await search.findPlaces(checkpoint);
  await search.tell(checkpoint);
}

class PoolSearch {
  /** arrays that could be of poolLocals → whether a pool has been seen to use them: there is a value or ring in them */
  private readonly arrays = new Map<number, boolean>();
  /** arrays beside whose address the number of processors stands → that number */
  private readonly proven = new Map<number, number>();
  private readonly local: GoType;
  private readonly rings: readonly GoType[];
  /** shape → whether it is an array's, and which kind of ring it is */
  private readonly isArray: readonly boolean[];
  private readonly ringOf: readonly (GoType | null)[];
  private readonly P: number;
  private readonly layout: PoolLayout;

  constructor(
    private readonly walk: Propagation,
    private readonly shapes: readonly ObjectShape[],
    private readonly types: TypeSpace,
  ) {
    const P = types.pointerBytes;
    this.P = P;
    this.layout = poolLayout(P);
    this.local = poolLocalType(types);
    this.rings = this.layout.ring.nextAt.map((nextAt) => poolRingType(types, nextAt));
    this.isArray = shapes.map((shape) => shape.pointers > 0 && fit(this.local, 1, shape).verdict === 'full');
    this.ringOf = shapes.map((shape) => this.rings.find((ring) => isExactly(ring, 1, shape)) ?? null);
  }

  async findArrays(checkpoint: Checkpoint): Promise<void> {
    const { graph, windows, assignments } = this.walk;
    const visit = (objectId: number, position: number): void => {
      const used = this.usedLocals(objectId, windows, position);
      if (used !== null) this.arrays.set(objectId, used > 0);
    };
    const wanted = (id: number): boolean => assignments.typeId[id] === 0 && this.isArray[graph.shapeId[id]];
    await eachObject(windows, checkpoint, visit, wanted);
  }

  /** Processors with a value or ring, or null where a word is not what it must be. */
  private usedLocals(objectId: number, memory: Memory, position: number): number | null {
    const { valueSize } = this.shapes[this.walk.graph.shapeId[objectId]];
    const { P } = this;
    const { bytes, privateType, privateData, head: headAt, tail: tailAt, padding } = this.layout.local;
    let used = 0;
    for (let at = position; at + bytes <= position + valueSize; at += bytes) {
      const [type, data] = [memory.word(at + privateType), memory.word(at + privateData)];
      const [head, tail] = [memory.word(at + headAt), memory.word(at + tailAt)];
      for (let pad = padding; pad < bytes; pad += P) if (memory.word(at + pad) !== 0) return null;
      if ((head === 0) !== (tail === 0) || (type === 0 && data !== 0)) return null;
      if (head !== 0 && !(this.isRing(head) && this.isRing(tail))) return null;
      if (head !== 0 || data !== 0) used++;
    }
    return used;
  }

  private isRing(address: number): boolean {
    const { graph } = this.walk;
    const objectId = graph.index.objectAt(address);
    return (
      objectId !== NONE && address === valueAddress(graph, objectId) && this.ringOf[graph.shapeId[objectId]] !== null
    );
  }

  /** Looks for pools in data, bss and the objects that refer to an array. */
  async findPlaces(checkpoint: Checkpoint): Promise<void> {
    if (this.arrays.size === 0) return;
    const { graph } = this.walk;
    const { data, bss } = graph.records;
    for (const segment of [data, bss]) if (segment) await this.searchSegment(segment);
    const owners = new Set<number>();
    for (const objectId of this.arrays.keys()) {
      for (let i = graph.referrerStart[objectId]; i < graph.referrerStart[objectId + 1]; i++)
        owners.add(graph.referrerSource[i]);
    }
    for (const objectId of owners) {
      await checkpoint();
      const shape = this.shapes[graph.shapeId[objectId]];
      if (objectId !== 0 && shape.offsets)
        this.search(shape.offsets, await objectMemory(graph, objectId, shape.valueSize));
    }
  }

  private async searchSegment(segment: Segment): Promise<void> {
    this.search(segment.pointerOffsets, await segmentMemory(this.walk.graph, segment));
  }

  /** A pool's two pairs of an address and a number: of each the address is listed and the number is not. */
  private search(offsets: Uint32Array, memory: SegmentMemory): void {
    const { localSize, victim } = this.layout.pool;
    for (let i = 0; i + 1 < offsets.length; i++) {
      const at = offsets[i];
      if (offsets[i + 1] !== at + victim) continue;
      const address = memory.word(at);
      const array = address === 0 ? NONE : this.walk.graph.index.objectAt(address);
      if (array === NONE || address !== valueAddress(this.walk.graph, array)) continue;
      const processors = memory.word(at + localSize);
      if (this.arrays.has(array) && this.isCount(array, processors)) this.proven.set(array, processors);
    }
  }

  /** Does an array hold just so many processors? Of a single one there must be something in it: 128 bytes alone say little. */
  private isCount(array: number, processors: number): boolean {
    const { slotSize, valueSize } = this.shapes[this.walk.graph.shapeId[array]];
    if (processors < 1 || processors * this.layout.local.bytes > valueSize) return false;
    if (processors === 1 && this.arrays.get(array) !== true) return false;
    return slotFor(processors * this.layout.local.bytes + slotSize - valueSize) === slotSize;
  }

  async tell(checkpoint: Checkpoint): Promise<void> {
    for (const [array, processors] of this.proven) {
      await checkpoint();
      const address = valueAddress(this.walk.graph, array);
      this.walk.tell(address, this.local, processors, SOURCE.poolStructure, NOBODY);
      const { local } = this.layout;
      const memory = await objectMemory(this.walk.graph, array, processors * local.bytes);
      for (let at = local.tail; at < memory.size; at += local.bytes)
        await this.tellChain(memory.word(at), { objectId: array, offset: at });
    }
  }

  /** From the oldest ring on, as `shared.tail` points at it. */
  private async tellChain(tail: number, teller: Teller): Promise<void> {
    const { graph } = this.walk;
    let from = teller;
    let address = tail;
    for (let rings = 0; rings < MOST_RINGS && address !== 0 && this.isRing(address); rings++) {
      const objectId = graph.index.objectAt(address);
      const ring = this.ringOf[graph.shapeId[objectId]];
      if (!ring) return;
      const memory = await objectMemory(graph, objectId, ring.size);
      if (!(await this.tellSlots(objectId, memory))) return;
      this.walk.tell(address, ring, 1, SOURCE.poolStructure, from);
      const nextAt = ring.size - 2 * this.P;
      from = { objectId, offset: nextAt };
      address = memory.word(nextAt);
    }
  }

  /** The slots of a ring, a power of two of them, and the values in it; false where they are no slots. */
  private async tellSlots(ring: number, memory: SegmentMemory): Promise<boolean> {
    const { walk } = this;
    const { graph } = walk;
    const { ring: at, slot: part } = this.layout;
    const [address, length, capacity] = [memory.word(at.values), memory.word(at.length), memory.word(at.capacity)];
    const slots = address === 0 ? NONE : graph.index.objectAt(address);
    if (slots === NONE || address !== valueAddress(graph, slots) || length !== capacity) return false;
    if (length < at.smallest || length > at.largest || 2 ** Math.round(Math.log2(length)) !== length) return false;
    const slot = poolSlotType(this.types);
    if (!isExactly(slot, length, this.shapes[graph.shapeId[slots]])) return false;
    walk.tell(address, slot, length, SOURCE.poolStructure, { objectId: ring, offset: at.values });
    const values = await objectMemory(graph, slots, length * part.bytes);
    for (let from = 0; from < values.size; from += part.bytes)
      walk.tellInterface(values.word(from + part.type), values.word(from + part.data), SOURCE.interface, {
        objectId: slots,
        offset: from + part.data,
      });
    return true;
  }
}

function isExactly(type: GoType, count: number, shape: ObjectShape): boolean {
  if (shape.pointers === 0) return false;
  const found = fit(type, count, shape);
  return found.verdict === 'full' && found.exact;
}
