/** The groups of objects that are closures, and what each captures. */
import type { CapturedVariable } from '../../api/lens-rows';
import { closureGroups } from '../../values/closure-summary';
import type { OpenedDump } from '../dump/opened-dump';

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
