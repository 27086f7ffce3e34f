/** The analyses that names have no part in: each is made when it is first needed, in its turn, and kept as long as the dump is open. */
import { findCutTables, type CutTables } from '../../analysis/cut-tables';
import { findComponents } from '../../analysis/components';
import { findDistances } from '../../analysis/distances';
import { findReachability } from '../../analysis/reachability';
import type { Components, DominatorTree, Reachability } from '../../analysis/results';
import { buildDominatorTree } from '../../analysis/retained';
import type { SoleHoldings } from '../../analysis/sole-holder';
import { SLICE_MASK, type Work } from '../../lib/work';
import { Once } from '../running/once';
import type { HeapStructure } from '../../heap/analysed-heap';
import type { ReadDump } from '../dump/opened-dump';
import type { Phases } from '../running/phases';
import { RootIndex } from '../../heap/root-index';
import { isReachable } from '../rows/object-rows';
import { findGoroutineHoldings } from './goroutine-holdings';

/** Steps that each takes for an object, as counted on a heap of three million objects and five million references. */
const STEPS = { reach: 3, components: 7.5, dominators: 12.6, distances: 2 } as const;

export class Structure {
  readonly reachability = new Once<Reachability>((ticket) =>
    this.phases.run(ticket, 'reach', STEPS.reach, () => findReachability(this.dump.graph, this.dump.account)),
  );
  readonly components = new Once<Components>(async (ticket) => {
    const { graph, account } = this.dump;
    const reachability = await this.reachability.get(ticket);
    return this.phases.run(ticket, 'components', STEPS.components, () => findComponents(graph, reachability, account));
  });
  private readonly dominators = new Once<DominatorTree>(async (ticket) => {
    const { graph, account } = this.dump;
    const reachability = await this.reachability.get(ticket);
    const components = await this.components.get(ticket);
    return this.phases.run(ticket, 'dominators', STEPS.dominators, () =>
      buildDominatorTree(graph, reachability, components, account),
    );
  });
  private readonly distance = new Once<Uint32Array>(async (ticket) => {
    const { graph, account } = this.dump;
    const reachability = await this.reachability.get(ticket);
    return this.phases.run(ticket, 'distances', STEPS.distances, () => findDistances(graph, reachability, account));
  });

  /** All that rows need. */
  readonly whole = new Once<HeapStructure>(async (ticket) => {
    const reachability = await this.reachability.get(ticket);
    const components = await this.components.get(ticket);
    const dominators = await this.dominators.get(ticket);
    const distance = await this.distance.get(ticket);
    const roots = new RootIndex(this.dump.graph, reachability.effectiveRoots, this.dump.account);
    return { reachability, components, dominators, distance, roots };
  });

  readonly goroutineHoldings = new Once<SoleHoldings>(async (ticket) => {
    const structure = await this.whole.get(ticket);
    return this.phases.runQuietly(ticket, () => findGoroutineHoldings({ ...this.dump, ...structure }));
  });

  readonly cutTables = new Once<CutTables>(async (ticket) => {
    const { graph, account } = this.dump;
    const { reachability, dominators } = await this.whole.get(ticket);
    return this.phases.runQuietly(ticket, () => findCutTables(graph, reachability, dominators, account));
  });

  /** The objects that no single object dominates, of those that roots hold, by retained size, largest first. */
  readonly topOfTree = new Once<Uint32Array>(async (ticket) => {
    const structure = await this.whole.get(ticket);
    return this.phases.runQuietly(ticket, () => findTopOfTree(structure));
  });

  constructor(
    private readonly dump: ReadDump,
    private readonly phases: Phases,
  ) {}
}

function* findTopOfTree(structure: HeapStructure): Work<Uint32Array> {
  const { dominatedStart, dominatedObject } = structure.dominators;
  const top = dominatedObject.slice(dominatedStart[0], dominatedStart[1]);
  let held = 0;
  for (let at = 0; at < top.length; at++) {
    if (isReachable(structure, top[at])) top[held++] = top[at];
    if ((at & SLICE_MASK) === 0) yield at;
  }
  return top.slice(0, held);
}
