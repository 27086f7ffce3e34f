/** References as rows: out of an object, into an object, and across a cycle's border. */
import type { BorderReference } from '../../api/cycle-rows';
import type { ReferenceRow, ReferrerRow } from '../../api/rows';
import { shallowSize } from '../../graph/heap-graph';
import { fieldPathInWords } from '../../values/decode-value';
import { objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { typeLabel } from '../dump/type-labels';
import { rootLabel, rootOffset, rootTargetOffset } from './root-rows';

/** `reference` is an index of referenceTarget in the row of `objectId`. */
export async function referenceRow(dump: AnalysedDump, objectId: number, reference: number): Promise<ReferenceRow> {
  const { graph } = dump;
  const target = graph.referenceTarget[reference];
  return {
    ...(await pointerAt(dump, objectId, reference)),
    ...typeLabel(dump.labels, target),
    target: objectAddress(graph, target),
    size: shallowSize(graph, target),
    retainedSize: dump.dominators.retainedSize[target],
  };
}

/** `referrer` is an index of referrerSource in the row of `objectId`. */
export async function referrerRow(dump: AnalysedDump, objectId: number, referrer: number): Promise<ReferrerRow> {
  const { graph } = dump;
  const source = graph.referrerSource[referrer];
  return {
    from: objectAddress(graph, source),
    label: typeLabel(dump.labels, source),
    root: null,
    ...(await pointerAt(dump, source, dump.pointers.referenceOf(objectId, referrer))),
    retainedSize: dump.dominators.retainedSize[source],
  };
}

/** `root` is a row of graph.roots. */
export function rootReferrerRow(dump: AnalysedDump, root: number): ReferrerRow {
  const { graph } = dump;
  return {
    from: 'root',
    label: null,
    root: rootLabel(dump, root),
    offset: rootOffset(graph, root),
    field: null,
    targetOffset: rootTargetOffset(graph, root),
    retainedSize: null,
  };
}

/** One end of a reference that crosses a cycle's border: a row of graph.roots, or an index of referenceTarget in an object's row. */
export type Crossing = { root: number } | { from: number; reference: number };

export async function enteringRow(dump: AnalysedDump, crossing: Crossing): Promise<BorderReference> {
  return 'root' in crossing
    ? rootCrossing(dump, crossing.root)
    : objectCrossing(dump, crossing.from, crossing.reference, crossing.from);
}

export function leavingRow(dump: AnalysedDump, from: number, reference: number): Promise<BorderReference> {
  return objectCrossing(dump, from, reference, dump.graph.referenceTarget[reference]);
}

function rootCrossing(dump: AnalysedDump, root: number): BorderReference {
  const target = dump.graph.roots.target[root];
  return {
    from: 'root',
    fromLabel: null,
    root: rootLabel(dump, root),
    offset: rootOffset(dump.graph, root),
    field: null,
    to: objectAddress(dump.graph, target),
    toLabel: typeLabel(dump.labels, target),
    retainedSize: null,
  };
}

/** `outer` is the end that lies outside the cycle. */
async function objectCrossing(
  dump: AnalysedDump,
  from: number,
  reference: number,
  outer: number,
): Promise<BorderReference> {
  const target = dump.graph.referenceTarget[reference];
  const { offset, field } = await pointerAt(dump, from, reference);
  return {
    from: objectAddress(dump.graph, from),
    fromLabel: typeLabel(dump.labels, from),
    root: null,
    offset,
    field,
    to: objectAddress(dump.graph, target),
    toLabel: typeLabel(dump.labels, target),
    retainedSize: dump.dominators.retainedSize[outer],
  };
}

/** Where a reference stands in its object and where it leads; no field where it is the object itself or the type is not known. */
export async function pointerAt(
  { graph, pointers, naming }: AnalysedDump,
  objectId: number,
  reference: number,
): Promise<Pick<ReferenceRow, 'offset' | 'field' | 'targetOffset'>> {
  const { offset, targetOffset } = await pointers.of(objectId);
  const at = reference - graph.referenceStart[objectId];
  const field = (await fieldPathInWords(naming, objectId, offset[at])) || null;
  return { offset: offset[at], field, targetOffset: targetOffset[at] };
}
