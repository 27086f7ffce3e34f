/**
 * What comes to each object first, where some objects are gates: reachability.ts with passes whose starts are given, and with objects that are
 * reached but not gone through until a later pass opens them. Breadth-first; each object is visited once and each gate's references are followed
 * once, when it is open. 5 bytes an object while it runs, 1 of which stays.
 */
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';

export interface MarkingPass {
  /** Objects that it starts from; one that an earlier pass has come to is none of its own. */
  readonly starts: Iterable<number>;
  /** Kinds of gates that are open from this pass on. */
  readonly opens: readonly number[];
}

/** On which way a marking came to each object. */
export interface MarkingTrace {
  /** objectId → the object that led to it first, 0 for a start */
  readonly source: Uint32Array;
  /** objectId → by which reference; NONE for a start */
  readonly reference: Uint32Array;
  /** The objects that were come to, in that order: each behind its source. */
  readonly order: Uint32Array;
  /** How many of them there are. */
  visited: number;
  /** References that are not followed; null where all are. */
  readonly isLeftOut: ((reference: number) => boolean) | null;
}

/**
 * objectId → index of the first pass that comes to it, passes.length where none does. `gateOf`: objectId → kind of gate, 0 for what is always
 * open. A pass comes to what its starts, and the gates that it opens, lead to. `trace` is filled where it is given.
 */
export function* markInPasses(
  { vertexCount, referenceStart, referenceTarget }: Digraph,
  gateOf: Uint8Array,
  passes: readonly MarkingPass[],
  scratch: Scratch,
  trace: MarkingTrace | null = null,
): Work<Uint8Array> {
  const unmarked = passes.length;
  const mark = scratch.uint8('first passes', vertexCount).fill(unmarked);
  const queue = scratch.uint32('pass queue', vertexCount);
  const shut = new Uint8Array(256).fill(1);
  shut[0] = 0;
  /** Gates that were reached and not gone through yet. */
  let waiting: number[] = [];
  let steps = 0;
  for (const [pass, { starts, opens }] of passes.entries()) {
    for (const kind of opens) shut[kind] = 0;
    // gates that open now are queued again, although an earlier pass marked them
    let end = 0;
    for (const gate of waiting) if (shut[gateOf[gate]] === 0) queue[end++] = gate;
    waiting = waiting.filter((gate) => shut[gateOf[gate]] === 1);
    for (const start of starts) {
      if (mark[start] !== unmarked) continue;
      mark[start] = pass;
      queue[end++] = start;
      if (trace) note(trace, start, 0, NONE);
    }
    for (let head = 0; head < end; head++) {
      const v = queue[head];
      if (shut[gateOf[v]] === 1) {
        waiting.push(v);
        continue;
      }
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        const w = referenceTarget[reference];
        if (mark[w] !== unmarked || trace?.isLeftOut?.(reference)) continue;
        mark[w] = pass;
        queue[end++] = w;
        if (trace) note(trace, w, v, reference);
      }
      if ((++steps & SLICE_MASK) === 0) yield steps;
    }
  }
  scratch.release(queue);
  return mark;
}

function note(trace: MarkingTrace, objectId: number, source: number, reference: number): void {
  trace.source[objectId] = source;
  trace.reference[objectId] = reference;
  trace.order[trace.visited++] = objectId;
}
