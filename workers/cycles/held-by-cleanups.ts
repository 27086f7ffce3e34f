/**
 * What cleanups hold at first hand, though a dump has no record of them. Their closures have names, and nothing refers to them. From Go 1.26 on
 * those lead no further: the boxes with the arguments, and the functions, are objects that nothing refers to either, and only their number tells them
 * from garbage. There is one box a closure, of the size that its argument takes; there is at most one function a closure. What is there more often than
 * that is not taken for a cleanup's.
 */
import { HOLDER, type Reachability } from '../analysis/results';
import { boxesArguments, isOfCleanup, isPointerShape } from '../go/cleanups';
import { slotFor } from '../go/size-classes';
import { shallowSize, type HeapGraph } from '../graph/heap-graph';
import { SLICE_MASK, type Work } from '../lib/work';
import { argumentsIn, splitArguments } from '../naming/executable/dictionaries';
import type { Naming } from '../naming/naming';

interface Scene {
  readonly graph: HeapGraph;
  readonly naming: Naming;
  readonly reachability: Reachability;
}

/** Closures of cleanups, their boxes and their functions; none without an executable, which names the closures. */
export function* heldByCleanups(scene: Scene): Work<number[]> {
  const { graph, naming } = scene;
  const functions = naming.beliefs.all.map(({ type }) => type?.function ?? null);
  if (!functions.some((name) => name !== null && isOfCleanup(name))) return [];
  const cleanups: number[] = [];
  const others = new Map<string | number, number[]>();
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) yield id;
    if (!isLoose(scene, id)) continue;
    const name = functions[naming.beliefs.numberOf(id)];
    if (name !== null && isOfCleanup(name)) cleanups.push(id);
    else if (graph.referenceStart[id] < graph.referenceStart[id + 1]) addTo(others, name ?? graph.shapeId[id], id);
  }
  if (cleanups.length === 0 || !boxesArguments(graph.records.params.go)) return cleanups;
  const names = cleanups.map((id) => functions[naming.beliefs.numberOf(id)] ?? '');
  return [...cleanups, ...boxes(scene, names, others), ...functionsAmong(others, cleanups.length)];
}

/** Nothing recorded holds it, and nothing at all refers to it. */
function isLoose({ graph, reachability }: Scene, id: number): boolean {
  return reachability.holder[id] === HOLDER.nothing && graph.referrerStart[id] === graph.referrerStart[id + 1];
}

/** `names`: of the cleanups' closures. */
function boxes({ graph }: Scene, names: readonly string[], others: ReadonlyMap<string | number, number[]>): number[] {
  const { pointerBytes } = graph.records.params;
  const ofPointers = names.filter(takesPointer).length;
  const found: number[] = [];
  const perFunction = new Map<string, number>();
  for (const name of names) perFunction.set(name, (perFunction.get(name) ?? 0) + 1);
  const counts = new Set([...perFunction].filter(([name]) => !takesPointer(name)).map(([, count]) => count));
  for (const [kind, ids] of others) {
    if (typeof kind === 'string') continue;
    const isPointer = shallowSize(graph, ids[0]) === slotFor(pointerBytes);
    if (isPointer ? ids.length <= ofPointers : counts.has(ids.length)) found.push(...ids);
  }
  return found;
}

/** Whether the cleanup whose closure has this name was given one pointer. */
function takesPointer(name: string): boolean {
  return isPointerShape(splitArguments(argumentsIn(name) ?? '').at(-1) ?? '');
}

function functionsAmong(others: ReadonlyMap<string | number, number[]>, most: number): number[] {
  const closures = [...others].flatMap(([kind, ids]) => (typeof kind === 'string' ? ids : []));
  return closures.length <= most ? closures : [];
}

function addTo(groups: Map<string | number, number[]>, key: string | number, id: number): void {
  const group = groups.get(key);
  if (group) group.push(id);
  else groups.set(key, [id]);
}
