/** Which function begins at a code address of the dump: by the executable's table, or by what the dump's own records say. */
import { NONE } from '../../lib/none';
import { valueAddress, type HeapGraph } from '../../graph/heap-graph';
import type { FunctionTable } from '../../program/function-table';
import { objectMemory } from '../../graph/contents/object-memory';

/** How the compiler names functions that only closures run. */
const CLOSURE_NAME = /(\.func\d+(\.\d+)*|-fm|\.gowrap\d+|\.deferwrap\d+|-range\d+|\.\d+)$/;

export interface CodeNames {
  /** Addresses outside are no code. */
  readonly lowest: number;
  readonly highest: number;
  /** Does a function begin at exactly this address, as far as is known? */
  isEntry(address: number): boolean;
  /** The function that begins at exactly this address, or null. */
  nameOf(entry: number): string | null;
  /** Is it known of the entry itself, not of its name only, that closures run it? */
  runsClosures(entry: number): boolean;
}

/** Does a function's name say that only closures run it? */
export function isClosureName(name: string): boolean {
  return CLOSURE_NAME.test(name);
}

export function programCode(functions: FunctionTable, slide: number): CodeNames {
  return {
    lowest: functions.entry[0] + slide,
    highest: functions.entry[functions.count] + slide,
    isEntry: (address) => functions.nameOfEntry(address - slide) !== null,
    nameOf: (entry) => functions.nameOfEntry(entry - slide),
    runsClosures: () => false,
  };
}

/**
 * Functions that have a frame somewhere, with their names, and the code without a name that finalizers, deferred calls and goroutines that have not
 * run yet are about to run.
 */
export async function recordedCode(graph: HeapGraph): Promise<CodeNames> {
  const names = new Map(graph.records.frames.map((frame) => [frame.entryPc, frame.function]));
  const called = await calledEntries(graph);
  let lowest = Infinity;
  let highest = 0;
  for (const entry of [...names.keys(), ...called]) {
    lowest = Math.min(lowest, entry);
    highest = Math.max(highest, entry + 1);
  }
  return {
    lowest,
    highest,
    isEntry: (address) => names.has(address) || called.has(address),
    nameOf: (entry) => names.get(entry) ?? null,
    runsClosures: (entry) => called.has(entry) || isClosureName(names.get(entry) ?? ''),
  };
}

/** Entries behind the func values that records hold. */
async function calledEntries(graph: HeapGraph): Promise<Set<number>> {
  const { finalizers, goroutines } = graph.records;
  const entries = new Set(finalizers.map(({ entryPc }) => entryPc));
  for (const { defers, context } of goroutines) {
    for (const { entryPc } of defers) entries.add(entryPc);
    entries.add(await entryOf(graph, context));
  }
  entries.delete(0);
  return entries;
}

/** The code of a closure in the heap; 0 where none lies at the address. */
async function entryOf(graph: HeapGraph, funcval: number): Promise<number> {
  const objectId = funcval === 0 ? NONE : graph.index.objectAt(funcval);
  if (objectId === NONE || funcval !== valueAddress(graph, objectId)) return 0;
  const { pointerBytes } = graph.records.params;
  return (await objectMemory(graph, objectId, pointerBytes)).word(0);
}
