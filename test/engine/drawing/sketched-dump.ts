/** A dump as the drawings see it, made from a sketch: every pointer word of an object is a reference, eight bytes apart. */
import { parseSketch } from '../../../fixtures/shapes/sketch';
import { findDistances } from '../../../workers/analysis/distances';
import { findKeepers } from '../../../workers/cycles/keepers';
import type { DumpRecords } from '../../../workers/dump/records';
import type { HeapGraph } from '../../../workers/graph/heap-graph';
import { finish } from '../../../workers/lib/work';
import type { AnalysedDump } from '../../../workers/session/dump/opened-dump';
import { GivenNames } from '../../../workers/session/dump/given-names';
import { RootIndex } from '../../../workers/heap/root-index';
import type { TypeLabels } from '../../../workers/session/dump/type-labels';
import { analyse } from '../../support/analyse';
import { objectGraph } from '../../support/object-graph';

export interface SketchedDump {
  dump: AnalysedDump;
  id(name: string): number;
  address(name: string): `0x${string}`;
}

const SLOT = 0x10000;
const FIRST = 0xc000000000;

/** Object `n` (1, 2, …) lies at 0xc000000000 + n * 0x10000. */
export function sketchedDump(text: string): SketchedDump {
  const sketch = parseSketch(text);
  const small = objectGraph(sketch);
  const slotAddress = Float64Array.from({ length: small.vertexCount }, (_, id) => FIRST + id * SLOT);
  const graph: HeapGraph = {
    ...small,
    slotAddress,
    contentsAt: new Float64Array(small.vertexCount),
    index: { objectAt: (address) => Math.floor((address - FIRST) / SLOT) },
    heapBytes: sketch.objects.reduce((sum, { bytes }) => sum + bytes, 0),
    phantomRecords: 0,
    phantomBytes: 0,
    records: oneOfEach(),
  };
  const { account, reachability, components, tree } = analyse(graph);
  const naming = {
    typeOf: () => null,
    label: () => null,
    reason: () => null,
    reportLine: () => null,
    fieldPath: () => '',
    rootName: () => null,
    beliefs: { all: [], numberOf: () => 0 },
  } as unknown as AnalysedDump['naming'];
  const kept = { graph, naming, reachability, components };
  const structures = { structures: new Uint8Array(graph.vertexCount), stuck: Uint8Array.of(0) };
  const dump: AnalysedDump = {
    graph,
    account,
    pointers: {
      referenceOf: () => {
        throw new Error('drawings follow references, not referrers');
      },
      of: async (id) => {
        const count = graph.referenceStart[id + 1] - graph.referenceStart[id];
        return { offset: Float64Array.from({ length: count }, (_, i) => 8 * i), targetOffset: new Float64Array(count) };
      },
    },
    shapeTexts: [],
    labels: labelsBySize(graph),
    naming,
    executable: null,
    given: GivenNames.none([]),
    finalizerOf: new Map(),
    functions: (pc) => (pc === 0x401000 ? 'main.(*T).Close' : null),
    untried: false,
    problem: null,
    reachability,
    components,
    dominators: tree,
    distance: finish(findDistances(graph, reachability, account)),
    roots: new RootIndex(graph, reachability.effectiveRoots, account),
    keepers: finish(findKeepers({ ...kept, ...structures }, account)),
  };
  const id = (name: string) => sketch.id(name);
  return { dump, id, address: (name) => `0x${slotAddress[id(name)].toString(16)}` };
}

/** Each size is a shape, and each shape a label. */
function labelsBySize({ shapes, shapeId }: HeapGraph): TypeLabels {
  const none = { exact: 0, likely: 0, kind: 0, shape: 0 };
  const label = (group: number) => ({
    type: null,
    evidence: 'shape' as const,
    shape: `${shapes.slotSize[group]} B, no pointers`,
    package: null,
    hint: null,
  });
  return {
    count: shapes.count,
    labelOf: (objectId) => shapeId[objectId],
    label,
    objects: new Float64Array(shapes.count),
    bytes: new Float64Array(shapes.count),
    of: (objectId) => label(shapeId[objectId]),
    coverage: { objects: none, bytes: none },
  };
}

/** Records that every root of a kind belongs to. Only what drawings read is there. */
function oneOfEach(): DumpRecords {
  const goroutine = { id: 17, address: 0xc0000001a0 };
  const frame = { function: 'main.serve', goroutine: 0, address: 0xc000100000 };
  const finalizer = { object: FIRST + SLOT, entryPc: 0x401000 };
  const other = { description: 'runtime.allp', pointer: 0 };
  const segment = { address: 0x500000, contentsAt: 0, bytes: 4096, pointerOffsets: new Uint32Array(0) };
  const records: Partial<Record<keyof DumpRecords, unknown>> = {
    goroutines: [goroutine],
    frames: [frame],
    finalizers: [finalizer],
    otherRoots: [other],
    data: segment,
    bss: segment,
  };
  return records as unknown as DumpRecords;
}
