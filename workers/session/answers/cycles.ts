/** Questions about cycles. */
import { EngineError } from '../../api/errors';
import type { BorderReference, CycleRow } from '../../api/rows';
import type { CyclesQuery } from '../../api/session';
import type { Page, Range } from '../../api/values';
import { enteringCrossings, leavingCrossings } from '../cycle-border';
import { clipRange } from '../list/page';
import { EVERYTHING } from '../lists';
import type { AnalysedDump } from '../opened-dump';
import { enteringRow, leavingRow } from '../rows/reference-rows';
import { cycleRow, cycleTable } from '../tables/cycle-table';
import { analysed, type Asked } from './asked';

export async function cycles(asked: Asked, query: CyclesQuery): Promise<Page<CycleRow>> {
  const graph: string | undefined = query.graph;
  if (graph !== undefined && graph !== 'heap') {
    throw new EngineError('BadRequest', `Cycles of the graph “${graph}” are not known; there is “heap”`);
  }
  const dump = await analysed(asked);
  const facts = await asked.analyses.cycleFacts.get(asked.ticket);
  return asked.lists.page(asked.ticket, cycleTable(dump, facts), EVERYTHING, query, (cycle) =>
    cycleRow(dump, facts, cycle),
  );
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
