/** How a root leads to an object, in words. */
import { AVOID_NOTHING, nextPath, searchRootPaths, type RootPath } from '../../analysis/root-paths';
import { ROOT } from '../../graph/heap-graph';
import { pathText } from '../../heap/references';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { pathToContainer } from '../../naming/types/container-types';

/** Longer ways are told by their two ends. */
const MOST_STEPS = 8;
const KEPT_STEPS = 3;

/** The shortest way from a root; null where none leads to the object. */
export async function shortestRootPath(heap: AnalysedHeap, objectId: number): Promise<RootPath | null> {
  const { graph, reachability, roots, account } = heap;
  const search = searchRootPaths(graph, reachability, roots, objectId, AVOID_NOTHING, account);
  try {
    return await heap.drive(nextPath(search));
  } finally {
    search.return();
  }
}

/** `main.sessions → main.Cache .items → …`; null where no root leads to the object. */
export async function rootWay(heap: AnalysedHeap, objectId: number): Promise<string | null> {
  const path = await shortestRootPath(heap, objectId);
  if (!path) return null;
  const { objects } = path;
  const root = rootText(heap, path.root);
  if (objects.length <= MOST_STEPS) return `${root} → ${await pathText(heap, objects)}`;
  const left = objects.length - 2 * KEPT_STEPS;
  const begin = await pathText(heap, objects.slice(0, KEPT_STEPS));
  return `${root} → ${begin} → … ${left} more … → ${await pathText(heap, objects.slice(-KEPT_STEPS))}`;
}

/** A root as a person knows it: a variable, a frame's word, a goroutine, a finalizer. */
function rootText(heap: AnalysedHeap, root: number): string {
  const { graph, naming } = heap;
  const { kind, owner } = graph.roots;
  const { goroutines, otherRoots } = graph.records;
  switch (kind[root]) {
    case ROOT.goroutine:
      return `goroutine ${goroutines[owner[root]].id}`;
    case ROOT.finalizer:
      return 'a finalizer';
    case ROOT.other:
      return otherRoots[owner[root]].description;
    case ROOT.data:
    case ROOT.bss:
      return containerVariable(heap, root) ?? naming.rootName(root) ?? 'a variable';
    default:
      return naming.rootName(root) ?? 'a variable';
  }
}

/** The variable or field that is a container, without what of its insides the root is; null for others. */
function containerVariable({ graph, naming }: AnalysedHeap, root: number): string | null {
  const { kind, offset } = graph.roots;
  const { data, bss } = graph.records;
  const segment = kind[root] === ROOT.data ? data : bss;
  const address = (segment?.address ?? 0) + offset[root];
  const variable = naming.roots.variableAt(address);
  const path = variable?.type ? pathToContainer(variable.type, address - variable.address) : null;
  return variable && path !== null ? variable.name + path : null;
}

/** The same for keys: without offsets, which are others in the next build, where there is anything else. */
export function rootPlace(heap: AnalysedHeap, root: number): string {
  const text = rootText(heap, root);
  return /^(bss|data)\+/.test(text) ? text : text.replace(/ ?\+0x[0-9a-f]+$/, '');
}
