// Arrays that stay booked although nobody has them any more: after each step, what the account holds must lead from what the step gave.
import { expect, test } from 'vitest';
import { buildDump } from '../../fixtures/builder/build';
import { platform } from '../../fixtures/builder/platform';
import { randomShape } from '../../fixtures/builder/random-shape';
import { findComponents } from '../../workers/analysis/components';
import { findCutTables } from '../../workers/analysis/cut-tables';
import { findCycleRetained } from '../../workers/analysis/cycle-retained';
import { findDistances } from '../../workers/analysis/distances';
import { findReachability } from '../../workers/analysis/reachability';
import { buildDominatorTree } from '../../workers/analysis/retained';
import { ArraySource } from '../../workers/dump/byte-source';
import { readHeapGraph } from '../../workers/graph/build';
import { finish } from '../../workers/lib/work';
import { WatchedAccount } from '../support/watched-account';

const SEEDS = [1, 2, 3, 4, 5, 6];

test.each(SEEDS)('no step of seed %i forgets an array', async (seed) => {
  const on = platform('go1.27.4', seed % 2 === 0 ? 'amd64' : '386');
  const shape = randomShape(seed, { objects: 40 * seed, pointerBytes: on.pointerBytes });
  const account = new WatchedAccount();
  const graph = await readHeapGraph(new ArraySource(buildDump(shape, on, { seed }).bytes), { account });
  const kept: unknown[] = [graph];
  const check = (step: string): void => expect(account.forgotten(...kept), step).toEqual([]);
  check('the graph');
  const reachability = finish(findReachability(graph, account));
  kept.push(reachability);
  check('reachability');
  const components = finish(findComponents(graph, reachability, account));
  kept.push(components);
  check('components');
  const tree = finish(buildDominatorTree(graph, reachability, components, account));
  kept.push(tree);
  check('dominators');
  kept.push(finish(findDistances(graph, reachability, account)));
  check('distances');
  kept.push(finish(findCycleRetained(graph, reachability, components, account)));
  check('what cycles retain');
  kept.push(finish(findCutTables(graph, reachability, tree, account)));
  check('tables of cuts');
});
