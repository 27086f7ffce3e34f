/** Questions about cycles. */
import { EngineError } from '../../api/errors';
import type { BorderReference, CycleRow, CycleShapeRow } from '../../api/rows';
import type { CycleShapesQuery, CyclesQuery } from '../../api/session';
import type { Page, Range } from '../../api/values';
import { enteringCrossings, leavingCrossings } from '../cycle-border';
import { clipRange } from '../list/page';
import { EVERYTHING, type Selection } from '../lists';
import type { AnalysedDump } from '../opened-dump';
import { enteringRow, leavingRow } from '../rows/reference-rows';
import { cycleShapeRow, cycleShapeTable } from '../tables/cycle-shape-table';
import { cycleRow, cycleTable } from '../tables/cycle-table';
import { analysed, type Asked } from './asked';

export async function cycles(asked: Asked, query: CyclesQuery): Promise<Page<CycleRow>> {
  checkGraph(query.graph);
  const dump = await analysed(asked);
  const facts = await asked.analyses.cycleFacts.get(asked.ticket);
  const selection = query.like === undefined ? EVERYTHING : await cyclesLike(asked, dump, query.like);
  return asked.lists.page(asked.ticket, cycleTable(dump, facts), selection, query, (cycle) =>
    cycleRow(dump, facts, cycle),
  );
}

/** The cycles of the same shape as one. */
async function cyclesLike({ analyses, ticket }: Asked, dump: AnalysedDump, cycle: number): Promise<Selection> {
  requireCycle(dump, cycle);
  const { shapeOf } = await analyses.cycleShapes.get(ticket);
  return { key: `like ${shapeOf[cycle]}`, has: (other) => shapeOf[other] === shapeOf[cycle] };
}

export async function cycleShapes(asked: Asked, query: CycleShapesQuery): Promise<Page<CycleShapeRow>> {
  checkGraph(query.graph);
  const dump = await analysed(asked);
  const facts = await asked.analyses.cycleFacts.get(asked.ticket);
  const shapes = await asked.analyses.cycleShapes.get(asked.ticket);
  const table = cycleShapeTable(facts, shapes);
  const page = await asked.lists.page(asked.ticket, table, EVERYTHING, query, (shape) => shape);
  return { ...page, rows: await Promise.all(page.rows.map((shape) => cycleShapeRow(dump, facts, shapes, shape))) };
}

function checkGraph(graph: string | undefined): void {
  if (graph === undefined || graph === 'heap') return;
  throw new EngineError('BadRequest', `Cycles of the graph “${graph}” are not known; there is “heap”`);
}

export async function cycle(asked: Asked, id: number): Promise<CycleRow> {
  const dump = await analysed(asked);
  requireCycle(dump, id);
  return cycleRow(dump, await asked.analyses.cycleFacts.get(asked.ticket), id);
}

export async function entering(asked: Asked, id: number, range: Range): Promise<Page<BorderReference>> {
  const dump = await analysed(asked);
  requireCycle(dump, id);
  const facts = await asked.analyses.cycleFacts.get(asked.ticket);
  const total = facts.entering[id];
  const span = clipRange(range, total);
  const found = await asked.phases.runQuietly(asked.ticket, () => enteringCrossings(dump, id, span));
  return { total, offset: range.offset, rows: await Promise.all(found.map((crossing) => enteringRow(dump, crossing))) };
}

export async function leaving(asked: Asked, id: number, range: Range): Promise<Page<BorderReference>> {
  const dump = await analysed(asked);
  requireCycle(dump, id);
  const facts = await asked.analyses.cycleFacts.get(asked.ticket);
  const total = facts.leaving[id];
  const span = clipRange(range, total);
  const found = await asked.phases.runQuietly(asked.ticket, () => leavingCrossings(dump, id, span));
  const rows = await Promise.all(found.map(({ from, reference }) => leavingRow(dump, from, reference)));
  return { total, offset: range.offset, rows };
}

/** Throws `NotFound` where the dump has no such cycle. */
export function requireCycle({ components }: AnalysedDump, id: number): void {
  if (Number.isInteger(id) && id >= 0 && id < components.cycleCount) return;
  const known = components.cycleCount === 0 ? 'it has none' : `they are numbered 0 to ${components.cycleCount - 1}`;
  throw new EngineError('NotFound', `This dump has no cycle ${id}; ${known}`);
}
