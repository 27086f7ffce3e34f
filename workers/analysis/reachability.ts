/**
 * Who holds each object: one marking pass for each holder, strongest first. A pass visits what its roots reach and no earlier pass did, so each
 * object is visited once and belongs to the first holder in the order that reaches it. 4 bytes an object while it runs.
 */
import type { MemoryAccount } from '../lib/alloc';
import { ROOT } from '../graph/heap-graph';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import { HOLDER, type Reachability } from './results';

/** ROOT kind → HOLDER of what a strong root of that kind reaches */
const HOLDER_OF_ROOT = holderOfRoot();

/** Marks everything that roots reach. */
export function findReachability(graph: ObjectGraph, account: MemoryAccount): Work<Reachability> {
  return withScratch(account, function* (scratch) {
    const holder = yield* markAll(graph, scratch);
    const { objects, bytes } = yield* sumHolders(graph, holder);
    return { holder: scratch.keep(holder), objects, bytes, effectiveRoots: listEffectiveRoots(graph, holder) };
  });
}

/** objectId → HOLDER */
function* markAll(graph: ObjectGraph, scratch: Scratch): Work<Uint8Array> {
  const { objectCount, roots } = graph;
  const holder = scratch.uint8('holder', objectCount + 1);
  for (let v = 1; v <= objectCount; v++) {
    holder[v] = HOLDER.nothing;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  const queue = scratch.uint32('marking queue', objectCount);
  for (let pass: number = HOLDER.global; pass <= HOLDER.stackWord; pass++) {
    let queued = 0;
    for (let root = 0; root < roots.count; root++) {
      const target = roots.target[root];
      if (passOfRoot(graph, root) !== pass || holder[target] !== HOLDER.nothing) continue;
      holder[target] = pass;
      queue[queued++] = target;
    }
    yield* mark(graph, holder, pass, queue, queued);
  }
  return holder;
}

function passOfRoot(graph: ObjectGraph, root: number): number {
  return root < graph.roots.strongCount ? HOLDER_OF_ROOT[graph.roots.kind[root]] : HOLDER.stackWord;
}

/** Marks all that the queued objects reach and nothing holds yet. */
function* mark(graph: ObjectGraph, holder: Uint8Array, pass: number, queue: Uint32Array, queued: number): Work<void> {
  const { referenceStart, referenceTarget } = graph;
  let end = queued;
  for (let head = 0; head < end; head++) {
    const v = queue[head];
    for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
      const w = referenceTarget[reference];
      if (holder[w] !== HOLDER.nothing) continue;
      holder[w] = pass;
      queue[end++] = w;
    }
    if ((head & SLICE_MASK) === 0) yield head;
  }
}

function* sumHolders(graph: ObjectGraph, holder: Uint8Array): Work<Pick<Reachability, 'objects' | 'bytes'>> {
  const { objectCount, shapeId, shapes } = graph;
  const objects = new Float64Array(HOLDER.nothing + 1);
  const bytes = new Float64Array(HOLDER.nothing + 1);
  for (let v = 1; v <= objectCount; v++) {
    objects[holder[v]]++;
    bytes[holder[v]] += shapes.slotSize[shapeId[v]];
    if ((v & SLICE_MASK) === 0) yield v;
  }
  return { objects, bytes };
}

function listEffectiveRoots(graph: ObjectGraph, holder: Uint8Array): Uint32Array {
  const { count, strongCount, target } = graph.roots;
  const effective = new Uint32Array(count);
  let kept = 0;
  for (let root = 0; root < count; root++) {
    if (root < strongCount || holder[target[root]] === HOLDER.stackWord) effective[kept++] = root;
  }
  return effective.slice(0, kept);
}

function holderOfRoot(): Uint8Array {
  const table = new Uint8Array(Object.keys(ROOT).length);
  table[ROOT.data] = HOLDER.global;
  table[ROOT.bss] = HOLDER.global;
  table[ROOT.stack] = HOLDER.goroutine;
  table[ROOT.goroutine] = HOLDER.goroutine;
  table[ROOT.other] = HOLDER.other;
  table[ROOT.finalizer] = HOLDER.finalizer;
  return table;
}
