/**
 * Values in data and bss that have no name of their own: a package variable `var cache = &Cache{…}` is a pointer to a literal beside it, which
 * no debug information lists. Typed pointers tell what they are, as they do in the heap, where the words that the dump lists as pointers there
 * are those of the type.
 */
import type { Scratch } from '../../lib/scratch';
import { firstAtLeast } from '../../lib/search';
import type { HeapGraph } from '../../graph/heap-graph';
import type { Segment } from '../../dump/records';
import type { GoType } from '../types/go-type';
import { segmentMemory } from '../../graph/contents/object-memory';
import type { SegmentMemory } from '../../graph/contents/segment-memory';

/** Larger segments are left out: they are arrays without pointers, and would have to be kept in memory. */
const MOST_BYTES = 64 * 2 ** 20;
/** Values that are looked at for each word of a segment; slices that overlap without end ask for more. */
const LOOKS_PER_WORD = 64;

/** A value that was told and has not been walked. */
interface StaticValue {
  type: GoType;
  memory: SegmentMemory;
  position: number;
  /** SOURCE of what its words tell */
  source: number;
}

/** Values of a type side by side. */
export interface StaticRun {
  readonly type: GoType;
  readonly count: number;
}

interface Block {
  segment: Segment;
  memory: SegmentMemory;
  /** word of the segment → size of the largest type that begins there */
  told: Uint32Array;
  looks: number;
}

export class StaticValues {
  private readonly blocks: Block[] = [];
  private readonly pending: StaticValue[] = [];
  /** address → the largest value that was told to begin there, or the most of one type side by side */
  readonly runs = new Map<number, StaticRun>();

  private constructor(private readonly pointerBytes: number) {}

  /** Data and bss of a dump, kept until the scratch is released: 1.5 bytes for each of theirs with words of 8. */
  static async of(graph: HeapGraph, scratch: Scratch): Promise<StaticValues> {
    const { data, bss, params } = graph.records;
    const values = new StaticValues(params.pointerBytes);
    for (const segment of [data, bss]) {
      if (!segment || segment.bytes > MOST_BYTES) continue;
      const memory = await segmentMemory(graph, segment, scratch.uint8('bytes of variables', segment.bytes));
      const words = Math.ceil(segment.bytes / params.pointerBytes);
      const told = scratch.uint32('values in variables', words);
      values.blocks.push({ segment, memory, told, looks: words * LOOKS_PER_WORD });
    }
    return values;
  }

  /** Data and bss, as far as they are kept. */
  get segments(): { segment: Segment; memory: SegmentMemory }[] {
    return this.blocks;
  }

  /** The bytes of a segment that is kept, or null. */
  memoryOf(segment: Segment): SegmentMemory | null {
    return this.blocks.find((block) => block.segment === segment)?.memory ?? null;
  }

  /** Says that `count` values of a type begin at an address outside the heap. @param source SOURCE of what their words tell */
  tell(address: number, type: GoType, count: number, source: number): void {
    if (type.role !== 'plain' || !type.mask || type.mask.length === 0) return;
    for (const block of this.blocks) {
      const { address: start, bytes } = block.segment;
      if (address >= start && address < start + bytes)
        this.tellIn(block, address - start, type, Math.max(count, 1), source);
    }
  }

  /** The next value to walk, each once for a type. */
  take(): StaticValue | undefined {
    return this.pending.pop();
  }

  get isEmpty(): boolean {
    return this.pending.length === 0;
  }

  private tellIn(block: Block, first: number, type: GoType, count: number, source: number): void {
    const { segment, memory, told } = block;
    if (first % this.pointerBytes !== 0 || type.size % this.pointerBytes !== 0) return;
    const end = Math.min(first + count * type.size, segment.bytes);
    let fitEnd = first;
    for (let position = first; position + type.size <= end && block.looks > 0; position += type.size) {
      block.looks--;
      const word = position / this.pointerBytes;
      const known = told[word] >= type.size;
      if (!known && !masked(segment.pointerOffsets, position, type)) continue;
      if (fitEnd === position) fitEnd += type.size;
      if (known) continue;
      told[word] = type.size;
      this.pending.push({ type, memory, position, source });
    }
    this.note(segment.address + first, type, (fitEnd - first) / type.size);
  }

  private note(address: number, type: GoType, count: number): void {
    const known = this.runs.get(address);
    if (count > 0 && type.size * count > (known ? known.type.size * known.count : 0))
      this.runs.set(address, { type, count });
  }
}

/** Are the pointers listed within a value those of its type, no more and no fewer? */
function masked(listed: Uint32Array, position: number, { mask, size }: GoType): boolean {
  if (!mask) return false;
  let at = firstAtLeast(listed, position);
  for (const offset of mask) if (listed[at++] !== position + offset) return false;
  return !(listed[at] < position + size);
}
