/** Questions about what keeps an object alive: dominators and root paths. */
import type { DominatedRow, ObjectRow, RootPath } from '../../api/rows';
import type { DominatedQuery, PathsQuery } from '../../api/session';
import { MAX_PAGE, type Address, type Page } from '../../api/values';
import { requireObject } from '../dump/address';
import { pageOf } from '../list/page';
import type { AnalysedDump } from '../dump/opened-dump';
import { findPaths, rootPathRow } from '../rows/root-paths';
import { isReachable, objectRow } from '../rows/object-rows';
import { analysed, type Asked } from './asked';

/** The top of the tree has what roots hold; what nothing holds has no place in it, and is asked for by address. */
export async function dominated(asked: Asked, query: DominatedQuery): Promise<Page<DominatedRow>> {
  const dump = await analysed(asked);
  const { dominatedStart, dominatedObject } = dump.dominators;
  const rowOf = (id: number) => dominatedRow(dump, id);
  if (query.of === 'root') {
    const top = await asked.analyses.topOfTree.get(asked.ticket);
    return pageOf(top.length, query, (at) => rowOf(top[at]));
  }
  const id = requireObject(dump.graph, query.of);
  const first = dominatedStart[id];
  return pageOf(dominatedStart[id + 1] - first, query, (at) => rowOf(dominatedObject[first + at]));
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

export async function rootPaths(asked: Asked, query: PathsQuery): Promise<{ total: number; paths: RootPath[] }> {
  const dump = await analysed(asked);
  const { total, paths } = await asked.phases.runQuietly(asked.ticket, () => findPaths(dump, query));
  const rows: RootPath[] = [];
  for (const path of paths) rows.push(await rootPathRow(dump, path));
  return { total, paths: rows };
}
