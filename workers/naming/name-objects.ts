/**
 * Names every object of a graph, with the evidence for each name. Steps go by what they need of each other,
 * and what they tell is followed to a fixed point; who is believed where two tell otherwise is the rank of SOURCE. A step that fails leaves what the
 * others found, and is told in words.
 */
import { NONE } from '../lib/none';
import { Scratch } from '../lib/scratch';
import { driveWith } from '../lib/work';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import { POOL_LOCAL } from '../go/pools';
import { runtimeLayout } from '../go/runtime-layout';
import { SOURCE } from './beliefs/assignments';
import { Beliefs, settleBeliefs } from './beliefs/beliefs';
import { tellCodeVariables } from './steps/code-variables';
import { findByteTellers } from './steps/byte-tellers';
import { tellChannelStructures } from './steps/channel-structures';
import { tellHashTries } from './steps/hash-tries';
import { tellInteriorArrays } from './steps/interior-arrays';
import { InterfaceWords } from './executable/interface-words';
import { KnownTypes } from './types/known-types';
import { tellMapStructures } from './steps/map-structures';
import { Naming } from './naming';
import { gatherTools, type NameOptions, type NamingTools } from './naming-tools';
import { segmentMemory } from '../graph/contents/object-memory';
import { sweepStrings, sweepValues } from './steps/object-sweep';
import { tellPoolStructures } from './steps/pool-structures';
import { tellPools } from './steps/pools';
import { seedFrames } from './steps/frame-seeds';
import { RootNames } from './steps/root-names';
import { seedGlobals, seedInterfaces, seedRecords } from './steps/root-seeds';
import { Steps, type NamingStep } from './steps/steps';
import { TypeSpace } from './types/type-space';

/** Rounds of the shape search at each strictness: each names what the last made certain, and few follow more than three. */
const MOST_ROUNDS = 8;

/** Names the objects of a graph, by the executable that wrote it where there is one. What it booked is given back where it fails or is cancelled. */
export async function nameObjects(graph: HeapGraph, options: NameOptions): Promise<Naming> {
  const { executable, account, checkpoint, strict = false, onStep = () => undefined } = options;
  const scratch = new Scratch(account);
  try {
    const steps = new Steps(strict, onStep);
    const tools = await gatherTools(graph, options, steps, scratch);
    const { types, known, interfaces, assignments, candidates, search, notes, dwarf, statics, stack } = tools;
    await runSteps(tools, steps, scratch, checkpoint);
    steps.begin('labels');
    await search.noteCandidates(candidates, checkpoint);
    const beliefs = await settleBeliefs(graph, assignments, candidates, scratch, checkpoint);
    await checkpoint();
    const roots = new RootNames(graph, executable, dwarf, types, known, statics, stack);
    return new Naming(graph, types, known, interfaces, beliefs, roots, executable, notes, steps.failures);
  } finally {
    scratch.releaseAll();
  }
}

/** Objects of which nothing is believed: known by their shapes alone, until they are named. Holds nothing of the account. */
export function leaveUnnamed(graph: HeapGraph): Naming {
  const { params } = graph.records;
  const types = new TypeSpace(null, null, 0, params.pointerBytes, []);
  const known = new KnownTypes(types, runtimeLayout(params.go, params));
  const roots = new RootNames(graph, null, null, types, known, null, null);
  return new Naming(graph, types, known, new InterfaceWords(graph.records, types), new Beliefs(), roots, null, []);
}

type Checkpoint = NameOptions['checkpoint'];

/** What the allocator, the linker and the runtime have written comes before what follows from layouts and contents alone. */
async function runSteps(tools: NamingTools, steps: Steps, scratch: Scratch, checkpoint: Checkpoint): Promise<void> {
  const { graph, assignments, walk, shapes, types, closures, names, search } = tools;
  const step = (of: NamingStep, tell: () => void | Promise<void>): Promise<void> => steps.run(of, tell);
  const followed = (of: NamingStep, tell: () => void | Promise<void>): Promise<void> =>
    steps.run(of, async () => {
      await tell();
      await walk.run(checkpoint);
    });
  await followed('malloc headers', () => {
    tellHeaders(tools);
  });
  await step('variables', () => seedSegments(tools));
  await followed('goroutines and finalizers', () => {
    seedRecords(walk, types, closures, (name) => names.find(name));
  });
  await followed('interface words', () => sweepValues(walk, shapes, types, checkpoint));
  await followed('closures', () => {
    closures.tellAll(walk);
  });
  await followed('frames', () => seedFrames(tools, checkpoint));
  await followed('code', () => {
    tellVariablesByCode(tools);
  });
  await step('pools', async () => {
    if (names.find(POOL_LOCAL)) tellPools(walk, shapes, names);
    else await tellPoolStructures(walk, shapes, types, checkpoint);
  });
  await followed('hash tries', () => tellHashTries(walk, search, names, checkpoint));
  await step('shapes', () => searchShapes(tools, checkpoint));
  const tellers = await driveWith(checkpoint, findByteTellers(graph, assignments, shapes, scratch));
  await step('arrays', () => tellInteriorArrays(walk, shapes, types, search, tellers, checkpoint));
  await step('maps', () => tellMapStructures(walk, shapes, checkpoint));
  await followed('channels', () => tellChannelStructures(walk, shapes, checkpoint));
  await step('strings', () => sweepStrings(walk, shapes, tellers, checkpoint));
}

function tellHeaders({ graph, walk, closures, headers }: NamingTools): void {
  for (const { objectId, type } of headers) {
    // The header of a large closure names a struct that begins with the code.
    const real = (type.fields.at(0)?.name.endsWith('F') && closures.typeOf(objectId)) || type;
    walk.tell(valueAddress(graph, objectId), real, 1, SOURCE.header, { objectId: NONE, offset: 0 });
  }
}

/** Debug information says the same and more. */
function tellVariablesByCode({ walk, variables, statics, types, names, dwarf, dataSlide, slide }: NamingTools): void {
  if (dwarf !== null || dataSlide === null) return;
  const segments = statics.segments.map(({ segment: { address, bytes }, memory }) => ({ address, bytes, memory }));
  tellCodeVariables(walk, variables, segments, types, names, { slide: dataSlide, typeSlide: slide });
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

async function seedSegments(tools: NamingTools): Promise<void> {
  const { walk, statics, dwarf, types, dataSlide } = tools;
  const { records } = walk.graph;
  for (const segment of [records.data, records.bss]) {
    if (!segment) continue;
    const memory = statics.memoryOf(segment) ?? (await segmentMemory(walk.graph, segment));
    if (dwarf && dataSlide !== null) seedGlobals(walk, dwarf, types, dataSlide, segment, memory);
    seedInterfaces(walk, segment, memory);
  }
}
