/** What the steps of naming work with, made once for a graph and its executable. */
import type { MemoryAccount } from '../lib/alloc';
import type { Scratch } from '../lib/scratch';
import type { HeapGraph } from '../graph/heap-graph';
import { shapeOffsets } from '../graph/contents/read-object';
import type { Dwarf } from '../program/dwarf/dwarf';
import { hasMallocHeaders } from '../go/malloc-headers';
import type { VariableUses } from '../program/variable-uses';
import { Assignments } from './beliefs/assignments';
import { CandidateSets } from './beliefs/candidate-sets';
import { Closures } from './steps/closures';
import { programCode, recordedCode } from './executable/code-names';
import type { GoType } from './types/go-type';
import { HeapWindows } from '../graph/contents/heap-windows';
import { Dictionaries } from './executable/dictionaries';
import { Instances } from './executable/instances';
import { InterfaceWords } from './executable/interface-words';
import { KnownTypes } from './types/known-types';
import { Leaves } from './types/leaves';
import { readObjectShapes, type ObjectShape } from './types/object-shapes';
import { sweepHeaders, type FirstSweep } from './steps/object-sweep';
import type { MatchedProgram } from './executable/program-match';
import { readProgramTypes } from './executable/program-types';
import { Propagation } from './steps/propagation';
import { ReverseMaps } from './steps/reverse-maps';
import { runtimeLayout } from '../go/runtime-layout';
import { ShapeSearch } from './steps/shape-search';
import { StackValues } from './steps/stack-values';
import type { NamingStep, Steps } from './steps/steps';
import { StaticValues } from './executable/static-values';
import { Wrappers } from './steps/wrappers';
import { TypeNames } from './types/type-names';
import type { TypeSpace } from './types/type-space';

export interface NameOptions {
  /** A step that fails takes all of naming with it: for whoever can do without what may be at fault. */
  strict?: boolean;
  /** The executable, whose types at least are those of the dump; null names by the dump alone. */
  executable: MatchedProgram | null;
  account: MemoryAccount;
  /** Bytes of the dump's objects that may be kept in memory. */
  windowBudget: number;
  /** Bytes of the dump that are looked at at a time; left out, as many as serve well. */
  windowBytes?: number;
  /** Called at coarse steps, in sweeps with the share of them that is done, 0 … 1; may throw to cancel. */
  checkpoint: (share?: number) => void | Promise<void>;
  /** Hears of each step as it begins. */
  onStep?: (step: NamingStep) => void;
}

export interface NamingTools {
  graph: HeapGraph;
  dwarf: Dwarf | null;
  slide: number;
  /** Where package variables lie; null where nothing says so. */
  dataSlide: number | null;
  shapes: readonly ObjectShape[];
  types: TypeSpace;
  names: TypeNames;
  known: KnownTypes;
  interfaces: InterfaceWords;
  assignments: Assignments;
  candidates: CandidateSets;
  closures: Closures;
  /** What code says of package variables. */
  variables: VariableUses;
  statics: StaticValues;
  stack: StackValues;
  walk: Propagation;
  search: ShapeSearch;
  maps: ReverseMaps;
  headers: FirstSweep['headers'];
  /** What could not be read of the executable, in sentences. */
  notes: readonly string[];
}

/** Reads types, debug information and code of the executable, and the objects' first words. */
export async function gatherTools(
  graph: HeapGraph,
  options: NameOptions,
  steps: Pick<Steps, 'begin'>,
  scratch: Scratch,
): Promise<NamingTools> {
  const { checkpoint } = options;
  const program = options.executable?.program ?? null;
  const slide = options.executable?.slide ?? 0;
  const { records } = graph;
  const { go, pointerBytes } = records.params;
  const offsetsOf = async (id: number): Promise<Uint32Array> => {
    await checkpoint();
    return Uint32Array.from(await shapeOffsets(graph, id, Infinity));
  };
  const shapes = await readObjectShapes(graph, offsetsOf, hasMallocHeaders(go));
  await checkpoint();
  const { types, dwarf, hints, notes } = await readProgramTypes(options.executable, records, steps.begin, checkpoint);
  const names = new TypeNames(types);
  const find = (name: string): GoType | null => names.find(name);
  const known = new KnownTypes(types, runtimeLayout(go, records.params));
  const windows = await HeapWindows.over(graph, options.windowBudget, scratch, checkpoint, options.windowBytes);
  steps.begin('malloc headers');
  const code = program ? programCode(program.functions, slide) : await recordedCode(graph);
  const { codeWords, headers } = await sweepHeaders(graph, windows, shapes, types, code, scratch, checkpoint);
  const closures = new Closures(graph, shapes, code, hints, dwarf, types, known, slide, find, codeWords);
  const leaves = new Leaves(pointerBytes, find);
  const interfaces = new InterfaceWords(records, types);
  const assignments = new Assignments(graph, shapes, scratch, (id) => types.byId(id));
  const candidates = new CandidateSets(graph.objectCount, scratch);
  const statics = await StaticValues.of(graph, scratch);
  const stack = new StackValues(known);
  const instances = new Instances(names, known, new Dictionaries(options.executable, types));
  const isAllocated = (type: GoType): boolean => hints.allocated.has(type.address - slide);
  await checkpoint();
  const wrappers = new Wrappers(types.runtimeTypes(), isAllocated);
  await checkpoint();
  const walk = new Propagation(
    graph,
    windows,
    assignments,
    known,
    leaves,
    interfaces,
    closures,
    shapes,
    names,
    instances,
    wrappers,
    statics,
    stack,
    scratch,
  );
  await checkpoint();
  const search = new ShapeSearch(walk, shapes, types, leaves, interfaces, slide, hints.allocated);
  await checkpoint();
  const maps = new ReverseMaps(walk, types, search);
  return {
    graph,
    dwarf,
    slide,
    dataSlide: options.executable?.dataSlide ?? null,
    shapes,
    types,
    names,
    known,
    interfaces,
    assignments,
    candidates,
    closures,
    variables: hints.variables,
    statics,
    stack,
    walk,
    search,
    maps,
    headers,
    notes,
  };
}
