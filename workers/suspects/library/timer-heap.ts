/**
 * The timers of package time that wait in the heaps of the runtime's processors, told by structure, so without an executable too:
 *
 *   ≤ 1.22   time.Timer, time.Ticker   {C, pp, when, period, f, arg (type, data), seq, nextwhen, status}     a heap's entries point at pp
 *   ≥ 1.23   runtime.timeTimer         {c, init, lock, astate, state, isChan, …, when, period, f, arg (type, data), seq, ts, …}
 *
 * Listed are C, f, the data word and ts. An entry counts where an array that a processor refers to leads to it and pp or ts leads back into that
 * processor. Sleeping goroutines, network deadlines and the runtime's own timers have no C and another layout.
 */
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import { objectMemory } from '../../graph/contents/object-memory';
import { shapeOffsets } from '../../graph/contents/read-object';
import { shallowSize, type HeapGraph } from '../../graph/heap-graph';
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

interface Layout {
  /** Offset of `f`; the other fields lie around it. */
  readonly code: number;
  readonly modern: boolean;
}

/** A processor is smaller than this, and larger than that: 9 to 16 KiB in the versions looked at. */
const LARGEST_PROCESSOR = 2 ** 16;
const SMALLEST_PROCESSOR = 2 ** 11;
/** What refers to a timer and to a heap of timers is a handful; more is looked at no further. */
const MOST_REFERRERS = 64;
const TIMER_BYTES = 128;
/** runtime.timerWaiting, timerModifiedEarlier, timerModifiedLater: those that were not stopped (≤ 1.22). */
const PENDING = new Set([1, 7, 8]);
/** Bits of a timer's state (≥ 1.23): in the heap of timers; stopped, and not yet taken out. */
const HEAPED = 1;
const ZOMBIE = 4;

/** In the order of the file. */
export async function pendingTimers(heap: AnalysedHeap): Promise<PendingTimer[]> {
  const { graph } = heap;
  const layouts = await timerShapes(graph);
  const timers: PendingTimer[] = [];
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) await heap.checkpoint();
    const layout = layouts.get(graph.shapeId[id]);
    const place = layout && heapOf(graph, id);
    if (!place) continue;
    const timer = readTimer(graph, id, layout, place, await objectMemory(graph, id, TIMER_BYTES));
    if (timer) timers.push(timer);
  }
  return timers;
}

/** The shapes that timers have. */
async function timerShapes(graph: HeapGraph): Promise<Map<number, Layout>> {
  const { shapes } = graph;
  const P = graph.records.params.pointerBytes;
  const found = new Map<number, Layout>();
  for (let shape = 1; shape < shapes.count; shape++) {
    if (shapes.slotSize[shape] > TIMER_BYTES || (shapes.pointerCount[shape] !== 3 && shapes.pointerCount[shape] !== 4))
      continue;
    const offsets = await shapeOffsets(graph, shape, 4);
    const [channel, code, data, owner] = offsets;
    if (channel !== 0 || data !== code + 2 * P) continue;
    if (offsets.length === 3 && code === 2 * P + 16) found.set(shape, { code, modern: false });
    if (offsets.length === 4 && owner === code + 4 * P && code >= 4 * P + 16) found.set(shape, { code, modern: true });
  }
  return found;
}

interface HeapPlace {
  readonly timerHeap: number;
  readonly processor: number;
}

/** The array that leads to an object and that a processor refers to; null where there is none. */
function heapOf(graph: HeapGraph, timer: number): HeapPlace | null {
  for (const timerHeap of someReferrers(graph, timer)) {
    for (const processor of someReferrers(graph, timerHeap)) {
      const size = shallowSize(graph, processor);
      if (processor !== timerHeap && size >= SMALLEST_PROCESSOR && size <= LARGEST_PROCESSOR)
        return { timerHeap, processor };
    }
  }
  return null;
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
  { code, modern }: Layout,
  { timerHeap, processor }: HeapPlace,
  memory: SegmentMemory,
): PendingTimer | null {
  const P = graph.records.params.pointerBytes;
  const owner = memory.word(modern ? code + 4 * P : P);
  if (graph.index.objectAt(owner) !== processor) return null;
  if (!(modern ? isHeaped(memory.u8(3 * P + 1)) : PENDING.has(memory.u32(code + 4 * P + 8)))) return null;
  const [channel, data] = [memory.word(0), memory.word(code + 2 * P)];
  // a timer with a channel sends on it: its argument is that channel
  if (data === 0 || (channel !== 0 && channel !== data)) return null;
  return {
    objectId,
    timerHeap,
    channel: channel === 0 ? NONE : graph.index.objectAt(channel),
    run: channel === 0 ? data : 0,
    when: Number(memory.signed64(code - 16)),
    period: Number(memory.signed64(code - 8)),
    onDemand: modern && memory.u8(3 * P + 2) !== 0,
  };
}

function isHeaped(state: number): boolean {
  return (state & HEAPED) !== 0 && (state & ZOMBIE) === 0;
}
