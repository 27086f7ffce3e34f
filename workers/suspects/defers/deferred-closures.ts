/**
 * Closures that lie on the stacks of goroutines that wait, as those of open-coded defers do: a code word in a frame, followed by what it
 * captured. No pointer list names such words. Only what nothing else holds is told: objects that words of stacks alone reach, and not dead ones.
 * Functions of the standard library wait everywhere, and are passed over.
 */
import type { HeapGraph } from '../../graph/heap-graph';
import { segmentMemory } from '../../graph/contents/object-memory';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import { CLOSURE_NAME } from '../../go/defers';
import { isBlocked } from '../../go/wait-reasons';
import { deadWords } from '../../goroutines/dead-words';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { isStandard } from '../words/standard-library';

type FrameRecord = HeapGraph['records']['frames'][number];

export interface DeferredClosures {
  /** Index of records.goroutines. */
  readonly goroutine: number;
  readonly frame: FrameRecord;
  /** Function of the first of the closures; null where nothing tells names of code. */
  readonly code: string | null;
  /** Objects that the closures captured and that only words on stacks hold. */
  readonly captured: readonly number[];
}

/** Captured words behind a code word that are looked at. */
const MOST_CAPTURED = 6;

/** One entry a frame that has any. */
export async function deferredClosures(heap: AnalysedHeap): Promise<DeferredClosures[]> {
  const { graph } = heap;
  const code = new CodeWords(heap);
  const found: DeferredClosures[] = [];
  for (const [frameIndex, weak] of await weakRootsByFrame(heap)) {
    await heap.checkpoint();
    const frame = graph.records.frames[frameIndex];
    const goroutine = graph.records.goroutines[frame.goroutine];
    if (goroutine.system || !isBlocked(goroutine) || isStandard(frame.function)) continue;
    const closures = closuresIn(await segmentMemory(graph, frame), frame, weak, code, graph);
    if (closures.captured.length > 0) found.push({ goroutine: frame.goroutine, frame, ...closures });
  }
  return found;
}

/** frame → offset of a word in it → the object that it alone, or another such word, holds */
async function weakRootsByFrame(heap: AnalysedHeap): Promise<Map<number, Map<number, number>>> {
  const { graph, reachability } = heap;
  const rows = Array.from(reachability.effectiveRoots).filter((root) => root >= graph.roots.strongCount);
  const dead = await deadWords(heap, rows);
  const byFrame = new Map<number, Map<number, number>>();
  for (const root of rows) {
    if (dead.has(root)) continue;
    const frame = graph.roots.owner[root];
    let words = byFrame.get(frame);
    if (!words) byFrame.set(frame, (words = new Map<number, number>()));
    words.set(graph.roots.offset[root], graph.roots.target[root]);
  }
  return byFrame;
}

function closuresIn(
  memory: SegmentMemory,
  frame: FrameRecord,
  weak: ReadonlyMap<number, number>,
  code: CodeWords,
  { records }: HeapGraph,
): Pick<DeferredClosures, 'code' | 'captured'> {
  const P = records.params.pointerBytes;
  const captured = new Set<number>();
  let first: string | null = null;
  for (let at = 0; at + P < memory.size; at += P) {
    const name = code.closureOf(frame, memory.word(at));
    if (name === null) continue;
    for (let i = 1; i <= MOST_CAPTURED; i++) {
      const word = at + i * P;
      if (code.closureOf(frame, memory.word(word)) !== null) break;
      // captured by value; or by reference, where the variable lies in this frame
      const objectId = weak.get(word) ?? weak.get(memory.word(word) - frame.address);
      if (objectId === undefined) continue;
      captured.add(objectId);
      first ??= name === '' ? null : name;
    }
  }
  return { code: first, captured: [...captured] };
}

/** Tells words that are the code of closures. */
class CodeWords {
  private readonly pcs = new Set<number>();
  private readonly named: boolean;
  private low = Infinity;
  private high = 0;

  constructor(private readonly heap: AnalysedHeap) {
    const { frames } = heap.graph.records;
    for (const { entryPc, pc, continuationPc } of frames) {
      for (const one of [entryPc, pc, continuationPc]) this.pcs.add(one);
      if (entryPc !== 0) this.low = Math.min(this.low, entryPc);
      this.high = Math.max(this.high, entryPc);
    }
    this.named = frames.some(({ entryPc }) => heap.naming.functionAt(entryPc) !== null);
  }

  /** The function, where the word is the code of a closure made in the frame's function; '' where it may be and nothing tells; else null. */
  closureOf(frame: FrameRecord, word: number): string | null {
    if (!this.named) return this.looksLikeCode(word) ? '' : null;
    const name = this.heap.naming.functionAt(word);
    return name !== null && name.startsWith(`${frame.function}.`) && CLOSURE_NAME.test(name) ? name : null;
  }

  /** Between functions that have frames, and nowhere that a frame would go on. */
  private looksLikeCode(word: number): boolean {
    return word >= this.low && word <= this.high && !this.pcs.has(word);
  }
}
