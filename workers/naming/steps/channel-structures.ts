/**
 * Channels of which no type tells are channels all the same (runtime/chan.go). The header of an unbuffered one points at itself, a buffer of
 * pointer-free elements begins right behind its header, and any other header lists the very words that the runtime's struct has.
 */
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';
import { SOURCE } from '../beliefs/assignments';
import { looksLike } from './map-structures';
import type { ObjectShape } from '../types/object-shapes';
import { eachObject } from '../../graph/contents/each-object';
import type { Propagation } from './propagation';
import { slotFor } from '../../go/size-classes';

/** Names the headers that are still without a type, and their buffers. */
export async function tellChannelStructures(
  walk: Propagation,
  shapes: readonly ObjectShape[],
  checkpoint: () => void | Promise<void>,
): Promise<void> {
  const { graph, windows, assignments, known } = walk;
  const { channel } = known.layout;
  const alike = shapes.map((shape) =>
    shape.pointers === 0 ? shape.valueSize >= channel.bytes : looksLike(shape, channel.mask, channel.bytes),
  );
  const visit = (objectId: number, position: number): void => {
    const shape = shapes[graph.shapeId[objectId]];
    const address = valueAddress(graph, objectId);
    const buffer = windows.word(position + channel.at.buf);
    const sound =
      shape.pointers === 0 ? isOneObject(walk, shape, position, address) : holdsBuffer(walk, shapes, position);
    if (!sound || !keepsCount(walk, position)) return;
    walk.tell(address, known.unknownChannel, 1, SOURCE.channelStructure, { objectId: NONE, offset: 0 });
    if (shape.pointers > 0)
      walk.tell(buffer, known.unknownBuffer, 1, SOURCE.channelStructure, { objectId, offset: channel.at.buf });
  };
  await eachObject(windows, checkpoint, visit, (id) => assignments.typeId[id] === 0 && alike[graph.shapeId[id]]);
}

/** Header and buffer in one slot without pointers: the header says where in itself it lies. */
function isOneObject({ windows, known }: Propagation, shape: ObjectShape, position: number, address: number): boolean {
  const { bytes, at } = known.layout.channel;
  const buffer = windows.word(position + at.buf);
  const elements = windows.word(position + at.dataqsiz) * windows.u16(position + at.elemsize);
  const expected = elements === 0 ? address + at.buf : address + bytes;
  return buffer === expected && slotFor(bytes + elements) === shape.slotSize;
}

/** The buffer of elements with pointers is an object of its own, of just the right slot. */
function holdsBuffer(
  { graph, windows, known }: Propagation,
  shapes: readonly ObjectShape[],
  position: number,
): boolean {
  const { at } = known.layout.channel;
  const address = windows.word(position + at.buf);
  const target = graph.index.objectAt(address);
  if (target === NONE) return false;
  const shape = shapes[graph.shapeId[target]];
  const elements = windows.word(position + at.dataqsiz) * windows.u16(position + at.elemsize);
  if (elements === 0 || shape.pointers === 0 || address !== valueAddress(graph, target)) return false;
  return slotFor(elements + shape.slotSize - shape.valueSize) === shape.slotSize;
}

/** What holds for every channel at rest: the ring is as full as its ends say, whoever waits is in a queue, and nobody has the lock. */
function keepsCount({ graph, windows, known }: Propagation, position: number): boolean {
  const { pointerBytes, channel } = known.layout;
  const { at } = channel;
  const word = (offset: number): number => windows.word(position + offset);
  const [count, room] = [word(at.qcount), word(at.dataqsiz)];
  const [send, receive] = [word(at.sendx), word(at.recvx)];
  const ring =
    room === 0
      ? count === 0 && send === 0 && receive === 0
      : count <= room && send < room && receive < room && (receive + count) % room === send;
  const waiting = [at.recvq, at.sendq].every((queue) => {
    const ends = [word(queue), word(queue + pointerBytes)];
    return ends.every((end) => end === 0) || ends.every((end) => end !== 0 && graph.index.objectAt(end) !== NONE);
  });
  const closed = windows.u16(position + at.closed) + windows.u16(position + at.closed + 2);
  return ring && waiting && closed <= 1 && word(at.elemtype) !== 0 && word(at.lock) === 0;
}
