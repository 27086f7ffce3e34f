/**
 * Deferred calls as the dump records them: one record a call, on the list of its goroutine, each with the stack pointer of the frame whose
 * return it waits for. A range-over-func loop (Go 1.23) has one record without a function; its calls hang off that one as a list of their own.
 */
import { deferLayout } from '../../go/defers';
import { valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { objectMemory } from '../../graph/contents/object-memory';

type DeferRecord = HeapGraph['records']['goroutines'][number]['defers'][number];
type FrameRecord = HeapGraph['records']['frames'][number];

/** The deferred calls of one frame. */
export interface PendingDefers {
  /** Index of records.goroutines. */
  readonly goroutine: number;
  readonly frame: FrameRecord;
  /** Entry pc of the function deferred most often; 0 where no record tells one. */
  readonly entryPc: number;
  readonly calls: number;
  /** Calls by the defer statement that has most of them: two or more are a loop's. */
  readonly inLoop: number;
  /** Calls without a record of their own, counted along a range-over-func loop's list. */
  readonly listed: number;
  /** Records, listed calls and closures, as far as they lie in the heap. */
  readonly objects: readonly number[];
}

/** All frames with deferred calls, of goroutines that are not the runtime's. */
export async function pendingDefers(
  graph: HeapGraph,
  checkpoint: () => Promise<void> | undefined,
): Promise<PendingDefers[]> {
  const found: PendingDefers[] = [];
  for (const [goroutine, { system, defers, firstFrame, frameCount }] of graph.records.goroutines.entries()) {
    if (system || defers.length === 0) continue;
    await checkpoint();
    const frames = graph.records.frames.slice(firstFrame, firstFrame + frameCount);
    const byFrame = new Map<FrameRecord, DeferRecord[]>();
    for (const record of defers) {
      const frame = frameAt(frames, record.sp);
      if (!frame) continue;
      const records = byFrame.get(frame);
      if (records) records.push(record);
      else byFrame.set(frame, [record]);
    }
    for (const [frame, records] of byFrame) found.push(await summed(graph, goroutine, frame, records, checkpoint));
  }
  return found;
}

/** The frame that holds an address of the stack; innermost first, frames lie in the order of their addresses. */
function frameAt(frames: readonly FrameRecord[], address: number): FrameRecord | null {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (frames[middle].address + frames[middle].bytes > address) high = middle;
    else low = middle + 1;
  }
  return low < frames.length && frames[low].address <= address ? frames[low] : null;
}

async function summed(
  graph: HeapGraph,
  goroutine: number,
  frame: FrameRecord,
  records: readonly DeferRecord[],
  checkpoint: () => Promise<void> | undefined,
): Promise<PendingDefers> {
  const { index } = graph;
  const objects: number[] = [];
  const bySite = new Map<number, number>();
  const byFunction = new Map<number, number>();
  let listed = 0;
  for (const { address, funcval, entryPc, pc } of records) {
    if (funcval === 0) {
      const list = await rangeOverFunc(graph, address, checkpoint);
      listed += list.calls;
      for (const id of list.objects) objects.push(id);
    } else {
      bySite.set(pc, (bySite.get(pc) ?? 0) + 1);
      byFunction.set(entryPc, (byFunction.get(entryPc) ?? 0) + 1);
    }
    objects.push(index.objectAt(address), index.objectAt(funcval));
  }
  const calls = listed + [...bySite.values()].reduce((sum, count) => sum + count, 0);
  const functions = [...byFunction].sort((a, b) => b[1] - a[1]);
  const inLoop = [...bySite.values()].reduce((most, count) => Math.max(most, count), listed);
  return {
    goroutine,
    frame,
    entryPc: functions.length > 0 ? functions[0][0] : 0,
    calls,
    inLoop,
    listed,
    objects: objects.filter((id) => id !== NONE),
  };
}

/** A list this long is taken for damage. */
const LONGEST_LIST = 2 ** 20;

/**
 * The list behind a placeholder: its `head` points at the first of the calls, which follow each other by `link`.
 */
async function rangeOverFunc(
  graph: HeapGraph,
  placeholder: number,
  checkpoint: () => Promise<void> | undefined,
): Promise<{ calls: number; objects: number[] }> {
  const { fn, link, head } = deferLayout(graph.records.params.pointerBytes);
  const seen = new Set<number>();
  const closures: number[] = [];
  const list = await wordAt(graph, placeholder + head);
  for (let at = await wordAt(graph, list); seen.size < LONGEST_LIST; at = await wordAt(graph, at + link)) {
    const id = graph.index.objectAt(at);
    if (id === NONE || at !== valueAddress(graph, id) || seen.has(id)) break;
    seen.add(id);
    await checkpoint();
    const closure = graph.index.objectAt(await wordAt(graph, at + fn));
    if (closure !== NONE) closures.push(closure);
  }
  return { calls: seen.size, objects: [...seen, ...closures] };
}

/** A word of an object's value, by its address; 0 where no object holds it. */
async function wordAt(graph: HeapGraph, address: number): Promise<number> {
  const id = graph.index.objectAt(address);
  if (id === NONE) return 0;
  const P = graph.records.params.pointerBytes;
  return (await objectMemory(graph, id, P, address - valueAddress(graph, id))).word(0);
}
