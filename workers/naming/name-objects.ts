/**
 * Names every object of a graph, with the evidence for each name. Steps go in order of trust; each is followed by propagation to a fixed point:
 * malloc headers, DWARF variables, runtime records, interface words, channels, closures, then shapes.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import { SOURCE } from './assignments';
import { tellHashTries } from './hash-tries';
import { tellMapStructures } from './map-structures';
import { Naming } from './naming';
import { gatherTools, type NameOptions, type NamingTools } from './naming-tools';
import { segmentMemory } from './object-memory';
import { sweepStrings, sweepValues } from './object-sweep';
import { tellPools } from './pools';
import { tellReceiver } from './receivers';
import { RootNames } from './root-names';
import { seedFrame, seedGlobals, seedInterfaces, seedRecords } from './root-seeds';

/** Rounds of the shape search at each strictness: each names what the last made certain, and few follow more than three. */
const MOST_ROUNDS = 8;
/** Stack frames between two checkpoints. */
const FRAMES_BETWEEN = 256;

/** Names the objects of a graph, by the executable that wrote it where there is one. What it booked is given back where it fails or is cancelled. */
export async function nameObjects(graph: HeapGraph, options: NameOptions): Promise<Naming> {
  const tools = await gatherTools(graph, options);
  try {
    const { search, candidates } = await runSteps(tools, options.checkpoint);
    await search.noteCandidates(candidates, options.checkpoint);
  } catch (error) {
    releaseColumns(tools, options.account);
    throw error;
  } finally {
    tools.walk.release();
  }
  const { types, known, interfaces, assignments, candidates, notes, dwarf } = tools;
  const roots = new RootNames(graph, options.executable, dwarf, types, known);
  return new Naming(graph, types, known, interfaces, assignments, candidates, roots, options.executable, notes);
}

function releaseColumns({ assignments, candidates }: NamingTools, account: MemoryAccount): void {
  assignments.release(account);
  candidates.release(account);
}

type Checkpoint = () => void | Promise<void>;

/** The steps in order of trust. */
async function runSteps(tools: NamingTools, checkpoint: Checkpoint): Promise<NamingTools> {
  const { walk, shapes, types, closures, names, search } = tools;
  tellHeaders(tools);
  await walk.run(checkpoint);
  await seedRoots(tools, checkpoint);
  seedRecords(walk, types, closures, (name) => names.find(name));
  await walk.run(checkpoint);
  await sweepValues(walk, shapes, types, checkpoint);
  await walk.run(checkpoint);
  closures.tellAll(walk);
  await walk.run(checkpoint);
  tellPools(walk, shapes, names);
  await tellHashTries(walk, search, names, checkpoint);
  await walk.run(checkpoint);
  await searchShapes(tools, checkpoint);
  await tellMapStructures(walk, shapes, checkpoint);
  await walk.run(checkpoint);
  await sweepStrings(walk, shapes, checkpoint);
  return tools;
}

function tellHeaders({ graph, walk, closures, headers }: NamingTools): void {
  for (const { objectId, type } of headers) {
    // The header of a large closure names a struct that begins with the code.
    const real = (type.fields.at(0)?.name.endsWith('F') && closures.typeOf(objectId)) || type;
    walk.tell(valueAddress(graph, objectId), real, 1, SOURCE.header, { objectId: NONE, offset: 0 });
  }
}

/** Shapes and maps feed each other: rounds that ask for a proof first, then rounds that do without. */
async function searchShapes({ walk, search, maps }: NamingTools, checkpoint: Checkpoint): Promise<void> {
  for (const proofs of [1, 0]) {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = [await search.sweep(proofs, checkpoint), await maps.sweep(checkpoint)];
      await walk.run(checkpoint);
      if (!found.includes(true)) break;
    }
  }
}

async function seedRoots({ walk, dwarf, types, names, slide }: NamingTools, checkpoint: Checkpoint): Promise<void> {
  const { records } = walk.graph;
  for (const segment of [records.data, records.bss]) {
    if (!segment) continue;
    const memory = await segmentMemory(walk.graph, segment);
    if (dwarf) seedGlobals(walk, dwarf, types, slide, segment, memory);
    seedInterfaces(walk, segment, memory);
  }
  const registerArguments = records.params.architecture === 'amd64';
  for (const [i, frame] of records.frames.entries()) {
    if (i % FRAMES_BETWEEN === 0) await checkpoint();
    const memory = await segmentMemory(walk.graph, frame);
    const callee = i > 0 && records.frames[i - 1].goroutine === frame.goroutine ? records.frames[i - 1].function : null;
    if (callee !== null && registerArguments)
      tellReceiver(walk, names, callee, { pointerOffsets: frame.pointerOffsets, memory });
    if (dwarf) seedFrame(walk, dwarf, types, slide, frame, memory);
    seedInterfaces(walk, frame, memory);
  }
}
