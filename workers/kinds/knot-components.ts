/**
 * Strongly connected components without some kinds of references: Tarjan's algorithm (1972) as Pearce (2016) has it, as in
 * analysis/components.ts, on a component of its own. Its columns are taken once and serve all searches. 13 bytes a vertex.
 */
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { KindedRows } from './knot-graph';

export class ComponentSearch {
  /** vertex → number of its component, from the end of the range downwards, after a search that was not stopped */
  readonly component: Uint32Array;
  private readonly stacks: Uint32Array;
  private readonly cursor: Uint32Array;
  private readonly isRoot: Uint8Array;

  constructor(count: number, scratch: Scratch) {
    this.component = scratch.uint32('components of a knot', count);
    this.stacks = scratch.uint32('component stacks of a knot', count);
    this.cursor = scratch.uint32('component cursors of a knot', count);
    this.isRoot = scratch.uint8('component roots of a knot', count);
  }

  /**
   * How many vertices the largest component has among first … end - 1, which refer only to each other. `leftOut`: kind → 1 where references
   * count for nothing. Stops at a component of more than `enough`. Yields vertices and references looked at.
   */
  *largest(rows: KindedRows, leftOut: Uint8Array, first: number, end: number, enough = Infinity): Work<number> {
    const { start, target, kind } = rows;
    const { component: rindex, stacks, cursor, isRoot } = this;
    rindex.fill(0, first, end);
    let finished = end - first;
    let index = 1;
    let component = end - first;
    let largest = 0;
    let steps = 0;
    let told = SLICE_MASK;
    for (let from = first; from < end; from++) {
      let next = rindex[from] === 0 ? from : -1;
      let depth = -1;
      for (;;) {
        if (next >= 0) {
          depth++;
          stacks[depth] = next;
          cursor[depth] = start[next];
          isRoot[depth] = 1;
          rindex[next] = index++;
        }
        if (depth < 0) break;
        if (steps > told) {
          told = steps + SLICE_MASK;
          yield steps;
        }
        const v = stacks[depth];
        const last = start[v + 1];
        let reference = cursor[depth];
        let low = rindex[v];
        next = -1;
        // stops at a vertex not seen yet; the same reference is looked at again when that vertex is done, and then counts
        for (; reference < last; reference++) {
          if (leftOut[kind[reference]] === 1) continue;
          const r = rindex[target[reference]];
          if (r === 0) {
            next = target[reference];
            break;
          }
          if (r < low) low = r;
        }
        steps += 1 + reference - cursor[depth];
        cursor[depth] = reference;
        if (low < rindex[v]) {
          rindex[v] = low;
          isRoot[depth] = 0;
        }
        if (next >= 0) continue;

        if (isRoot[depth--] === 0) {
          stacks[--finished] = v;
          continue;
        }
        index--;
        let size = 1;
        while (finished < end - first && rindex[stacks[finished]] >= low) {
          rindex[stacks[finished++]] = component;
          index--;
          size++;
        }
        rindex[v] = component--;
        if (size > largest) largest = size;
        if (largest > enough) return largest;
      }
    }
    return largest;
  }
}
