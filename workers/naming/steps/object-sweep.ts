/**
 * What objects tell of themselves, in two sweeps over the file. The first reads malloc headers and finds words that are code addresses; the
 * second finds interface values (an unlisted type word before a listed data word) and channels by their structure.
 */
import { valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import type { BitSet } from '../../lib/bit-set';
import type { Scratch } from '../../lib/scratch';
import { SOURCE } from '../beliefs/assignments';
import type { CodeNames } from '../executable/code-names';
import { CodeWords } from './code-words';
import type { GoType } from '../types/go-type';
import { eachObject, type SweepCheckpoint } from '../../graph/contents/each-object';
import type { HeapWindows } from '../../graph/contents/heap-windows';
import type { ObjectShape } from '../types/object-shapes';
import type { Propagation } from './propagation';
import { slotFor, TINY_BYTES } from '../../go/size-classes';
import type { TypeSpace } from '../types/type-space';

export interface FirstSweep {
  /** objectId → first word of its value, where that is a function's entry and no listed pointer */
  codeWords: CodeWords;
  /** objects with a malloc header that names a known type */
  headers: { objectId: number; type: GoType }[];
}

const HEADER_BYTES = 8;

/** Memory that is read by words; reads past `size` are not allowed. */
interface Words {
  readonly size: number;
  word(position: number): number;
}

export async function sweepHeaders(
  graph: HeapGraph,
  windows: HeapWindows,
  shapes: readonly ObjectShape[],
  types: TypeSpace,
  code: CodeNames,
  scratch: Scratch,
  checkpoint: SweepCheckpoint,
): Promise<FirstSweep> {
  const found: FirstSweep = { codeWords: new CodeWords(scratch), headers: [] };
  await eachObject(windows, checkpoint, (objectId, position) => {
    const shape = shapes[graph.shapeId[objectId]];
    if (shape.slotSize !== shape.valueSize) {
      const type = types.at(windows.word(position - HEADER_BYTES));
      if (type) found.headers.push({ objectId, type });
    }
    const word = windows.word(position);
    if (word < code.lowest || word >= code.highest || !code.isEntry(word)) return;
    if (shape.offsets !== null && shape.offsets[0] !== 0) found.codeWords.add(objectId, word);
  });
  return found;
}

export async function sweepValues(
  walk: Propagation,
  shapes: readonly ObjectShape[],
  types: TypeSpace,
  checkpoint: SweepCheckpoint,
): Promise<void> {
  const { graph, windows } = walk;
  await eachObject(windows, checkpoint, (objectId, position) => {
    const shape = shapes[graph.shapeId[objectId]];
    const teller = { objectId, offset: 0 };
    if (shape.offsets) tellInterfaces(walk, shape.offsets, windows, position, teller);
    const element = channelElement(walk, shape, types, position);
    if (element)
      walk.tell(valueAddress(graph, objectId), walk.known.channel(element), 1, SOURCE.channelScan, {
        objectId: NONE,
        offset: 0,
      });
  });
}

/** Every listed word whose predecessor is not listed and names a type is an interface value, whatever contains it. */
export function tellInterfaces(
  walk: Propagation,
  offsets: Uint32Array,
  memory: Words,
  position: number,
  teller: { objectId: number; offset: number },
): void {
  const P = walk.known.layout.pointerBytes;
  for (let i = 0; i < offsets.length; i++) {
    const at = offsets[i];
    if (at < P || (i > 0 && offsets[i - 1] === at - P)) continue;
    const typeWord = memory.word(position + at - P);
    if (typeWord !== 0)
      walk.tellInterface(typeWord, memory.word(position + at), SOURCE.interface, { ...teller, offset: at });
  }
}

/** Pointer-free objects that a listed word beside their exact length points at: bytes of a string or slice. `tellers`: see findByteTellers. */
export async function sweepStrings(
  walk: Propagation,
  shapes: readonly ObjectShape[],
  tellers: BitSet,
  checkpoint: SweepCheckpoint,
): Promise<void> {
  const { graph, windows } = walk;
  const visit = (objectId: number, position: number): void => {
    const { offsets } = shapes[graph.shapeId[objectId]];
    if (offsets) tellStrings(walk, shapes, offsets, windows, position, { objectId, offset: 0 });
  };
  await eachObject(windows, checkpoint, visit, (objectId) => tellers.has(objectId));
}

function tellStrings(
  walk: Propagation,
  shapes: readonly ObjectShape[],
  offsets: Uint32Array,
  memory: Words,
  position: number,
  teller: { objectId: number; offset: number },
): void {
  const { graph, assignments } = walk;
  const P = walk.known.layout.pointerBytes;
  for (let i = 0; i < offsets.length; i++) {
    const at = offsets[i];
    if (offsets[i + 1] === at + P) continue;
    const address = memory.word(position + at);
    const target = address === 0 ? NONE : graph.index.objectAt(address);
    if (target === NONE || assignments.typeId[target] !== 0) continue;
    const shape = shapes[graph.shapeId[target]];
    if (shape.pointers !== 0 || position + at + 2 * P > memory.size) continue;
    const start = valueAddress(graph, target);
    if (address !== start) {
      // Only small values that share a slot lie inside one of this size.
      if (shape.slotSize === TINY_BYTES)
        walk.tell(start, walk.known.bytes, 1, SOURCE.stringScan, { ...teller, offset: at });
      continue;
    }
    const length = memory.word(position + at + P);
    const shared = shape.slotSize === TINY_BYTES && length < TINY_BYTES;
    if (length > 0 && (shared || slotFor(length) === shape.slotSize))
      walk.tell(address, walk.known.bytes, length, SOURCE.stringScan, { ...teller, offset: at });
  }
}

function channelElement(walk: Propagation, shape: ObjectShape, types: TypeSpace, position: number): GoType | null {
  const { bytes, at } = walk.known.layout.channel;
  const { windows } = walk;
  if (shape.valueSize < bytes) return null;
  const type = types.at(windows.word(position + at.elemtype));
  const counts = windows.word(position + at.qcount) <= windows.word(position + at.dataqsiz);
  return type && counts && type.size === windows.u16(position + at.elemsize) ? type : null;
}
