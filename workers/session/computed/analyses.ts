/** The analyses that tell of names: each is made when it is first needed, in its turn, and kept until the names change. */
import type { Summary } from '../../api/rows';
import { findKeepers, type CycleStructures, type Keepers } from '../../cycles/keepers';
import { findPools } from '../../values/pool-summary';
import { DETECTORS } from '../../suspects/detectors';
import { runDetectors, type Findings } from '../../suspects/run-detectors';
import { Once } from '../running/once';
import type { AnalysedDump, OpenedDump } from '../dump/opened-dump';
import type { Phases } from '../running/phases';
import { analysedHeap } from '../dump/analysed-heap';
import type { Structure } from './structure';
import { summarize } from '../rows/summary';
import type { AloneAndReaches } from '../../kinds/alone-and-reaches';
import { findClosureFacts, findClosureHoldings, type ClosureFacts } from './closure-facts';
import { findCycleFacts, findCycleStructures, type CycleFacts } from './cycle-facts';
import { findGoroutineFacts, type GoroutineFacts } from './goroutine-facts';
import { findGoroutineKindFacts, type GoroutineKindFacts } from './goroutine-kind-facts';
import { findRootKindFacts, type RootKindFacts } from './root-kind-facts';
import { weighPools, type PoolFacts } from './pool-facts';
import { findShapeFacts, type ShapeFacts } from './cycle-shape-facts';
import { fullCatalogue, heapCatalogue, type CycleCatalogue } from './full-cycle-facts';
import type { Kinds } from '../../kinds/kinds';
import { FreeTargets } from './free-targets';
import { findKinds } from './kinds';
import { RetentionTrees } from './retention-trees';
import { findPackageFacts, type PackageFacts } from './package-facts';
import { findTypeFacts, type TypeFacts } from './type-facts';
import type { Ticket } from '../running/ticket';

/** Steps that it takes for an object, as counted on a heap of three million objects and five million references. */
const STEPS = { cycles: 5.5 } as const;

