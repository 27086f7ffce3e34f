/**
 * The timers of package time that wait in the heaps of the runtime's processors, told by structure, so without an executable too. An entry counts
 * where an array that a processor refers to leads to it, and it leads back to that processor. Sleeping goroutines, network deadlines and the
 * runtime's own timers have no channel word and another layout.
 */
import {
  isHeapedState,
  isPendingStatus,
  mayBeTimer,
  MOST_TIMER_POINTERS,
  TIMER_BYTES,
  timerLayout,
  type TimerLayout,
} from '../../go/timers';
import { isProcessor } from '../../goroutines/processors';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import { objectMemory } from '../../graph/contents/object-memory';
import { shapeOffsets } from '../../graph/contents/read-object';
import type { HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';

export interface PendingTimer {
  readonly objectId: number;
  /** The array of the processor's heap of timers. */
  readonly timerHeap: number;
  /** Where it sends the time, as an object; NONE for timers that run a function. */
  readonly channel: number;
  /** Address of the func value that it runs; 0 for timers with a channel. */
  readonly run: number;
  /** On the runtime's clock, ns. */
  readonly when: number;
  /** Between ticks, ns; 0 for timers that fire once. */
  readonly period: number;
  /** In the heap of timers only while somebody waits on the channel, as channels of timers are from Go 1.23 on. */
  readonly onDemand: boolean;
}

/** What refers to a timer and to a heap of timers is a handful; more is looked at no further. */
const MOST_REFERRERS = 64;

/** In the order of the file. */
export async function pendingTimers(heap: AnalysedHeap): Promise<PendingTimer[]> {
  const { graph } = heap;
  const layouts = await timerShapes(graph);
  const places = new HeapPlaces(graph);
  const timers: PendingTimer[] = [];
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) await heap.checkpoint();
    const layout = layouts.get(graph.shapeId[id]);
    const place = layout && (await places.of(id));
    if (!place) continue;
    const timer = readTimer(graph, id, layout, place, await objectMemory(graph, id, TIMER_BYTES));
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

interface HeapPlace {
  readonly timerHeap: number;
  readonly processor: number;
}

class HeapPlaces {
  private readonly processors = new Map<number, boolean>();

  constructor(private readonly graph: HeapGraph) {}

  /** The array that leads to a timer and that a processor refers to; null where there is none. */
  async of(timer: number): Promise<HeapPlace | null> {
    for (const timerHeap of someReferrers(this.graph, timer)) {
      for (const processor of someReferrers(this.graph, timerHeap)) {
        if (processor !== timerHeap && (await this.isProcessor(processor))) return { timerHeap, processor };
      }
    }
    return null;
  }

  private async isProcessor(id: number): Promise<boolean> {
    let known = this.processors.get(id);
    if (known === undefined) this.processors.set(id, (known = await isProcessor(this.graph, id)));
    return known;
  }
}

function someReferrers({ referrerStart, referrerSource }: HeapGraph, id: number): Uint32Array {
  return referrerSource.subarray(
    referrerStart[id],
    Math.min(referrerStart[id + 1], referrerStart[id] + MOST_REFERRERS),
  );
}

function readTimer(
  graph: HeapGraph,
  objectId: number,
  layout: TimerLayout,
  { timerHeap, processor }: HeapPlace,
  memory: SegmentMemory,
): PendingTimer | null {
  if (graph.index.objectAt(memory.word(layout.owner)) !== processor || !waits(layout, memory)) return null;
  const [channel, data] = [memory.word(layout.channel), memory.word(layout.argument)];
  // a timer with a channel sends on it: its argument is that channel
  if (data === 0 || (channel !== 0 && channel !== data)) return null;
  return {
    objectId,
    timerHeap,
    channel: channel === 0 ? NONE : graph.index.objectAt(channel),
    run: channel === 0 ? data : 0,
    when: Number(memory.signed64(layout.when)),
    period: Number(memory.signed64(layout.period)),
    onDemand: layout.isChannel !== null && memory.u8(layout.isChannel) !== 0,
  };
}

/** Whether it was not stopped: it stands in the heap of timers still, in all versions. */
function waits({ state, status }: TimerLayout, memory: SegmentMemory): boolean {
  return state === null ? status !== null && isPendingStatus(memory.u32(status)) : isHeapedState(memory.u8(state));
}
