/** The function whose `go` statement started a goroutine: by the executable, else by frames of the same function further down its code. */
import type { AnalysedHeap } from '../heap/analysed-heap';

/** Gives the function that contains a pc, null where nothing tells. */
export function creationSites(heap: Pick<AnalysedHeap, 'graph' | 'naming'>): (pc: number) => string | null {
  const { frames } = heap.graph.records;
  // entry → the function and the last pc that a frame shows to be its own
  const spans = new Map<number, { name: string; last: number }>();
  for (const { entryPc, pc, function: name } of frames) {
    const span = spans.get(entryPc);
    if (!span) spans.set(entryPc, { name, last: pc });
    else if (pc > span.last) span.last = pc;
  }
  const known = new Map<number, string | null>();
  return (pc) => {
    let name = known.get(pc);
    if (name === undefined) {
      name = heap.naming.functionContaining(pc) ?? inSpans(spans, pc);
      known.set(pc, name);
    }
    return name;
  };
}

function inSpans(spans: ReadonlyMap<number, { name: string; last: number }>, pc: number): string | null {
  for (const [entry, { name, last }] of spans) if (entry < pc && pc <= last) return name;
  return null;
}
