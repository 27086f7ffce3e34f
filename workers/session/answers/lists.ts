/** Questions about everything that is no single object: types, findings, drawings, and the search. */
import type { DrawnGraph } from '../../api/graph';
import type { PackageRow } from '../../api/package-rows';
import type { SearchHit, TypeRow } from '../../api/rows';
import type { FindingsPage } from '../../api/finding-rows';
import type { DrawingQuery, ListQuery, PackageColumn, TypeColumn } from '../../api/session';
import type { Page, Range } from '../../api/values';
import { drawGraph } from '../drawing/draw-graph';
import { detectorRow, findingRow } from '../rows/findings';
import { pageOfRead } from '../list/page';
import { EVERYTHING } from '../list/lists';
import { findHits } from './search';
import { packageRow, packageTable } from '../tables/package-table';
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

export async function packages(asked: Asked, query: ListQuery<PackageColumn>): Promise<Page<PackageRow>> {
  const facts = await asked.analyses.packageFacts.get(asked.ticket);
  return asked.lists.page(asked.ticket, packageTable(facts), EVERYTHING, query, (index) => packageRow(facts, index));
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
