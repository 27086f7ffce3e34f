/** The bytes of an object, read from the file when somebody looks. */
import { EngineError } from '../../api/errors';
import type { Contents } from '../../api/rows';
import { shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { objectAddress } from '../dump/address';
import type { OpenedDump } from '../dump/opened-dump';

/** Bytes that one answer may have. */
const MAX_CONTENTS = 65536;

/** `offset` counts from the object's value. Throws `BadRequest` for a window that is none. */
export async function contentsRow(
  dump: OpenedDump,
  objectId: number,
  offset: number,
  length: number,
): Promise<Contents> {
  const { graph } = dump;
  const { params } = graph.records;
  const size = valueBytes(graph, objectId);
  refuseWindow(offset, length);
  const bytes = await readBytes(graph, objectId, offset, Math.max(0, Math.min(length, size - offset)));
  return {
    address: objectAddress(graph, objectId),
    offset,
    bytes,
    size,
    pointerBytes: params.pointerBytes,
    byteOrder: params.bigEndian ? 'big' : 'little',
    pointers: await pointersIn(dump, objectId, offset, bytes.length),
    missing: graph.contentsAt[objectId] < 0 ? 'The file does not hold the contents of this object.' : null,
  };
}

/** Bytes of an object from where its value begins. */
function valueBytes(graph: HeapGraph, objectId: number): number {
  return shallowSize(graph, objectId) - graph.shapes.valueOffset[graph.shapeId[objectId]];
}

function refuseWindow(offset: number, length: number): void {
  if (!Number.isInteger(offset) || offset < 0)
    throw new EngineError('BadRequest', `Contents begin at 0 or later, not at ${offset}`);
  if (!Number.isInteger(length) || length < 0 || length > MAX_CONTENTS) {
    throw new EngineError('BadRequest', `At most ${MAX_CONTENTS} bytes of contents can be asked for, not ${length}`);
  }
}

/** An array of its own, never a window of a larger one: what crosses a wire is the whole of what lies under a view. */
async function readBytes(graph: HeapGraph, objectId: number, offset: number, length: number): Promise<Uint8Array> {
  const begin = graph.contentsAt[objectId];
  if (begin < 0) return new Uint8Array(0);
  const bytes = new Uint8Array(length);
  const at = begin + graph.shapes.valueOffset[graph.shapeId[objectId]] + offset;
  const read = await graph.records.source.read(at, bytes);
  return read === length ? bytes : bytes.slice(0, read);
}

async function pointersIn(
  dump: OpenedDump,
  objectId: number,
  offset: number,
  length: number,
): Promise<Contents['pointers']> {
  const { graph } = dump;
  const { offset: pointerOffset } = await dump.pointers.of(objectId);
  const found: Contents['pointers'] = [];
  for (const [at, place] of pointerOffset.entries()) {
    if (place < offset || place >= offset + length) continue;
    const target = graph.referenceTarget[graph.referenceStart[objectId] + at];
    found.push({ offset: place - offset, target: objectAddress(graph, target) });
  }
  return found;
}
