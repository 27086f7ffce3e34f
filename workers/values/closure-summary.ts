/** Closures in the heap, by function. */
import { shallowSize } from '../graph/heap-graph';
import type { Naming } from '../naming/naming';

export interface CapturedVariable {
  name: string;
  type: string;
  /** Bytes from the start of the closure. */
  offset: number;
}

export interface ClosureGroup {
  function: string;
  /** Empty where no layout is known. */
  captured: CapturedVariable[];
  bytes: number;
  objectIds: number[];
}

const SLICE = 1 << 16;

/** Every closure, grouped by function and captured variables; most first. Linear; `checkpoint` may throw to cancel. */
export async function closureGroups(naming: Naming, checkpoint: () => void | Promise<void>): Promise<ClosureGroup[]> {
  const { graph } = naming;
  const groups = new Map<number, ClosureGroup>();
  for (let id = 1; id <= graph.objectCount; id++) {
    if (id % SLICE === 0) await checkpoint();
    const type = naming.typeOf(id);
    if (type?.role !== 'closure' || type.function === null) continue;
    let group = groups.get(type.id);
    if (!group) {
      const captured = type.fields.map((field) => ({
        name: field.name,
        type: field.type.shown,
        offset: field.offset,
      }));
      group = { function: type.function, captured, bytes: 0, objectIds: [] };
      groups.set(type.id, group);
    }
    group.bytes += shallowSize(graph, id);
    group.objectIds.push(id);
  }
  return [...groups.values()].sort(
    (a, b) => b.objectIds.length - a.objectIds.length || (a.function < b.function ? -1 : 1),
  );
}
