/**
 * Who refers to an object other than through an interface. A context is passed on as an interface; who can cancel it is a closure that captured
 * the pointer itself, or a frame that has it at hand.
 */
import { FileWords } from '../../graph/contents/file-words';
import { ListedPointers } from '../../graph/contents/listed-pointers';
import { ROOT, shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { goroutineOfRoot } from '../../graph/root-owner';
import { HOLDER } from '../../analysis/results';
import type { AnalysedHeap } from '../../heap/analysed-heap';

const BUFFER_BYTES = 2 ** 15;

/**
 * Those of the objects to which a live object, or a root of any kind, refers otherwise than through an interface. Each referrer is read once.
 * `isHarmless` tells of a goroutine, an index of records.goroutines, that what it has of an object in its stack does not count; what objects in
 * `passedOver` refer to does not count either.
 */
export async function heldRaw(
  heap: AnalysedHeap,
  objects: ReadonlySet<number>,
  isHarmless: (goroutine: number, objectId: number) => boolean = () => false,
  passedOver: ReadonlySet<number> = new Set(),
): Promise<Set<number>> {
  const { records } = heap.graph;
  const pointers = new ListedPointers(records, heap.account);
  const words = new FileWords(records.source, records.params, heap.account, BUFFER_BYTES, () => undefined);
  try {
    const found = new Set<number>();
    for (const referrer of liveReferrers(heap, objects)) {
      if (passedOver.has(referrer)) continue;
      await heap.checkpoint();
      for (const { target, at } of await pointersInto(heap.graph, pointers, referrer, objects))
        if (!(await isInterface(heap, words, at, heap.graph.contentsAt[referrer]))) found.add(target);
    }
    await addRoots(heap, words, objects, isHarmless, found);
    return found;
  } finally {
    pointers.release();
    words.release();
  }
}

/** In the order of the file. */
function liveReferrers({ graph, reachability }: AnalysedHeap, objects: ReadonlySet<number>): number[] {
  const found = new Set<number>();
  for (const id of objects) {
    for (let at = graph.referrerStart[id]; at < graph.referrerStart[id + 1]; at++) {
      const referrer = graph.referrerSource[at];
      if (reachability.holder[referrer] !== HOLDER.nothing) found.add(referrer);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** Pointers of one object to any of the objects; `at` is the file offset of the word. */
async function pointersInto(
  graph: HeapGraph,
  reader: ListedPointers,
  referrer: number,
  objects: ReadonlySet<number>,
): Promise<{ target: number; at: number }[]> {
  const found: { target: number; at: number }[] = [];
  const slot = { contentsAt: graph.contentsAt[referrer], size: shallowSize(graph, referrer) };
  await reader.visit(slot, (offset, value) => {
    const target = value === 0 ? 0 : graph.index.objectAt(value);
    if (objects.has(target)) found.push({ target, at: slot.contentsAt + offset });
    return true;
  });
  return found;
}

async function addRoots(
  heap: AnalysedHeap,
  words: FileWords,
  objects: ReadonlySet<number>,
  isHarmless: (goroutine: number, objectId: number) => boolean,
  found: Set<number>,
): Promise<void> {
  const { roots } = heap.graph;
  for (let root = 0; root < roots.count; root++) {
    const target = roots.target[root];
    if (!objects.has(target) || found.has(target)) continue;
    const goroutine = goroutineOfRoot(heap.graph, root);
    if (goroutine !== null && isHarmless(goroutine, target)) continue;
    const segment = segmentOf(heap.graph, root);
    const at = segment ? segment.contentsAt + roots.offset[root] : 0;
    if (!segment || !(await isInterface(heap, words, at, segment.contentsAt))) found.add(target);
  }
}

function segmentOf({ roots, records }: HeapGraph, root: number): { contentsAt: number } | null {
  switch (roots.kind[root]) {
    case ROOT.data:
      return records.data;
    case ROOT.bss:
      return records.bss;
    case ROOT.stack:
      return records.frames[roots.owner[root]];
    default:
      return null;
  }
}

/** Whether the word before one, in memory that begins at `start` of the file, says that the two are an interface. */
async function isInterface(
  { graph, naming }: AnalysedHeap,
  words: FileWords,
  at: number,
  start: number,
): Promise<boolean> {
  const before = at - graph.records.params.pointerBytes;
  if (before < start) return false;
  if (!words.holds(before)) await words.load(before);
  return naming.interfaces.dynamicType(words.word(before)) !== null;
}
