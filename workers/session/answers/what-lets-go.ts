/** Questions about what would let go. */
import type { Cuts } from '../../api/finding-rows';
import type { CutsOf } from '../../api/session';
import { MAX_PAGE } from '../../api/values';
import { cutsIntoSet, cutsOfCycle } from '../../cycles/what-lets-go';
import { cuttableHeap } from '../dump/analysed-heap';
import { requireObject } from '../dump/address';
import { cutRows } from '../rows/cut-rows';
import { analysed, type Asked } from './asked';
import { catalogueWith } from './cycles';

export async function cuts(asked: Asked, of: CutsOf, limit: number): Promise<Cuts> {
  const dump = 'cycle' in of ? (await catalogueWith(asked, of.cycle)).dump : await analysed(asked);
  const object = 'cycle' in of ? null : requireObject(dump.graph, of.address);
  const most = Math.max(0, Math.min(limit, MAX_PAGE));
  const cutTables = await asked.analyses.structure.cutTables.get(asked.ticket);
  const list = await asked.phases.runTask(asked.ticket, (tools) => {
    const heap = cuttableHeap(dump, cutTables, tools);
    return 'cycle' in of ? cutsOfCycle(heap, of.cycle, most) : cutsIntoSet(heap, [object ?? 0], most);
  });
  return cutRows(dump, list);
}
