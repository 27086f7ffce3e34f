/**
 * Names every object of a graph, with the evidence for each name. Steps go in order of trust; each is followed by propagation to a fixed point:
 * malloc headers, DWARF variables, runtime records, interface words, channels, closures, then shapes.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import { shapeOffsets } from '../graph/read-object';
import type { CodeHints } from '../program/code-scan';
import { scanCode } from '../program/code-scan';
import { Dwarf } from '../program/dwarf/dwarf';
import { NotAnExecutable } from '../program/file-view';
import { parseGoVersion } from '../program/go-version';
import type { Program } from '../program/program';
import { Assignments, SOURCE } from './assignments';
import { segmentMemory } from './object-memory';
import { CandidateSets } from './candidate-sets';
import { Closures } from './closures';
import { programCode, recordedCode } from './code-names';
import type { GoType } from './go-type';
import { tellHashTries } from './hash-tries';
import { HeapWindows } from './heap-windows';
import { InterfaceWords } from './interface-words';
import { KnownTypes, type RuntimeLayout } from './known-types';
import { Leaves } from './leaves';
import { tellMapStructures } from './map-structures';
import { Naming } from './naming';
import { readObjectShapes } from './object-shapes';
import { sweepHeaders, sweepStrings, sweepValues } from './object-sweep';
import { tellPools } from './pools';
import { Propagation } from './propagation';
import { tellReceiver } from './receivers';
import { seedFrame, seedGlobals, seedInterfaces, seedRecords } from './root-seeds';
import { RootNames } from './root-names';
import { ReverseMaps } from './reverse-maps';
import { ShapeSearch } from './shape-search';
import { TypeNames } from './type-names';
import { TypeSpace } from './type-space';

export interface NameOptions {
  /** The executable, matched in full; null names by the dump alone. */
  executable: { program: Program; slide: number } | null;
  account: MemoryAccount;
  /** Bytes of the dump's objects that may be kept in memory. */
  windowBudget: number;
  /** Called at coarse steps; may throw to cancel. */
  checkpoint: () => void | Promise<void>;
}

/** Rounds of the shape search at each strictness: each names what the last made certain, and few follow more than three. */
const MOST_ROUNDS = 8;

const NO_HINTS: CodeHints = { allocated: new Set(), closureType: new Map() };

/** Names the objects of a graph, by the executable that wrote it where there is one. */
export async function nameObjects(graph: HeapGraph, options: NameOptions): Promise<Naming> {
  const { account, checkpoint } = options;
  const program = options.executable?.program ?? null;
  const slide = options.executable?.slide ?? 0;
  const version = parseGoVersion(graph.records.params.version);
  const pointerBytes = graph.records.params.pointerBytes;
  const shapes = await readObjectShapes(
    graph,
    async (id) => Uint32Array.from(await shapeOffsets(graph, id, Infinity)),
    version.minor >= 22,
  );
  const notes = [...(program?.image.notes ?? [])];
  const dwarf = program && readDwarf(program, notes);
  const types = new TypeSpace(program, dwarf, slide, pointerBytes, graph.records.types);
  const names = new TypeNames(types);
  const find = (name: string): GoType | null => names.find(name);
  const known = new KnownTypes(types, layoutOf(version.minor, version.experiments, pointerBytes));
  const windows = new HeapWindows(graph, options.windowBudget);
  const assignments = new Assignments(graph, shapes, account, (id) => types.byId(id));
  const hints =
    program?.module && program.types
      ? scanCode(program.image, program.module, program.functions, program.types)
      : NO_HINTS;

  const code = program ? programCode(program.functions, slide) : recordedCode(graph.records);
  const first = await sweepHeaders(graph, windows, shapes, types, code, checkpoint);
  const closures = new Closures(graph, shapes, code, hints, dwarf, types, known, slide, find, first.codeWord);
  const leaves = new Leaves(pointerBytes, find);
  const interfaces = new InterfaceWords(graph.records, types);
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
    account,
  );
  for (const { objectId, type } of first.headers) {
    // The header of a large closure names a struct that begins with the code.
    const real = (type.fields.at(0)?.name.endsWith('F') && closures.typeOf(objectId)) || type;
    walk.tell(valueAddress(graph, objectId), real, 1, SOURCE.header, { objectId: NONE, offset: 0 });
  }
  await walk.run(checkpoint);
  await seedRoots(walk, dwarf, types, names, slide);
  seedRecords(walk, types, closures, find);
  await walk.run(checkpoint);
  await sweepValues(walk, shapes, types, checkpoint);
  await walk.run(checkpoint);
  closures.tellAll(walk);
  await walk.run(checkpoint);
  const search = new ShapeSearch(walk, shapes, types, leaves, interfaces, slide, hints.allocated);
  const maps = new ReverseMaps(walk, types, search);
  tellPools(walk, shapes, names);
  await tellHashTries(walk, search, names, checkpoint);
  await walk.run(checkpoint);
  for (const proofs of [1, 0]) {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = [await search.sweep(proofs, checkpoint), await maps.sweep(checkpoint)];
      await walk.run(checkpoint);
      if (!found.includes(true)) break;
    }
  }
  await tellMapStructures(walk, shapes, checkpoint);
  await walk.run(checkpoint);
  await sweepStrings(walk, shapes, checkpoint);
  const candidates = new CandidateSets(graph.objectCount, account);
  await search.noteCandidates(candidates, checkpoint);
  walk.release();
  const roots = new RootNames(graph, options.executable, dwarf, types, known);
  return new Naming(graph, types, known, interfaces, assignments, candidates, roots, options.executable, notes);
}

/** Debug information that is damaged is as good as none, but for a word about it. */
function readDwarf(program: Program, notes: string[]): Dwarf | null {
  try {
    return Dwarf.read(program.image);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof NotAnExecutable)) throw error;
    notes.push(`The executable's debug information cannot be read: ${error.message}. Variables have no names.`);
    return null;
  }
}

async function seedRoots(
  walk: Propagation,
  dwarf: Dwarf | null,
  types: TypeSpace,
  names: TypeNames,
  slide: number,
): Promise<void> {
  const { records } = walk.graph;
  for (const segment of [records.data, records.bss]) {
    if (!segment) continue;
    const memory = await segmentMemory(walk.graph, segment);
    if (dwarf) seedGlobals(walk, dwarf, types, slide, segment, memory);
    seedInterfaces(walk, segment, memory);
  }
  const registerArguments = records.params.architecture === 'amd64';
  for (const [i, frame] of records.frames.entries()) {
    const memory = await segmentMemory(walk.graph, frame);
    const callee = i > 0 && records.frames[i - 1].goroutine === frame.goroutine ? records.frames[i - 1].function : null;
    if (callee !== null && registerArguments)
      tellReceiver(walk, names, callee, { pointerOffsets: frame.pointerOffsets, memory });
    if (dwarf) seedFrame(walk, dwarf, types, slide, frame, memory);
    seedInterfaces(walk, frame, memory);
  }
}

function layoutOf(minor: number, experiments: ReadonlySet<string>, pointerBytes: 4 | 8): RuntimeLayout {
  return {
    pointerBytes,
    swissMaps: !(minor < 24) && !experiments.has('noswissmap'),
    channelBytes: minor < 23 ? 96 : minor < 25 ? 104 : 112,
    channelTypeAt: minor < 23 ? 32 : 40,
  };
}