export class Analyses {
  readonly summary = new Once<Summary>((ticket) => this.makeSummary(ticket));
  /** What the file tells of the runtime's own structures, and of goroutines that wait for ever. */
  private readonly cycleStructures = new Once<CycleStructures>(async (ticket) => {
    const components = await this.structure.components.get(ticket);
    return this.phases.runTask(ticket, (tools) => findCycleStructures({ ...this.dump, components }, tools));
  });
  private readonly keepers = new Once<Keepers>(async (ticket) => {
    const { dump } = this;
    const reachability = await this.structure.reachability.get(ticket);
    const components = await this.structure.components.get(ticket);
    const structures = await this.cycleStructures.get(ticket);
    return this.phases.runQuietly(ticket, () =>
      findKeepers({ ...dump, ...structures, reachability, components }, dump.account),
    );
  });
  readonly analysed = new Once<AnalysedDump>(async (ticket) => ({
    ...this.dump,
    ...(await this.structure.whole.get(ticket)),
    keepers: await this.keepers.get(ticket),
  }));
  readonly cycleFacts = new Once<CycleFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    const structures = await this.cycleStructures.get(ticket);
    return this.phases.run(ticket, 'cycles', STEPS.cycles, () => findCycleFacts(dump, structures));
  });
  readonly heapCycles = new Once<CycleCatalogue>(async (ticket) =>
    heapCatalogue(await this.analysed.get(ticket), await this.cycleFacts.get(ticket)),
  );
  readonly fullCycles = new Once<CycleCatalogue>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    const facts = await this.cycleFacts.get(ticket);
    const structures = await this.cycleStructures.get(ticket);
    return this.phases.runTask(ticket, (tools) => fullCatalogue(dump, facts, structures, tools));
  });
  readonly heapShapes = new Once<ShapeFacts>(async (ticket) =>
    this.findShapes(ticket, await this.heapCycles.get(ticket)),
  );
  readonly fullShapes = new Once<ShapeFacts>(async (ticket) =>
    this.findShapes(ticket, await this.fullCycles.get(ticket)),
  );
  /** What answers by kind are made of. */
  readonly kinds = new Once<Kinds>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    return this.phases.runTask(ticket, (tools) => findKinds(dump, tools));
  });
  /** Where the memory is. */
  /** What would free the target that was asked about last. */
  readonly freeTargets = new FreeTargets({ run: (ticket, task) => this.phases.runTask(ticket, task) });
  readonly retention = new RetentionTrees({
    dump: (ticket) => this.analysed.get(ticket),
    structures: (ticket) => this.cycleStructures.get(ticket),
    kinds: (ticket) => this.kinds.get(ticket),
    run: (ticket, begin) => this.phases.runQuietly(ticket, begin),
  });
  readonly typeFacts = new Once<TypeFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    return this.phases.runQuietly(ticket, () => findTypeFacts(dump));
  });
  readonly packageFacts = new Once<PackageFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    return this.phases.runQuietly(ticket, () => findPackageFacts(dump));
  });
  readonly closureFacts = new Once<ClosureFacts[]>((ticket) =>
    this.phases.runTask(ticket, ({ checkpoint }) => findClosureFacts(this.dump, checkpoint)),
  );
  readonly goroutineFacts = new Once<GoroutineFacts[]>((ticket) =>
    this.phases.runTask(ticket, ({ checkpoint }) => findGoroutineFacts(this.dump, checkpoint)),
  );
  readonly closureHoldings = new Once<AloneAndReaches>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    const closures = await this.closureFacts.get(ticket);
    return this.phases.runQuietly(ticket, () => findClosureHoldings(dump, closures));
  });
  readonly goroutineKindFacts = new Once<GoroutineKindFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    const { roots } = await this.kinds.get(ticket);
    return this.phases.runQuietly(ticket, () => findGoroutineKindFacts(dump, roots));
  });
  readonly rootKindFacts = new Once<RootKindFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    const { roots } = await this.kinds.get(ticket);
    return this.phases.runQuietly(ticket, () => findRootKindFacts(dump, roots));
  });
  readonly poolFacts = new Once<PoolFacts>(async (ticket) => {
    const dump = await this.analysed.get(ticket);
    const pools = await this.phases.runTask(ticket, ({ checkpoint }) => findPools(dump.naming, checkpoint));
    return this.phases.runQuietly(ticket, () => weighPools(dump, pools));
  });

  readonly findings = new Once<Findings>(
    async (ticket) => {
      const dump = await this.analysed.get(ticket);
      const figures = {
        goroutineHoldings: await this.goroutineHoldings.get(ticket),
        cutTables: await this.structure.cutTables.get(ticket),
      };
      return this.phases.runPartsBehind(ticket, 'findings', 'detectors', DETECTORS.length, ({ meter, ...tools }) =>
        runDetectors(analysedHeap(dump, figures, tools), ({ title }, index) => {
          meter.update(index, title);
        }),
      );
    },
    // a file that was out of reach may be back
    ({ readAll }) => readAll,
  );

  /** See Structure. */
  get goroutineHoldings(): Structure['goroutineHoldings'] {
    return this.structure.goroutineHoldings;
  }

  /** See Structure. */
  get topOfTree(): Structure['topOfTree'] {
    return this.structure.topOfTree;
  }

  constructor(
    readonly dump: OpenedDump,
    /** Outlives the names. */
    readonly structure: Structure,
    private readonly phases: Phases,
  ) {}

  /** Gives back what it alone holds of the account; questions that are being answered keep theirs to their end. */
  close(): void {
    const { account } = this.dump;
    this.fullCycles.whenDone((catalogue) => {
      catalogue.release();
    });
    this.cycleStructures.whenDone(({ structures }) => {
      account.release(structures);
    });
    this.retention.release(account);
    this.freeTargets.release();
    this.kinds.whenDone(({ objects, fields }) => {
      account.release(objects.ofObject, fields.ofReference);
    });
    this.keepers.whenDone(({ ofObject, ofRoot }) => {
      account.release(ofObject, ofRoot);
    });
  }

  private findShapes(ticket: Ticket, catalogue: CycleCatalogue): Promise<ShapeFacts> {
    return this.phases.runTask(ticket, ({ checkpoint }) => findShapeFacts(catalogue, checkpoint));
  }

  private async makeSummary(ticket: Ticket): Promise<Summary> {
    const reachability = await this.structure.reachability.get(ticket);
    const components = await this.structure.components.get(ticket);
    const keepers = await this.keepers.get(ticket);
    return this.phases.runQuietly(ticket, () => summarize(this.dump, reachability, components, keepers));
  }
}
