/** The analyses of one open dump: each is made when it is first needed, in its turn, and then kept. */
import { findComponents } from '../analysis/components';
import { findDistances } from '../analysis/distances';
import { findReachability } from '../analysis/reachability';
import type { Components, DominatorTree, Reachability } from '../analysis/results';
import { buildDominatorTree } from '../analysis/retained';
import type { SoleHoldings } from '../analysis/sole-holder';
import type { Summary } from '../api/rows';
import { SLICE_MASK, type Work } from '../lib/work';
import { findPools } from '../naming/pool-summary';
import { Once } from './once';
import type { AnalysedDump, OpenedDump } from './opened-dump';
import type { Phases } from './phases';
import { RootIndex } from './root-index';
import { isReachable } from './rows/object-rows';
import { summarize } from './summary';
import { findClosureFacts, type ClosureFacts } from './tables/closure-facts';
import { findCycleFacts, type CycleFacts } from './tables/cycle-facts';
import { findGoroutineHoldings } from './tables/goroutine-table';
import { weighPools, type PoolFacts } from './tables/pool-facts';
import { findTypeFacts, type TypeFacts } from './tables/type-facts';
import type { Ticket } from './task-runner';

/** Steps that each takes for an object, as counted on a heap of three million objects and five million references. */
const STEPS = { reach: 3, components: 7.5, dominators: 12.6, distances: 2, cycles: 5.5 } as const;

export class Analyses {
  readonly summary = new Once<Summary>((ticket) => this.makeSummary(ticket));
  readonly analysed = new Once<AnalysedDump>((ticket) => this.analyse(ticket));
  readonly cycleFacts = new Once<CycleFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    return this.phases.run(ticket, 'cycles', STEPS.cycles, () => findCycleFacts(dump));
  });
  readonly typeFacts = new Once<TypeFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    return this.phases.runQuietly(ticket, () => findTypeFacts(dump));
  });
  readonly closureFacts = new Once<ClosureFacts[]>((ticket) =>
    this.phases.runChecked(ticket, (checkpoint) => findClosureFacts(this.dump, checkpoint)),
  );
  readonly poolFacts = new Once<PoolFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    const pools = await this.phases.runChecked(ticket, (checkpoint) => findPools(dump.naming, checkpoint));
    return this.phases.runQuietly(ticket, () => weighPools(dump, pools));
  });
  readonly goroutineHoldings = new Once<SoleHoldings>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    return this.phases.runQuietly(ticket, () => findGoroutineHoldings(dump));
  });

  /** The objects that no single object dominates, of those that roots hold, by retained size, largest first. */
  readonly topOfTree = new Once<Uint32Array>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    return this.phases.runQuietly(ticket, () => findTopOfTree(dump));
  });

  private readonly reachability = new Once<Reachability>((ticket) =>
    this.phases.run(ticket, 'reach', STEPS.reach, () => findReachability(this.dump.graph, this.dump.account)),
  );
  private readonly components = new Once<Components>(async (ticket) => {
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

  constructor(
    readonly dump: OpenedDump,
    private readonly phases: Phases,
  ) {}

  private async makeSummary(ticket: Ticket): Promise<Summary> {
    const reachability = await this.reachability.get(ticket);
    const components = await this.components.get(ticket);
    return this.phases.runQuietly(ticket, () => summarize(this.dump, reachability, components));
  }

  private async analyse(ticket: Ticket): Promise<AnalysedDump> {
    const reachability = await this.reachability.get(ticket);
    const components = await this.components.get(ticket);
    const dominators = await this.dominators.get(ticket);
    const distance = await this.distance.get(ticket);
    const roots = new RootIndex(this.dump.graph, reachability.effectiveRoots, this.dump.account);
    return { ...this.dump, reachability, components, dominators, distance, roots };
  }
}

function* findTopOfTree(dump: AnalysedDump): Work<Uint32Array> {
  const { dominatedStart, dominatedObject } = dump.dominators;
  const top = dominatedObject.slice(dominatedStart[0], dominatedStart[1]);
  let held = 0;
  for (let at = 0; at < top.length; at++) {
    if (isReachable(dump, top[at])) top[held++] = top[at];
    if ((at & SLICE_MASK) === 0) yield at;
  }
  return top.slice(0, held);
}
