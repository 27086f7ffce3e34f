/**
 * Maps far emptier than their tables. Maps are known by their structure without any names; what each is of, and who has it, needs the
 * executable.
 */
import { SLOTS_PER_GROUP, type SwissMaps } from '../../go/maps';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { Scratch } from '../../lib/scratch';
import { HeapWindows } from '../../graph/contents/heap-windows';
import { readMapHeader } from '../../naming/steps/map-headers';
import { objectMemory } from '../../graph/contents/object-memory';
import { eachObject } from '../../graph/contents/each-object';
import type { Detector } from '../detector';
import type { Finding } from '../finding';
import { rootPlace } from '../holders/root-way';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { offsetOfReference } from '../../heap/references';
import { fieldOf, groupedBy, severityOfWaste, type Group } from '../waste/waste';
import { counted, formatBytes } from '../../lib/format';

/** Smaller tables are told of by nobody. */
const SMALLEST = 4096;
/** A map that only grew fills 3 of 8 slots at the least; fewer than this it has after many were deleted, or when it was made too large. */
const USED_SHARE = 1 / 8;
const MOST_PLACES = 10;
const MOST_MAPS = 8;

export const mapWaste: Detector = {
  name: 'map-waste',
  title: 'Maps far emptier than their tables',
  async detect(heap) {
    const maps = await emptyMaps(heap);
    const groups = await groupedBy(
      heap,
      maps,
      ({ place }) => place,
      ({ unused }) => unused,
    );
    return { findings: groups.slice(0, MOST_PLACES).flatMap((group) => describe(heap, group)), skipped: null };
  },
};

interface EmptyMap {
  readonly objectId: number;
  readonly used: number;
  readonly slots: number;
  /** Bytes of its tables, less the share that is used. */
  readonly unused: number;
  /** Its type and where it is referred to from. */
  readonly place: string;
}

interface MapTables {
  readonly used: number;
  readonly slots: number;
  readonly bytes: number;
}

async function emptyMaps(heap: AnalysedHeap): Promise<EmptyMap[]> {
  const { maps } = heap.naming.known.layout;
  const empty: EmptyMap[] = [];
  for (const { objectId, used, body, count } of await mapHeaders(heap)) {
    await heap.checkpoint();
    const tables =
      count > 0 || !maps.swiss
        ? { used, slots: SLOTS_PER_GROUP * count, bytes: shallowSize(heap.graph, body) }
        : await tablesOf(heap, maps, used, body);
    if (tables.bytes < SMALLEST || used >= USED_SHARE * tables.slots) continue;
    const unused = tables.bytes * (1 - used / tables.slots);
    empty.push({
      objectId,
      used,
      slots: tables.slots,
      unused: Math.round(unused),
      place: await placeOf(heap, objectId),
    });
  }
  return empty;
}

/** `body`: the buckets, `count` of them, or a directory of tables where `count` is 0. */
interface MapBody {
  readonly objectId: number;
  readonly used: number;
  readonly body: number;
  readonly count: number;
}

/** Headers whose tables may be large, by one sweep over the windows that hold any. */
async function mapHeaders(heap: AnalysedHeap): Promise<MapBody[]> {
  const { graph, naming } = heap;
  const { maps } = naming.known.layout;
  const isHeader = naming.beliefs.all.map(({ type }) => type?.role === 'map header');
  if (!isHeader.includes(true)) return [];
  const headers: MapBody[] = [];
  const scratch = new Scratch(heap.account);
  try {
    const windows = await HeapWindows.over(graph, 0, scratch, () => heap.checkpoint());
    await eachObject(
      windows,
      () => heap.checkpoint(),
      (objectId, position) => {
        const header = readMapHeader(windows, position, maps);
        const body = header ? graph.index.objectAt(header.pointer) : NONE;
        if (!header || body === NONE) return;
        // one group or bucket is never large; a directory may be small and lead to large tables
        if (header.directory === 0 && shallowSize(graph, body) < SMALLEST) return;
        if (header.directory > 0 && bytesBelow(heap, body) < SMALLEST) return;
        headers.push({ objectId, used: header.used, body, count: header.directory > 0 ? 0 : header.count });
      },
      (objectId) => isHeader[naming.beliefs.numberOf(objectId)],
    );
  } finally {
    scratch.releaseAll();
  }
  return headers;
}

/** Bytes of the groups of all tables of a directory. */
function bytesBelow({ graph }: AnalysedHeap, directory: number): number {
  const { referenceStart, referenceTarget } = graph;
  let bytes = 0;
  let last = NONE;
  for (let at = referenceStart[directory]; at < referenceStart[directory + 1]; at++) {
    const table = referenceTarget[at];
    // a table stands several times in a row where others have been split further
    if (table === last) continue;
    last = table;
    for (let group = referenceStart[table]; group < referenceStart[table + 1]; group++) {
      bytes += shallowSize(graph, referenceTarget[group]);
    }
  }
  return bytes;
}

/** Slots of all tables of a directory. */
async function tablesOf(
  heap: AnalysedHeap,
  { table: { at } }: SwissMaps,
  used: number,
  directory: number,
): Promise<MapTables> {
  const { referenceStart, referenceTarget } = heap.graph;
  const tables = new Set(referenceTarget.subarray(referenceStart[directory], referenceStart[directory + 1]));
  let slots = 0;
  for (const table of tables) {
    await heap.checkpoint();
    slots += (await objectMemory(heap.graph, table, at.groups)).u16(at.capacity);
  }
  return { used, slots, bytes: bytesBelow(heap, directory) };
}

/** `map[int64]main.Session at main.Registry .emptied`, as far as names go. */
async function placeOf(heap: AnalysedHeap, objectId: number): Promise<string> {
  const { graph, roots } = heap;
  const type = heap.typeText(objectId);
  const referrer = graph.referrerStart[objectId];
  if (referrer < graph.referrerStart[objectId + 1]) {
    const from = graph.referrerSource[referrer];
    const offset = await offsetOfReference(graph, from, objectId);
    return offset === null ? type : `${type} at ${fieldOf(heap, from, offset)}`;
  }
  for (const root of roots.ofObject(objectId)) return `${type} at ${rootPlace(heap, root)}`;
  return type;
}

function describe(heap: AnalysedHeap, { key, items, bytes }: Group<EmptyMap>): Finding[] {
  const severity = severityOfWaste(heap, bytes);
  if (severity === null) return [];
  return [
    {
      detector: mapWaste.name,
      key,
      severity,
      confidence: 'likely',
      basis:
        'The maps’ own counts, and the size of their tables. Whether they will be filled again, a dump does not tell.',
      title: `${formatBytes(bytes)} of tables are unused in ${counted(items.length, 'map')}: ${key}`,
      objects: items.length,
      bytes,
      proofs: items.slice(0, MOST_MAPS).map(({ objectId, used, slots, unused }) => ({
        kind: 'object',
        objectId,
        text: `${counted(used, 'entry', 'entries')} in ${counted(slots, 'slot')}: ${formatBytes(unused)} for nothing`,
      })),
      why: 'A map grows and never shrinks: deleting its entries, and clear, leave its tables as large as they were.',
      fix: {
        text: 'Make a new map and copy what is left, now and then; or let the values be pointers, so that the tables are small.',
        before: 'for key := range m {\n\tif old(key) {\n\t\tdelete(m, key)\n\t}\n}',
        after:
          'kept := make(map[Key]Value, expected)\nfor key, value := range m {\n\tif !old(key) {\n\t\tkept[key] = value\n\t}\n}\nm = kept',
      },
      cuts: [],
    },
  ];
}
