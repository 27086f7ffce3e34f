/** Analyses are abandoned between slices: nothing they made stays in the account. */
import { describe, expect, test } from 'vitest';
import { findComponents } from '../../../workers/analysis/components';
import { findCycleRetained } from '../../../workers/analysis/cycle-retained';
import { findDistances } from '../../../workers/analysis/distances';
import { findReachability } from '../../../workers/analysis/reachability';
import { buildDominatorTree } from '../../../workers/analysis/retained';
import { findSetRetained } from '../../../workers/analysis/set-retained';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { finish, type Work } from '../../../workers/lib/work';
import { analyse } from '../../support/analyse';
import { graphOf } from '../../support/object-graph';
import { sortedIds } from '../../support/sorted-ids';

const OBJECTS = 70_000;

/** Two in a ring, many times over, all held by the first object. */
const graph = graphOf(OBJECTS, 2 * OBJECTS, (i) => (i < OBJECTS ? [i + 1, (i ^ 1) + 1] : [1, i - OBJECTS + 1]));
const { reachability, components, tree } = analyse(graph);

const WORKS: Record<string, (account: MemoryAccount) => Work<unknown>> = {
  reachability: (account) => findReachability(graph, account),
  components: (account) => findComponents(graph, reachability, account),
  dominators: (account) => buildDominatorTree(graph, reachability, components, account),
  'retained sizes of cycles': (account) => findCycleRetained(graph, reachability, components, account),
  'retained sizes of sets': (account) => findSetRetained(tree, components, graph.shapeId, 1, account),
  distances: (account) => findDistances(graph, reachability, account),
  sorts: (account) => sortedIds(tree.retainedSize, 1, true, account),
};

describe.each(Object.entries(WORKS))('%s', (_, start) => {
  test('yields between slices, and gives everything back wherever it is abandoned', () => {
    const slices = countSlices(start(new MemoryAccount()));
    expect(slices).toBeGreaterThan(0);
    for (let stop = 0; stop <= slices; stop++) {
      const account = new MemoryAccount();
      const work = start(account);
      for (let i = 0; i < stop; i++) work.next();
      work.return(undefined);
      expect(account.used).toBe(0);
    }
  });

  test('gives everything back where memory ends', () => {
    const whole = new MemoryAccount();
    finish(start(whole));
    const account = new MemoryAccount({ totalBytes: whole.peak - 1 });
    expect(() => finish(start(account))).toThrow('the limit is');
    expect(account.used).toBe(0);
  });
});

function countSlices(work: Work<unknown>): number {
  let slices = 0;
  while (!work.next().done) slices++;
  return slices;
}
