/**
 * The timers of package time in the heaps of the runtime's processors, told by structure, so without an executable too. A timer names its processor;
 * it counts where that has an array which leads to it. Sleeping goroutines, network deadlines and the runtime's own timers have no channel word and
 * another layout; those of a bubble of testing/synctest stand in a heap of the bubble.
 */
import {
  mayBeTimer,
  MOST_TIMER_POINTERS,
  stateOfFlags,
  stateOfStatus,
  TIMER_BYTES,
  timerLayout,
  type TimerLayout,
  type TimerState,
} from '../../go/timers';
import { isProcessor } from '../../goroutines/processors';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import { objectMemory } from '../../graph/contents/object-memory';
import { shapeOffsets } from '../../graph/contents/read-object';
import type { HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';

export interface HeapedTimer {
  readonly objectId: number;
  readonly state: TimerState;
  /** The array of the processor's heap of timers. */
  readonly timerHeap: number;
  /** Where it sends the time, as an object; NONE for timers that run a function. */
  readonly channel: number;
  /** Address of the func value that it runs; 0 for timers with a channel. */
  readonly run: number;
  /** On the runtime's clock, ns; of a stopped timer it means nothing. */
  readonly when: number;
  /** Between ticks, ns; 0 for timers that fire once. */
  readonly period: number;
}

/** In the order of the file. */
export async function heapedTimers(heap: AnalysedHeap): Promise<HeapedTimer[]> {
  const { graph } = heap;
  const layouts = await timerShapes(graph);
  const processors = new Processors(graph);
  const timers: HeapedTimer[] = [];
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) await heap.checkpoint();
    const layout = layouts.get(graph.shapeId[id]);
    if (!layout) continue;
    const memory = await objectMemory(graph, id, TIMER_BYTES);
    const timerHeap = await processors.heapWith(id, graph.index.objectAt(memory.word(layout.owner)));
    const timer = timerHeap === NONE ? null : readTimer(graph, id, layout, timerHeap, memory);
    if (timer) timers.push(timer);
  }
  return timers;
}

/** The shapes that timers have. */
async function timerShapes(graph: HeapGraph): Promise<Map<number, TimerLayout>> {
  const { shapes } = graph;
  const found = new Map<number, TimerLayout>();
  for (let shape = 1; shape < shapes.count; shape++) {
    if (!mayBeTimer(shapes.slotSize[shape], shapes.pointerCount[shape])) continue;
    const offsets = await shapeOffsets(graph, shape, MOST_TIMER_POINTERS);
    const layout = timerLayout(offsets, graph.records.params.pointerBytes);
    if (layout) found.set(shape, layout);
  }
  return found;
}

class Processors {
  /** processor → what it refers to, itself apart; null for what is no processor */
  private readonly targetsOf = new Map<number, ReadonlySet<number> | null>();

  constructor(private readonly graph: HeapGraph) {}

  /** The array of a processor that leads to a timer; NONE where it has none, or is no processor. */
  async heapWith(timer: number, processor: number): Promise<number> {
    const targets = processor === NONE ? null : await this.targets(processor);
    if (!targets) return NONE;
    const { referrerStart, referrerSource } = this.graph;
    for (let at = referrerStart[timer]; at < referrerStart[timer + 1]; at++)
      if (targets.has(referrerSource[at])) return referrerSource[at];
    return NONE;
  }

  private async targets(id: number): Promise<ReadonlySet<number> | null> {
    let known = this.targetsOf.get(id);
    if (known === undefined) {
      known = (await isProcessor(this.graph, id)) ? this.othersBehind(id) : null;
      this.targetsOf.set(id, known);
    }
    return known;
  }

  private othersBehind(id: number): Set<number> {
    const { referenceStart, referenceTarget } = this.graph;
    const targets = new Set(referenceTarget.subarray(referenceStart[id], referenceStart[id + 1]));
    targets.delete(id);
    return targets;
  }
}

function readTimer(
  graph: HeapGraph,
  objectId: number,
  layout: TimerLayout,
  timerHeap: number,
  memory: SegmentMemory,
): HeapedTimer | null {
  const state = stateOf(layout, memory);
  if (state === null) return null;
  const [channel, data] = [memory.word(layout.channel), memory.word(layout.argument)];
  // a timer with a channel sends on it: its argument is that channel
  if (data === 0 || (channel !== 0 && channel !== data)) return null;
  return {
    objectId,
    state,
    timerHeap,
    channel: channel === 0 ? NONE : graph.index.objectAt(channel),
    run: channel === 0 ? data : 0,
    when: Number(memory.signed64(layout.when)),
    period: Number(memory.signed64(layout.period)),
  };
}

function stateOf({ state, status }: TimerLayout, memory: SegmentMemory): TimerState | null {
  if (state !== null) return stateOfFlags(memory.u8(state));
  return status === null ? null : stateOfStatus(memory.u32(status));
}
