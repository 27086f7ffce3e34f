/** The groups of objects that are closures, what each captures, and what it holds. */
import type { CapturedVariable } from '../../api/lens-rows';
import { findAloneAndReaches, type AloneAndReaches } from '../../kinds/alone-and-reaches';
import { withScratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import { closureGroups } from '../../values/closure-summary';
import type { AnalysedDump, OpenedDump } from '../dump/opened-dump';

/** Closures of one function: a group of the list of types. */
export interface ClosureFacts {
  readonly label: number;
  readonly function: string;
  readonly captured: CapturedVariable[];
}

/** In the order of the list of types. Linear in objects; `checkpoint` may reject to cancel. */
export async function findClosureFacts(
  { naming, labels }: OpenedDump,
  checkpoint: () => void | Promise<void>,
): Promise<ClosureFacts[]> {
  const found = new Map<number, ClosureFacts>();
  for (const { function: name, captured, objectIds } of await closureGroups(naming, checkpoint)) {
    const label = labels.labelOf(objectIds[0]);
    const before = found.get(label);
    // slots of several sizes may show more or less of one closure
    if (!before || before.captured.length < captured.length) found.set(label, { label, function: name, captured });
  }
  return [...found.values()].sort((a, b) => a.label - b.label);
}

/** In the order of `closures`: what those of one function alone reach of all closures, and all that they reach. */
export function findClosureHoldings(dump: AnalysedDump, closures: readonly ClosureFacts[]): Work<AloneAndReaches> {
  return withScratch(dump.account, function* (scratch) {
    const { labels, graph } = dump;
    const groupOfLabel = new Map(closures.map(({ label }, group) => [label, group]));
    const total = closures.reduce((sum, { label }) => sum + labels.objects[label], 0);
    const object = scratch.uint32('closures', total);
    const group = scratch.uint32('functions of closures', total);
    let found = 0;
    for (let id = 1; id <= graph.objectCount && found < total; id++) {
      if ((id & SLICE_MASK) === 0) yield id;
      const own = groupOfLabel.get(labels.labelOf(id));
      if (own === undefined) continue;
      object[found] = id;
      group[found++] = own;
    }
    return yield* findAloneAndReaches(dump, { object, group, groupCount: closures.length }, dump.account);
  });
}
