/** Questions about everything that is no single object: types, goroutines, roots, drawings, and the search. */
import type { DrawnGraph } from '../../api/graph';
import { EngineError } from '../../api/errors';
import type { GoroutineDetail, GoroutineRow, RootRow, SearchHit, TypeRow } from '../../api/rows';
import type { FindingsPage } from '../../api/finding-rows';
import type { DrawingQuery, GoroutineColumn, ListQuery, RootColumn, TypeColumn } from '../../api/session';
import type { Page, Range } from '../../api/values';
import { drawGraph } from '../drawing/draw-graph';
import { detectorRow, findingRow } from '../rows/findings';
import { pageOfRead } from '../list/page';
import { EVERYTHING } from '../list/lists';
import { goroutineDetail } from '../tables/goroutine-detail';
import { rootRow } from '../rows/root-rows';
import { findHits } from './search';
import { goroutineRow, goroutineTable, type GoroutineFigures } from '../tables/goroutine-table';
import { rootTable } from '../tables/root-table';
import { typeRow, typeTable } from '../tables/type-table';
import { analysed, type Asked } from './asked';
import { catalogueWith } from './cycles';

export async function types(asked: Asked, query: ListQuery<TypeColumn>): Promise<Page<TypeRow>> {
  const { labels } = asked.analyses.dump;
  const facts = await asked.analyses.typeFacts.get(asked.ticket);
  return asked.lists.page(asked.ticket, typeTable(labels, facts), EVERYTHING, query, (label) =>
    typeRow(labels, facts, label),
  );
}

export async function goroutines(asked: Asked, query: ListQuery<GoroutineColumn>): Promise<Page<GoroutineRow>> {
  const { dump } = asked.analyses;
  const figures = await goroutineFigures(asked);
  return asked.lists.page(asked.ticket, goroutineTable(dump, figures), EVERYTHING, query, (index) =>
    goroutineRow(dump, figures, index),
  );
}

export async function goroutine(asked: Asked, id: number): Promise<GoroutineDetail> {
  const dump = await analysed(asked);
  const index = dump.graph.records.goroutines.findIndex((record) => record.id === id);
  if (index < 0) throw new EngineError('NotFound', `This dump has no goroutine ${id}`);
  return goroutineDetail(dump, await goroutineFigures(asked), index);
}

async function goroutineFigures({ analyses, ticket }: Asked): Promise<GoroutineFigures> {
  return { holdings: await analyses.goroutineHoldings.get(ticket), facts: await analyses.goroutineFacts.get(ticket) };
}

export async function roots(asked: Asked, query: ListQuery<RootColumn>): Promise<Page<RootRow>> {
  const dump = await analysed(asked);
  const { effectiveRoots } = dump.reachability;
  return asked.lists.page(asked.ticket, rootTable(dump), EVERYTHING, query, (item) =>
    rootRow(dump, effectiveRoots[item]),
  );
}

export async function findings(asked: Asked, range: Range): Promise<FindingsPage> {
  const dump = await analysed(asked);
  const { findings: found, detectors } = await asked.analyses.findings.get(asked.ticket);
  const page = await pageOfRead(found.length, range, (position) => findingRow(dump, found[position]));
  return { ...page, detectors: detectors.map(detectorRow) };
}

export async function drawing(asked: Asked, query: DrawingQuery): Promise<DrawnGraph> {
  const catalogue = 'cycle' in query ? await catalogueWith(asked, query.cycle) : null;
  const dump = catalogue?.dump ?? (await analysed(asked));
  const facts = catalogue?.facts ?? null;
  const tables = await asked.analyses.structure.cutTables.get(asked.ticket);
  return asked.phases.runTask(asked.ticket, ({ drive }) => drawGraph(dump, query, drive, facts, tables));
}

export async function search(asked: Asked, text: string, limit: number): Promise<SearchHit[]> {
  const { dump, structure } = asked.analyses;
  return findHits({ ...dump, components: await structure.components.get(asked.ticket) }, text, limit);
}
