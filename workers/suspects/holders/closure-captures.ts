/** What the captured variables of closures keep, each by itself. */
import { objectPointers } from '../../graph/contents/read-object';
import { valueAddress } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import type { ClosureGroup } from '../../values/closure-summary';
import type { AnalysedHeap } from '../../heap/analysed-heap';

/** Pointer words of one closure that are read. */
const MOST_WORDS = 256;

export interface Capture {
  /** `report`, or the offset where the layout is not known: `word at +0x8`. */
  readonly name: string;
  /** Empty where it is not known. */
  readonly type: string;
  /** Bytes that the variable alone keeps, over the closures looked at. */
  readonly bytes: number;
  /** What it leads to in the closure where it keeps most. */
  readonly sample: number;
}

/** By variable, most bytes first; only variables that keep something by themselves: their target is dominated by the closure. */
export async function capturesOf(
  heap: AnalysedHeap,
  { captured }: ClosureGroup,
  closures: readonly number[],
): Promise<Capture[]> {
  const { graph, dominators } = heap;
  const found = new Map<string, Capture & { most: number }>();
  for (const closure of closures) {
    const header = valueAddress(graph, closure) - graph.slotAddress[closure];
    const seen = new Set<number>();
    for (const { offset, value } of await objectPointers(graph, closure, 0, MOST_WORDS)) {
      const target = graph.index.objectAt(value);
      if (target === NONE || seen.has(target) || dominators.immediateDominator[target] !== closure) continue;
      seen.add(target);
      const { name, type } = variableAt(captured, offset - header);
      const before = found.get(name);
      const bytes = dominators.retainedSize[target];
      const isMost = bytes > (before?.most ?? 0);
      found.set(name, {
        name,
        type,
        bytes: (before?.bytes ?? 0) + bytes,
        sample: isMost || !before ? target : before.sample,
        most: Math.max(bytes, before?.most ?? 0),
      });
    }
    await heap.checkpoint();
  }
  return [...found.values()].sort((a, b) => b.bytes - a.bytes);
}

/** The variable whose first word lies at the offset or before it. */
function variableAt(captured: ClosureGroup['captured'], offset: number): { name: string; type: string } {
  const variable = captured.filter((one) => one.offset <= offset).at(-1);
  return variable
    ? { name: variable.name, type: variable.type }
    : { name: `word at +0x${offset.toString(16)}`, type: '' };
}
