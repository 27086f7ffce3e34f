/**
 * Words of stacks that no pointer list names are dead variables, but for those in stack objects: variables that are used through their
 * address only, closures on the stack, defers that the compiler laid out there. The collector comes to a stack object by a pointer into the
 * stack (runtime/mgcstack.go), so a word below every such pointer into its frame is dead for certain. How long a stack object is a dump does not
 * tell: all of a frame from the first place that something points at may live.
 *
 * Nothing of a goroutine counts as dead that was stopped between two calls, where lists do not hold, or that panics.
 */
import { isStoppedAnywhere } from '../go/goroutines';
import { groupBy } from '../lib/group-by';
import { NONE } from '../lib/none';
import { segmentMemory } from '../graph/contents/object-memory';
import type { SegmentMemory } from '../graph/contents/segment-memory';
import { ROOT, type HeapGraph } from '../graph/heap-graph';
import type { AnalysedHeap } from '../heap/analysed-heap';

type FrameRecord = HeapGraph['records']['frames'][number];

/** Of rows of graph.roots that are words of stacks which no list names, those that are dead. */
export async function deadWords(
  heap: Pick<AnalysedHeap, 'graph' | 'checkpoint'>,
  rows: readonly number[],
): Promise<Set<number>> {
  const { graph } = heap;
  const { kind, owner } = graph.roots;
  const onStacks = rows.filter((row) => kind[row] === ROOT.stack);
  const byGoroutine = groupBy(onStacks, (row) => graph.records.frames[owner[row]].goroutine);
  const dead = new Set<number>();
  for (const [goroutine, own] of byGoroutine) {
    await heap.checkpoint();
    const stack = await Stack.read(graph, goroutine);
    if (!stack) continue;
    for (const row of own) if (graph.roots.offset[row] < stack.livesFrom(graph.roots.owner[row])) dead.add(row);
  }
  return dead;
}

class Stack {
  /** frame of this stack → offset of the first place that something points at */
  private readonly from: Float64Array;

  /** Null where lists do not tell what lives. */
  static async read(graph: HeapGraph, goroutine: number): Promise<Stack | null> {
    const { records } = graph;
    const { firstFrame, frameCount, panics } = records.goroutines[goroutine];
    const frames = records.frames.slice(firstFrame, firstFrame + frameCount);
    if (panics.length > 0 || frames.some((frame) => isStoppedAnywhere(frame.function))) return null;
    const memories: SegmentMemory[] = [];
    for (const frame of frames) memories.push(await segmentMemory(graph, frame));
    const stack = new Stack(frames, memories, firstFrame, records.params.pointerBytes);
    stack.follow(records.goroutines[goroutine]);
    return stack;
  }

  private constructor(
    private readonly frames: readonly FrameRecord[],
    private readonly memories: readonly SegmentMemory[],
    private readonly firstFrame: number,
    private readonly pointerBytes: number,
  ) {
    this.from = new Float64Array(frames.length).fill(Infinity);
  }

  /** `frame` is an index of records.frames. */
  livesFrom(frame: number): number {
    return this.from[frame - this.firstFrame];
  }

  private follow({ context, topDefer, defers }: HeapGraph['records']['goroutines'][number]): void {
    const found = [context, topDefer, ...defers.flatMap(({ address, funcval }) => [address, funcval])];
    for (const [i, { pointerOffsets, continuationPc }] of this.frames.entries())
      if (continuationPc !== 0) for (const offset of pointerOffsets) found.push(this.memories[i].word(offset));
    for (let address = found.pop(); address !== undefined; address = found.pop()) {
      const i = this.frameAt(address);
      if (i === NONE) continue;
      const offset = address - this.frames[i].address;
      const end = Math.min(this.from[i], this.memories[i].size);
      for (let at = wordAtOrBefore(offset, this.pointerBytes); at < end; at += this.pointerBytes)
        found.push(this.memories[i].word(at));
      this.from[i] = Math.min(this.from[i], offset);
    }
  }

  /** Frames lie innermost first, by ascending address. */
  private frameAt(address: number): number {
    let low = 0;
    let high = this.frames.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { address: start, bytes } = this.frames[middle];
      if (address < start) high = middle - 1;
      else if (address >= start + bytes) low = middle + 1;
      else return middle;
    }
    return NONE;
  }
}

function wordAtOrBefore(offset: number, pointerBytes: number): number {
  return offset - (offset % pointerBytes);
}
