/** Questions about cycles. */
import { EngineError } from '../../api/errors';
import type { BorderReference, CycleRow, CycleShapeRow } from '../../api/cycle-rows';
import type { CycleGraph, CycleShapesQuery, CyclesQuery } from '../../api/session';
import type { Page, Range } from '../../api/values';
import { enteringCrossings, leavingCrossings } from '../rows/cycle-border';
import { clipRange } from '../list/page';
import { EVERYTHING, type Selection } from '../list/lists';
import type { AnalysedDump } from '../dump/opened-dump';
import { enteringRow, leavingRow } from '../rows/reference-rows';
import { cycleShapeRow, cycleShapeTable } from '../tables/cycle-shape-table';
import { cycleRow, cycleTable } from '../tables/cycle-table';
import type { CycleCatalogue } from '../computed/full-cycle-facts';
import { analysed, type Asked } from './asked';

export async function cycles(asked: Asked, query: CyclesQuery): Promise<Page<CycleRow>> {
  const graph = graphOf(query.graph);
  const catalogue = await catalogueOf(asked, graph);
  const selection = query.like === undefined ? EVERYTHING : await cyclesLike(asked, graph, query.like);
  return asked.lists.page(asked.ticket, cycleTable(catalogue), selection, query, (cycle) => cycleRow(catalogue, cycle));
}

/** The cycles of the same shape as one. */
async function cyclesLike(asked: Asked, graph: CycleGraph, cycle: number): Promise<Selection> {
  requireCycle((await catalogueOf(asked, graph)).dump, cycle);
  const { shapeOf } = await shapesOf(asked, graph);
  return { key: `like ${shapeOf[cycle]}`, has: (other) => shapeOf[other] === shapeOf[cycle] };
}

export async function cycleShapes(asked: Asked, query: CycleShapesQuery): Promise<Page<CycleShapeRow>> {
  const graph = graphOf(query.graph);
  const catalogue = await catalogueOf(asked, graph);
  const shapes = await shapesOf(asked, graph);
  const table = cycleShapeTable(catalogue, graph, shapes);
  const page = await asked.lists.page(asked.ticket, table, EVERYTHING, query, (shape) => shape);
  return { ...page, rows: await Promise.all(page.rows.map((shape) => cycleShapeRow(catalogue, shapes, shape))) };
}

/** A graph that may have come over a wire. Throws `BadRequest`. */
function graphOf(graph: string | undefined): CycleGraph {
  if (graph === undefined) return 'full';
  if (graph === 'heap' || graph === 'full') return graph;
  throw new EngineError('BadRequest', `Cycles of the graph “${graph}” are not known; there are “heap” and “full”`);
}

function catalogueOf({ analyses, ticket }: Asked, graph: CycleGraph): Promise<CycleCatalogue> {
  return (graph === 'heap' ? analyses.heapCycles : analyses.fullCycles).get(ticket);
}

function shapesOf({ analyses, ticket }: Asked, graph: CycleGraph): ReturnType<typeof analyses.heapShapes.get> {
  return (graph === 'heap' ? analyses.heapShapes : analyses.fullShapes).get(ticket);
}

/** The catalogue that has a cycle: that of the full graph is made for ids that the heap does not have. Throws `NotFound`. */
export async function catalogueWith(asked: Asked, id: number): Promise<CycleCatalogue> {
  const dump = await analysed(asked);
  const isOfHeap = Number.isInteger(id) && id >= 0 && id < dump.components.cycleCount;
  const catalogue = await catalogueOf(asked, isOfHeap ? 'heap' : 'full');
  requireCycle(catalogue.dump, id);
  return catalogue;
}

export async function cycle(asked: Asked, id: number): Promise<CycleRow> {
  return cycleRow(await catalogueWith(asked, id), id);
}

export async function entering(asked: Asked, id: number, range: Range): Promise<Page<BorderReference>> {
  const { dump, facts, ownRoots } = await catalogueWith(asked, id);
  const total = facts.entering[id];
  const span = clipRange(range, total);
  const found = await asked.phases.runQuietly(asked.ticket, () => enteringCrossings(dump, id, ownRoots(id), span));
  return { total, offset: range.offset, rows: await Promise.all(found.map((crossing) => enteringRow(dump, crossing))) };
}

export async function leaving(asked: Asked, id: number, range: Range): Promise<Page<BorderReference>> {
  const { dump, facts } = await catalogueWith(asked, id);
  const total = facts.leaving[id];
  const span = clipRange(range, total);
  const found = await asked.phases.runQuietly(asked.ticket, () => leavingCrossings(dump, id, span));
  const rows = await Promise.all(found.map(({ from, reference }) => leavingRow(dump, from, reference)));
  return { total, offset: range.offset, rows };
}

/** Throws `NotFound` where the dump has no such cycle. */
function requireCycle({ components }: AnalysedDump, id: number): void {
  if (Number.isInteger(id) && id >= 0 && id < components.cycleCount) return;
  const known = components.cycleCount === 0 ? 'it has none' : `they are numbered 0 to ${components.cycleCount - 1}`;
  throw new EngineError('NotFound', `This dump has no cycle ${id}; ${known}`);
}
