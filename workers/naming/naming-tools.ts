/** What the steps of naming work with, made once for a graph and its executable. */
import type { MemoryAccount } from '../lib/alloc';
import type { Scratch } from '../lib/scratch';
import { driveWith } from '../lib/work';
import type { HeapGraph } from '../graph/heap-graph';
import { shapeOffsets } from '../graph/contents/read-object';
import { noHints, type CodeHints } from '../program/code-follower';
import { scanCode } from '../program/code-scan';
import { localTypeNames } from '../program/local-types';
import { Dwarf } from '../program/dwarf/dwarf';
import { NotAnExecutable } from '../program/file-view';
import { hasMallocHeaders } from '../go/malloc-headers';
import type { VariableUses } from '../program/variable-uses';
import type { Program } from '../program/program';
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
import { Propagation } from './steps/propagation';
import { ReverseMaps } from './steps/reverse-maps';
import { runtimeLayout } from '../go/runtime-layout';
import { ShapeSearch } from './steps/shape-search';
import { StackValues } from './steps/stack-values';
import { StaticValues } from './executable/static-values';
import { Wrappers } from './steps/wrappers';
import { TypeNames } from './types/type-names';
import { TypeSpace } from './types/type-space';

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
  /** Called at coarse steps; may throw to cancel. */
  checkpoint: () => void | Promise<void>;
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
export async function gatherTools(graph: HeapGraph, options: NameOptions, scratch: Scratch): Promise<NamingTools> {
  const { checkpoint } = options;
  const program = options.executable?.program ?? null;
  const slide = options.executable?.slide ?? 0;
  const { records } = graph;
  const { go } = records.params;
  const pointerBytes = records.params.pointerBytes;
  const offsetsOf = async (id: number): Promise<Uint32Array> => {
    await checkpoint();
    return Uint32Array.from(await shapeOffsets(graph, id, Infinity));
  };
  const shapes = await readObjectShapes(graph, offsetsOf, hasMallocHeaders(go));
  await checkpoint();
  const notes = [...(program?.image.notes ?? [])];
  const dwarf = program && (await readDwarf(program, notes, checkpoint));
  const hints = program ? await hintsOf(program, checkpoint) : noHints();
  const ownNames = program?.types ? localTypeNames(program.types, program.functions, hints.loadedAt) : undefined;
  const types = new TypeSpace(program, dwarf, slide, pointerBytes, records.types, ownNames);
  const names = new TypeNames(types);
  const find = (name: string): GoType | null => names.find(name);
  const known = new KnownTypes(types, runtimeLayout(go, records.params));
  const windows = await HeapWindows.over(graph, options.windowBudget, scratch, checkpoint, options.windowBytes);
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
  const wrappers = new Wrappers(types.runtimeTypes(), isAllocated);
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
  const search = new ShapeSearch(walk, shapes, types, leaves, interfaces, slide, hints.allocated);
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

async function hintsOf(
  { image, module, functions, types, version }: Program,
  checkpoint: NameOptions['checkpoint'],
): Promise<CodeHints> {
  return module && types ? driveWith(checkpoint, scanCode({ image, module, functions, types, version })) : noHints();
}

/** Debug information that is damaged is as good as none, but for a word about it. */
async function readDwarf(
  program: Program,
  notes: string[],
  checkpoint: NameOptions['checkpoint'],
): Promise<Dwarf | null> {
  try {
    return await driveWith(checkpoint, Dwarf.read(program.image));
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof NotAnExecutable)) throw error;
    notes.push(`The executable's debug information cannot be read: ${error.message}. Variables have no names.`);
    return null;
  }
}
