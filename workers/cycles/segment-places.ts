/**
 * Memory of data and bss as places that pointers lead to. A dump has both as one block each, so what belongs together has to be told:
 *
 *   - where the executable names a package variable at the address, or a value of a known type is there, the place is that;
 *   - else it begins at the address and ends where the next pointer leads to, where a variable begins or the segment ends, and after
 *     UNNAMED_BYTES at the latest. It may be less than the value there, and so miss cycles, or hold the start of the next one.
 *
 * A place refers to what its listed words lead to: objects, and other places.
 */
import type { HeapGraph } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import { firstAtLeast } from '../lib/search';
import { nameOfVariable } from '../naming/executable/package-variables';
import type { Naming } from '../naming/naming';
import { segmentMemory } from '../graph/contents/object-memory';
import type { SegmentMemory } from '../graph/contents/segment-memory';
import { segmentTest } from './segment-pointers';

const UNNAMED_BYTES = 256;

type Segment = NonNullable<HeapGraph['records']['data']>;

export interface Place {
  /** `main.cache`; `bss+0x1a40` where nothing names it. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface LoadedSegment {
  readonly name: 'data' | 'bss';
  readonly segment: Segment;
  readonly memory: SegmentMemory;
}

export class SegmentPlaces {
  private constructor(
    private readonly graph: HeapGraph,
    private readonly naming: Naming,
    private readonly segments: readonly LoadedSegment[],
    /** Where places may begin, ascending. */
    private readonly starts: Float64Array,
  ) {}

  /** @param pointedAt addresses in data and bss that objects refer to */
  static async read(graph: HeapGraph, naming: Naming, pointedAt: Iterable<number>): Promise<SegmentPlaces> {
    const segments: LoadedSegment[] = [];
    for (const name of ['data', 'bss'] as const) {
      const segment = graph.records[name];
      if (segment) segments.push({ name, segment, memory: await segmentMemory(graph, segment) });
    }
    const isInside = segmentTest(graph);
    const starts = new Set(pointedAt);
    for (const { segment, memory } of segments) {
      for (const offset of segment.pointerOffsets) {
        const word = memory.word(offset);
        if (isInside(word)) starts.add(word);
      }
    }
    for (const { address } of naming.roots.globals) starts.add(address);
    return new SegmentPlaces(graph, naming, segments, Float64Array.from(starts).sort());
  }

  /** The place that an address of data or bss leads to. */
  at(address: number): Place | null {
    const loaded = this.segments.find(({ segment }) => isIn(segment, address));
    if (!loaded) return null;
    const variable = this.naming.roots.variableAt(address);
    if (variable) {
      const end = variable.address + Math.max(variable.size, 1);
      return { name: nameOfVariable(variable), start: variable.address, end };
    }
    const { segment, name } = loaded;
    const next = this.starts[firstAtLeast(this.starts, address + 1)] ?? Infinity;
    const end = Math.min(next, address + UNNAMED_BYTES, segment.address + segment.bytes);
    return { name: `${name}+0x${(address - segment.address).toString(16)}`, start: address, end };
  }

  /** Words of a place that lead to an object or to another place. */
  *references({ start, end }: Place): Generator<{ object: number } | { place: Place }> {
    for (const { segment, memory } of this.segments) {
      const offsets = segment.pointerOffsets;
      let at = firstAtLeast(offsets, start - segment.address);
      for (; at < offsets.length && segment.address + offsets[at] < end; at++) {
        const word = memory.word(offsets[at]);
        const object = word === 0 ? NONE : this.graph.index.objectAt(word);
        const place = object === NONE ? this.at(word) : null;
        if (object !== NONE) yield { object };
        else if (place) yield { place };
      }
    }
  }
}

function isIn({ address, bytes }: Segment, at: number): boolean {
  return at >= address && at < address + bytes;
}
