/** Questions about what holds objects: goroutines and roots, one by one and by kind. */
import { EngineError } from '../../api/errors';
import type { GoroutineKindRow, RootKindKey, RootKindRow } from '../../api/kind-rows';
import type { GoroutineDetail, GoroutineRow, RootRow } from '../../api/rows';
import type { GoroutineKindColumn, GoroutinesQuery, ListQuery, RootKindColumn, RootsQuery } from '../../api/session';
import type { Page } from '../../api/values';
import { EVERYTHING, type Selection } from '../list/lists';
import { holderOf } from '../rows/held';
import { rootRow } from '../rows/root-rows';
import { goroutineDetail } from '../tables/goroutine-detail';
import { goroutineKindRow, goroutineKindTable } from '../tables/goroutine-kind-table';
import { goroutineRow, goroutineTable, type GoroutineFigures } from '../tables/goroutine-table';
import { rootKindRow, rootKindTable } from '../tables/root-kind-table';
import { rootTable } from '../tables/root-table';
import { analysed, type Asked } from './asked';

export async function goroutines(asked: Asked, query: GoroutinesQuery): Promise<Page<GoroutineRow>> {
  const { dump } = asked.analyses;
  const figures = await goroutineFigures(asked);
  const selection = query.like === undefined ? EVERYTHING : await goroutinesLike(asked, query.like);
  return asked.lists.page(asked.ticket, goroutineTable(dump, figures), selection, query, (index) =>
    goroutineRow(dump, figures, index),
  );
}

/** The goroutines of the same stack as one. */
async function goroutinesLike(asked: Asked, id: number): Promise<Selection> {
  const { kinds } = await asked.analyses.goroutineKindFacts.get(asked.ticket);
  const kind = kinds.ofGoroutine[requireGoroutine(asked, id)];
  return { key: `like ${kind}`, has: (index) => kinds.ofGoroutine[index] === kind };
}

export async function goroutineKinds(
  asked: Asked,
  query: ListQuery<GoroutineKindColumn>,
): Promise<Page<GoroutineKindRow>> {
  const { dump } = asked.analyses;
  const figures = {
    kinds: await asked.analyses.kinds.get(asked.ticket),
    groups: await asked.analyses.goroutineKindFacts.get(asked.ticket),
    facts: await asked.analyses.goroutineFacts.get(asked.ticket),
  };
  return asked.lists.page(asked.ticket, goroutineKindTable(dump, figures), EVERYTHING, query, (kind) =>
    goroutineKindRow(dump, figures, kind),
  );
}

export async function goroutine(asked: Asked, id: number): Promise<GoroutineDetail> {
  const dump = await analysed(asked);
  return goroutineDetail(dump, await goroutineFigures(asked), requireGoroutine(asked, id));
}

/** Its index of records.goroutines. Throws `NotFound`. */
function requireGoroutine({ analyses }: Asked, id: number): number {
  const index = analyses.dump.graph.records.goroutines.findIndex((record) => record.id === id);
  if (index < 0) throw new EngineError('NotFound', `This dump has no goroutine ${id}`);
  return index;
}

async function goroutineFigures({ analyses, ticket }: Asked): Promise<GoroutineFigures> {
  return { holdings: await analyses.goroutineHoldings.get(ticket), facts: await analyses.goroutineFacts.get(ticket) };
}

export async function roots(asked: Asked, query: RootsQuery): Promise<Page<RootRow>> {
  const dump = await analysed(asked);
  const { effectiveRoots } = dump.reachability;
  const selection = query.of === undefined ? EVERYTHING : await rootsOf(asked, query.of, effectiveRoots);
  return asked.lists.page(asked.ticket, rootTable(dump), selection, query, (item) =>
    rootRow(dump, effectiveRoots[item]),
  );
}

/** The roots of a kind. Throws `NotFound`. */
async function rootsOf(asked: Asked, of: RootKindKey, effectiveRoots: Uint32Array): Promise<Selection> {
  const { kinds, listed } = await asked.analyses.rootKindFacts.get(asked.ticket);
  const kind = listed.find((known) => kinds.text(known) === of.name && holderOf(kinds.keeper[known]) === of.holder);
  if (kind === undefined) throw new EngineError('NotFound', `No root of this dump is known as “${of.name}”`);
  return { key: `of ${kind}`, has: (item) => kinds.ofRoot[effectiveRoots[item]] === kind };
}

export async function rootKinds(asked: Asked, query: ListQuery<RootKindColumn>): Promise<Page<RootKindRow>> {
  const facts = await asked.analyses.rootKindFacts.get(asked.ticket);
  return asked.lists.page(asked.ticket, rootKindTable(facts), EVERYTHING, query, (kind) => rootKindRow(facts, kind));
}
