/**
 * Every string and slice header in values whose types are known: in objects, and in the program's variables. One sweep over the windows of the
 * file that hold such objects.
 */
import { NONE } from '../../lib/none';
import { Scratch } from '../../lib/scratch';
import type { GoType } from '../../naming/types/go-type';
import { HeapWindows } from '../../graph/contents/heap-windows';
import { Leaves, type Leaf } from '../../naming/types/leaves';
import type { Memory } from '../../graph/contents/memory';
import { segmentMemory } from '../../graph/contents/object-memory';
import { eachObject } from '../../graph/contents/each-object';
import type { AnalysedHeap } from '../../heap/analysed-heap';

export interface Header {
  /** The object that the header lies in; NONE for a variable. */
  owner: number;
  /** Bytes from the owner's value; of a variable, its address. */
  offset: number;
  pointer: number;
  /** Bytes of the elements that it has, and has room for; of a string both are its length. */
  bytes: number;
  room: number;
  /** Null for a string. */
  element: GoType | null;
}

/** Values of one array that are read without a pause. */
const MOST_AT_ONCE = 2 ** 14;

const WORDS_PER_HEADER = { string: 2, slice: 3 } as const;

/** The header handed to `visit` is one and the same each time. Headers that point nowhere are passed over. */
export async function eachHeader(heap: AnalysedHeap, visit: (header: Readonly<Header>) => void): Promise<void> {
  const reader = new HeaderReader(heap, visit);
  const byBelief = heap.naming.beliefs.all.map(({ type }) => (type ? reader.headersIn(type) : []));
  const headersOf = (objectId: number): readonly Leaf[] => byBelief[heap.naming.beliefs.numberOf(objectId)];
  const scratch = new Scratch(heap.account);
  try {
    const windows = await HeapWindows.over(heap.graph, 0, scratch, () => heap.checkpoint());
    await eachObject(
      windows,
      () => heap.checkpoint(),
      (objectId, position) => {
        const { type, count } = heap.naming.beliefs.of(objectId);
        if (!type) return undefined;
        const values = {
          memory: windows,
          position,
          end: windows.size,
          owner: objectId,
          base: 0,
          size: type.size,
          count,
        };
        return count <= MOST_AT_ONCE
          ? reader.read(values, headersOf(objectId))
          : readInParts(heap, reader, values, headersOf(objectId));
      },
      (objectId) => headersOf(objectId).length > 0,
    );
  } finally {
    scratch.releaseAll();
  }
  await eachGlobal(heap, reader);
}

async function eachGlobal({ graph, naming }: AnalysedHeap, reader: HeaderReader): Promise<void> {
  for (const segment of [graph.records.data, graph.records.bss]) {
    if (!segment) continue;
    const memory = await segmentMemory(graph, segment);
    for (const { address, type, count } of naming.roots.globals) {
      const position = address - segment.address;
      if (!type || position < 0 || position >= memory.size) continue;
      const value = { memory, position, end: memory.size, owner: NONE, base: address, size: type.size, count };
      reader.read(value, reader.headersIn(type));
    }
  }
}

async function readInParts(
  heap: AnalysedHeap,
  reader: HeaderReader,
  values: Values,
  headers: readonly Leaf[],
): Promise<void> {
  const { position, base, size, count } = values;
  for (let first = 0; first < count; first += MOST_AT_ONCE) {
    const part = { position: position + first * size, base: base + first * size };
    reader.read({ ...values, ...part, count: Math.min(MOST_AT_ONCE, count - first) }, headers);
    await heap.checkpoint();
  }
}

/** Values of one type, one behind the other. */
interface Values {
  readonly memory: Memory;
  /** Where the first begins, and where memory ends. */
  readonly position: number;
  readonly end: number;
  readonly owner: number;
  /** What the offset of the first counts from. */
  readonly base: number;
  /** Bytes of each. */
  readonly size: number;
  readonly count: number;
}

class HeaderReader {
  private readonly leaves: Leaves;
  private readonly P: number;
  private readonly header: Header = { owner: 0, offset: 0, pointer: 0, bytes: 0, room: 0, element: null };

  constructor(
    { graph }: AnalysedHeap,
    private readonly visit: (header: Readonly<Header>) => void,
  ) {
    this.P = graph.records.params.pointerBytes;
    this.leaves = new Leaves(this.P, () => null);
  }

  headersIn(type: GoType): readonly Leaf[] {
    if (type.role !== 'plain' && type.role !== 'closure') return [];
    return this.leaves.of(type).filter(({ kind }) => kind === 'string' || kind === 'slice');
  }

  read({ memory, position, end, owner, base, size, count }: Values, headers: readonly Leaf[]): void {
    for (let i = 0; i < count; i++) {
      for (const { kind, offset, type } of headers) {
        const at = i * size + offset;
        const words = kind === 'string' ? WORDS_PER_HEADER.string : WORDS_PER_HEADER.slice;
        if (position + at + words * this.P > end) return;
        this.tell(memory, position + at, owner, base + at, kind === 'slice' ? type : null);
      }
    }
  }

  private tell(memory: Memory, position: number, owner: number, offset: number, element: GoType | null): void {
    const { header, P } = this;
    header.pointer = memory.word(position);
    if (header.pointer === 0) return;
    const size = element?.size ?? 1;
    header.owner = owner;
    header.offset = offset;
    header.element = element;
    header.bytes = size * memory.word(position + P);
    header.room = element ? size * memory.word(position + 2 * P) : header.bytes;
    if (header.bytes <= header.room) this.visit(header);
  }
}
