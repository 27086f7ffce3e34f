/** Questions about what an object goes with: dominators. */
import type { DominatedRow, ObjectRow } from '../../api/rows';
import type { DominatedKindRow } from '../../api/kind-rows';
import type { DominatedKindsQuery, DominatedQuery } from '../../api/session';
import { MAX_PAGE, type Address, type Page } from '../../api/values';
import { requireObject } from '../dump/address';
import { pageOf } from '../list/page';
import type { AnalysedDump } from '../dump/opened-dump';
import { isReachable, objectRow } from '../rows/object-rows';
import { findDominatedKinds, type DominatedKind } from '../computed/dominated-kinds';
import { typeText } from '../dump/type-labels';
import { dominatedKindTable } from '../tables/dominated-kind-table';
import { analysed, type Asked } from './asked';
import { labelNamed } from './objects';

/** The top of the tree has what roots hold; what nothing holds has no place in it, and is asked for by address. */
export async function dominated(asked: Asked, query: DominatedQuery): Promise<Page<DominatedRow>> {
  const dump = await analysed(asked);
  const children = await childrenOf(asked, dump, query.of);
  const label = query.type && labelNamed(dump, query.type);
  const rows = label === undefined ? children : children.filter((id) => dump.labels.labelOf(id) === label);
  return pageOf(rows.length, query, (at) => dominatedRow(dump, rows[at]));
}

export async function dominatedKinds(asked: Asked, query: DominatedKindsQuery): Promise<Page<DominatedKindRow>> {
  const dump = await analysed(asked);
  const children = await childrenOf(asked, dump, query.of);
  const kinds = await asked.phases.runQuietly(asked.ticket, () => findDominatedKinds(dump, children));
  const selection = { key: `of ${query.of}`, has: null };
  return asked.lists.page(asked.ticket, dominatedKindTable(dump.labels, kinds), selection, query, (item) =>
    dominatedKindRow(dump, kinds[item]),
  );
}

/** By retained size, largest first. */
async function childrenOf(asked: Asked, dump: AnalysedDump, of: Address | 'root'): Promise<Uint32Array> {
  if (of === 'root') return asked.analyses.topOfTree.get(asked.ticket);
  const { dominatedStart, dominatedObject } = dump.dominators;
  const id = requireObject(dump.graph, of);
  return dominatedObject.subarray(dominatedStart[id], dominatedStart[id + 1]);
}

function dominatedKindRow(dump: AnalysedDump, kind: DominatedKind): DominatedKindRow {
  const label = dump.labels.label(kind.label);
  return {
    name: typeText(label),
    shape: label.shape,
    evidence: label.evidence,
    count: kind.objects,
    bytes: kind.bytes,
    retainedObjects: kind.retainedObjects,
    retainedBytes: kind.retainedBytes,
    largest: dominatedRow(dump, kind.largest),
  };
}

function dominatedRow(dump: AnalysedDump, id: number): DominatedRow {
  const { dominatedStart } = dump.dominators;
  return { ...objectRow(dump, id), children: dominatedStart[id + 1] - dominatedStart[id] };
}

/** The nearest MAX_PAGE of the dominators above an object; none for what nothing holds. */
export async function dominatorChain(asked: Asked, address: Address): Promise<ObjectRow[]> {
  const dump = await analysed(asked);
  const { immediateDominator } = dump.dominators;
  const id = requireObject(dump.graph, address);
  const chain: ObjectRow[] = [];
  if (!isReachable(dump, id)) return chain;
  for (let above = immediateDominator[id]; above !== 0 && chain.length < MAX_PAGE; above = immediateDominator[above]) {
    chain.push(objectRow(dump, above));
  }
  return chain;
}
