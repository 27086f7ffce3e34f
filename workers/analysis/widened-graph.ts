/** A heap graph with vertices and references of its own behind the objects': for questions in which more than objects lies on a cycle. */
import type { MemoryAccount } from '../lib/alloc';
import { reversed } from '../lib/csr';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';

/** What is added. New vertices have the numbers objectCount + 1 … objectCount + vertices. */
export interface Extension {
  readonly vertices: number;
  /** Ends of the references, in any order, between old and new vertices alike. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/**
 * A copy with the extension: 8 bytes a vertex and a reference, which the caller releases (`releaseWidened`). New vertices count as objects of no
 * bytes.
 */
export function widened(graph: ObjectGraph, extension: Extension, account: MemoryAccount): Work<ObjectGraph> {
  return withScratch(account, function* (scratch) {
    const objectCount = graph.objectCount + extension.vertices;
    const { start, target, referrers } = yield* copied(graph, extension, objectCount + 1, scratch);
    const shapeId = scratch.uint32('widened shapes', objectCount + 1);
    shapeId.set(graph.shapeId.subarray(0, graph.vertexCount));
    // reversed() makes its array itself: it is the account's, as those are that are kept here
    const reverse = yield* reversed({ start, entry: target }, referrers, account);
    return {
      objectCount,
      vertexCount: objectCount + 1,
      referenceStart: scratch.keep(start),
      referenceTarget: scratch.keep(target),
      referrerStart: scratch.keep(reverse.start),
      referrerSource: reverse.entry,
      shapeId: scratch.keep(shapeId),
      shapes: graph.shapes,
      roots: graph.roots,
    };
  });
}

export function releaseWidened(graph: ObjectGraph, account: MemoryAccount): void {
  const { referenceStart, referenceTarget, referrerStart, referrerSource, shapeId } = graph;
  account.release(referenceStart, referenceTarget, referrerStart, referrerSource, shapeId);
}

/** References of each vertex, those of the graph first; and how many lead to each vertex. */
function* copied(
  { vertexCount, referenceStart, referenceTarget }: ObjectGraph,
  { from, to }: Extension,
  newCount: number,
  scratch: Scratch,
): Work<{ start: Uint32Array; target: Uint32Array; referrers: Uint32Array }> {
  const start = scratch.uint32('widened references, starts', newCount + 1);
  const target = scratch.uint32('widened references', referenceStart[vertexCount] + from.length);
  const referrers = scratch.uint32('widened referrers', newCount + 1);
  const order = byFrom(from);
  let added = 0;
  let end = 0;
  for (let v = 0; v < newCount; v++) {
    start[v] = end;
    if (v < vertexCount) {
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        const w = referenceTarget[reference];
        target[end++] = w;
        referrers[w]++;
      }
    }
    for (; added < order.length && from[order[added]] === v; added++) {
      const w = to[order[added]];
      target[end++] = w;
      referrers[w]++;
    }
    if ((v & SLICE_MASK) === 0) yield v;
  }
  start[newCount] = end;
  return { start, target, referrers };
}

/** Positions by what stands there, equal ones in their order: packed in doubles, so that the built-in sort needs no comparator. */
function byFrom(from: Uint32Array): Uint32Array {
  const packed = Float64Array.from(from, (v, at) => v * from.length + at).sort();
  return Uint32Array.from(packed, (value) => value % from.length);
}
