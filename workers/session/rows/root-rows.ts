/** Roots as labels and rows: where a pointer from outside the heap lies, in words. */
import type { RootLabel, RootRow } from '../../api/rows';
import type { RootKind } from '../../api/values';
import type { DumpRecords } from '../../dump/records';
import { rootAddress } from '../../graph/contents/read-object';
import { ROOT, ROOT_KINDS, ROOT_PART, shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { formatAddress, objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { typeLabel } from '../dump/type-labels';
import { holderOf } from './held';

/** What the names of roots come from. */
type NamedRoots = Pick<AnalysedDump, 'graph' | 'naming' | 'keepers'>;

/** What a row of graph.roots is called; `root` is its index. */
export function rootLabel({ graph, naming, keepers }: NamedRoots, root: number): RootLabel {
  const { kind, owner, offset, strongCount } = graph.roots;
  const place = placeOf(graph.records, kind[root], owner[root], offset[root]);
  const address = rootAddress(graph, root);
  return {
    kind: rootKind(graph, root),
    holder: holderOf(keepers.ofRoot[root]),
    weak: root >= strongCount,
    ...place,
    name: naming.rootName(root) ?? place.name,
    address: address === null ? null : formatAddress(address),
  };
}

export function rootKind(graph: HeapGraph, root: number): RootKind {
  return ROOT_KINDS[graph.roots.kind[root]];
}

export function rootRow(dump: AnalysedDump, root: number): RootRow {
  const { graph } = dump;
  const target = graph.roots.target[root];
  return {
    ...rootLabel(dump, root),
    ...typeLabel(dump.labels, target),
    target: objectAddress(graph, target),
    targetOffset: rootTargetOffset(graph, root),
    size: shallowSize(graph, target),
    retainedSize: dump.dominators.retainedSize[target],
  };
}

/** How far into its target's value a root points; the root table counts from the slot. */
export function rootTargetOffset(graph: HeapGraph, root: number): number {
  return graph.roots.targetOffset[root] - graph.shapes.valueOffset[graph.shapeId[graph.roots.target[root]]];
}

/** Where a root's pointer lies in its segment or frame; null for the records that have no place of their own. */
export function rootOffset(graph: HeapGraph, root: number): number | null {
  return graph.roots.kind[root] <= ROOT.stack ? graph.roots.offset[root] : null;
}

type Place = Pick<RootLabel, 'name' | 'goroutine' | 'frame'>;

function placeOf(records: DumpRecords, kind: number, owner: number, offset: number): Place {
  switch (kind) {
    case ROOT.data:
      return inSegment('data', offset);
    case ROOT.bss:
      return inSegment('bss', offset);
    case ROOT.stack:
      return inFrame(records, owner, offset);
    case ROOT.goroutine:
      return inGoroutine(records, owner, offset);
    case ROOT.finalizer:
      return ofFinalizer(records, owner, offset);
    default:
      return { name: records.otherRoots[owner].description, goroutine: null, frame: null };
  }
}

function inSegment(segment: string, offset: number): Place {
  return { name: `${segment}+${hex(offset)}`, goroutine: null, frame: null };
}

function inFrame(records: DumpRecords, owner: number, offset: number): Place {
  const frame = records.frames[owner];
  return {
    name: `${frame.function} +${hex(offset)}`,
    goroutine: records.goroutines[frame.goroutine].id,
    frame: frame.function,
  };
}

const GOROUTINE_PARTS: Record<number, string> = {
  [ROOT_PART.descriptor]: 'descriptor',
  [ROOT_PART.context]: 'saved closure',
  [ROOT_PART.deferRecord]: 'defer record',
  [ROOT_PART.deferFunction]: 'deferred function',
  [ROOT_PART.panicRecord]: 'panic record',
  [ROOT_PART.panicValue]: 'panic value',
};

function inGoroutine(records: DumpRecords, owner: number, part: number): Place {
  const goroutine = records.goroutines[owner];
  return {
    name: `goroutine ${goroutine.id}, ${GOROUTINE_PARTS[part]}`,
    goroutine: goroutine.id,
    frame: null,
  };
}

function ofFinalizer(records: DumpRecords, owner: number, part: number): Place {
  const object = formatAddress(records.finalizers[owner].object);
  const what = part === ROOT_PART.finalizerFunction ? 'function of the finalizer' : 'finalizer';
  return { name: `${what} of ${object}`, goroutine: null, frame: null };
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
