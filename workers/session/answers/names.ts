/** Questions that names alone make possible: closures by function, pools and what lies in them, values. */
import { EngineError } from '../../api/errors';
import type { IdentityRow, NameRow, ValueRow } from '../../api/rows';
import type { ClosureRow, PoolItem, PoolRow } from '../../api/lens-rows';
import type { ClosureColumn, ListQuery, PoolColumn } from '../../api/session';
import type { Address, Page, Range } from '../../api/values';
import { NONE } from '../../lib/none';
import { decodeObject } from '../../values/decode-value';
import { objectAddress, parseAddress, requireObject } from '../dump/address';
import { pageOf } from '../list/page';
import { EVERYTHING } from '../list/lists';
import { closureRow, closureTable } from '../tables/closure-table';
import { nameRow, nameTable } from '../tables/name-table';
import type { PoolFacts } from '../computed/pool-facts';
import { poolItemRow, poolRow, poolTable } from '../tables/pool-table';
import { analysed, type Asked } from './asked';

/** Needs no analysis: a report of names is asked for right after opening. */
export async function names(asked: Asked, range: Range): Promise<Page<NameRow>> {
  const { dump } = asked.analyses;
  const query = { ...range, sort: { column: 'address' as const, descending: false } };
  return asked.lists.page(asked.ticket, nameTable(dump), EVERYTHING, query, (id) => nameRow(dump, id));
}

/** None where an executable tells all names. */
export async function identities(asked: Asked, range: Range): Promise<Page<IdentityRow>> {
  const { given, executable } = asked.analyses.dump;
  const rows = executable?.full ? [] : given.rows;
  return pageOf(rows.length, range, (at) => rows[at]);
}

export async function values(asked: Asked, address: Address, range: Range): Promise<Page<ValueRow>> {
  const { graph, naming, given } = asked.analyses.dump;
  const decoded = await decodeObject(naming, requireObject(graph, address));
  return pageOf(decoded.length, range, (at) => {
    const { path, type, text, to } = decoded[at];
    return {
      field: path,
      type: given.in(type),
      text: given.in(text),
      target: to === NONE ? null : objectAddress(graph, to),
    };
  });
}

export async function closures(asked: Asked, query: ListQuery<ClosureColumn>): Promise<Page<ClosureRow>> {
  const { labels } = asked.analyses.dump;
  const figures = {
    types: await asked.analyses.typeFacts.get(asked.ticket),
    closures: await asked.analyses.closureFacts.get(asked.ticket),
    holdings: await asked.analyses.closureHoldings.get(asked.ticket),
  };
  return asked.lists.page(asked.ticket, closureTable(figures), EVERYTHING, query, (item) =>
    closureRow(labels, figures, item),
  );
}

export async function pools(asked: Asked, query: ListQuery<PoolColumn>): Promise<Page<PoolRow>> {
  const { dump } = asked.analyses;
  const facts = await asked.analyses.poolFacts.get(asked.ticket);
  return asked.lists.page(asked.ticket, poolTable(facts), EVERYTHING, query, (item) => poolRow(dump, facts, item));
}

export async function pool(asked: Asked, address: Address): Promise<PoolRow> {
  const facts = await asked.analyses.poolFacts.get(asked.ticket);
  return poolRow(asked.analyses.dump, facts, requirePool(facts, address));
}

export async function poolItems(asked: Asked, address: Address, range: Range): Promise<Page<PoolItem>> {
  const dump = await analysed(asked);
  const facts = await asked.analyses.poolFacts.get(asked.ticket);
  const { items } = facts.pools[requirePool(facts, address)];
  return pageOf(items.length, range, (at) => poolItemRow(dump, items[at]));
}

function requirePool({ pools: found }: PoolFacts, address: Address): number {
  const wanted = parseAddress(address);
  const pool = found.findIndex((one) => one.address === wanted);
  if (pool < 0) throw new EngineError('NotFound', `No sync.Pool of this dump that was used lies at ${address}`);
  return pool;
}
