/** Questions about objects: lists of them, and one of them. */
import { EngineError } from '../../api/errors';
import type { Contents, ObjectDetail, ObjectRow, ReferenceRow, ReferrerRow } from '../../api/rows';
import type { ObjectsQuery } from '../../api/session';
import type { Address, Page, Range } from '../../api/values';
import { NONE } from '../../lib/none';
import { parseAddress, requireObject } from '../dump/address';
import { membersOf } from '../rows/cycle-border';
import { pageOfRead } from '../list/page';
import type { AnalysedDump } from '../dump/opened-dump';
import { contentsRow } from '../rows/contents-row';
import { objectDetail, objectRow, referrerCount } from '../rows/object-rows';
import { referenceRow, referrerRow, rootReferrerRow } from '../rows/reference-rows';
import { objectTable } from '../tables/object-table';
import { typeText } from '../dump/type-labels';
import { analysed, type Asked } from './asked';
import { catalogueWith } from './cycles';

export async function objects(asked: Asked, query: ObjectsQuery): Promise<Page<ObjectRow>> {
  const { cycle, of, node } = query;
  const dump = cycle === undefined ? await analysed(asked) : (await catalogueWith(asked, cycle)).dump;
  const table = cycle === undefined ? objectTable(dump) : objectTable(dump, membersOf(dump, cycle));
  const label = of === undefined ? null : labelNamed(dump, of);
  const ofNode = node === undefined ? null : await objectsOfNode(asked, node);
  const ofLabel = label === null ? null : (id: number) => dump.labels.labelOf(id) === label;
  const selection = {
    key: JSON.stringify([cycle, label, node]),
    has: ofNode && ofLabel ? (id: number) => ofNode(id) && ofLabel(id) : (ofNode ?? ofLabel),
  };
  return asked.lists.page(asked.ticket, table, selection, query, (id) => objectRow(dump, id));
}

async function objectsOfNode(
  { analyses, ticket }: Asked,
  { by, id, without }: NonNullable<ObjectsQuery['node']>,
): Promise<(objectId: number) => boolean> {
  const { tree, names } = await analyses.retention.get(ticket, by, without);
  const node = names.node(id);
  if (node === undefined) throw new EngineError('NotFound', `The tree has no node ${id}`);
  return (objectId) => tree.nodeOf[objectId] === node;
}

/** The label of a row of the list of types; by the words that it had before a person gave it a name, too. */
export function labelNamed({ labels, given }: AnalysedDump, { name, shape }: { name: string; shape: string }): number {
  const called = given.in(name);
  for (let label = 0; label < labels.count; label++) {
    const known = labels.label(label);
    if (known.shape === shape && typeText(known) === called) return label;
  }
  throw new EngineError('NotFound', `No object of this dump is known as “${name}” with the shape “${shape}”`);
}

export async function object(asked: Asked, address: Address): Promise<ObjectDetail | null> {
  const dump = await analysed(asked);
  const id = dump.graph.index.objectAt(parseAddress(address));
  return id === NONE ? null : objectDetail(dump, id);
}

export async function contents(asked: Asked, address: Address, offset: number, length: number): Promise<Contents> {
  const { dump } = asked.analyses;
  return contentsRow(dump, requireObject(dump.graph, address), offset, length);
}

export async function references(asked: Asked, address: Address, range: Range): Promise<Page<ReferenceRow>> {
  const dump = await analysed(asked);
  const { referenceStart } = dump.graph;
  const id = requireObject(dump.graph, address);
  const first = referenceStart[id];
  return pageOfRead(referenceStart[id + 1] - first, range, (at) => referenceRow(dump, id, first + at));
}

/** Roots first, then objects in the order of the dump. */
export async function referrers(asked: Asked, address: Address, range: Range): Promise<Page<ReferrerRow>> {
  const dump = await analysed(asked);
  const id = requireObject(dump.graph, address);
  const roots = dump.roots.ofObject(id);
  const first = dump.graph.referrerStart[id];
  return pageOfRead(referrerCount(dump, id), range, (at) =>
    at < roots.length
      ? Promise.resolve(rootReferrerRow(dump, roots[at]))
      : referrerRow(dump, id, first + at - roots.length),
  );
}
