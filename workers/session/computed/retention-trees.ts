/** Retention trees: each made when it is first asked for, and kept until the names change; of those without some fields, the last. */
import { EngineError } from '../../api/errors';
import type { RetentionBy } from '../../api/retention-rows';
import type { CycleStructures } from '../../cycles/keepers';
import type { Kinds } from '../../kinds/kinds';
import type { WayTree } from '../../kinds/way-tree';
import type { MemoryAccount } from '../../lib/alloc';
import type { Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';
import { NodeNames } from '../rows/node-names';
import { Once } from '../running/once';
import type { Ticket } from '../running/ticket';
import { fieldsNamed } from '../dump/named-fields';
import { findDominatorTree, findPathTree } from './retention';

/** A tree with what its nodes are called. */
export interface NamedTree {
  readonly tree: WayTree;
  readonly names: NodeNames;
}

/** Where trees come from. */
interface TreeSources {
  dump(ticket: Ticket): Promise<AnalysedDump>;
  structures(ticket: Ticket): Promise<CycleStructures>;
  kinds(ticket: Ticket): Promise<Kinds>;
  run<T>(ticket: Ticket, begin: () => Work<T>): Promise<T>;
}

export class RetentionTrees {
  private readonly path = new Once<NamedTree>((ticket) => this.byPath(ticket, []));
  private readonly dominator = new Once<NamedTree>((ticket) => this.byDominator(ticket));
  /** By path without some fields. */
  private last: { readonly without: string; readonly tree: Once<NamedTree> } | null = null;

  constructor(private readonly from: TreeSources) {}

  /** Rejects with `NotFound` where a field is not known, with `BadRequest` where none can be left out. */
  async get(ticket: Ticket, by: RetentionBy, without: readonly string[] = []): Promise<NamedTree> {
    if (without.length === 0) return (by === 'path' ? this.path : this.dominator).get(ticket);
    if (by === 'dominator')
      throw new EngineError('BadRequest', 'By dominator no field can be left out: ask for the tree by path');
    const key = JSON.stringify(without);
    if (this.last?.without !== key) {
      const { account } = await this.from.dump(ticket);
      this.last?.tree.whenDone(({ tree }) => {
        account.release(tree.nodeOf);
      });
      this.last = { without: key, tree: new Once((first) => this.byPath(first, without)) };
    }
    return this.last.tree.get(ticket);
  }

  release(account: MemoryAccount): void {
    for (const tree of [this.path, this.dominator, this.last?.tree])
      tree?.whenDone(({ tree: { nodeOf } }) => {
        account.release(nodeOf);
      });
  }

  private async byPath(ticket: Ticket, without: readonly string[]): Promise<NamedTree> {
    const dump = await this.from.dump(ticket);
    const structures = await this.from.structures(ticket);
    const kinds = await this.from.kinds(ticket);
    const leftOut = without.length === 0 ? null : fieldsNamed(kinds, without);
    const tree = await this.from.run(ticket, () => findPathTree(dump, structures, kinds, leftOut));
    return { tree, names: new NodeNames(tree, kinds) };
  }

  private async byDominator(ticket: Ticket): Promise<NamedTree> {
    const dump = await this.from.dump(ticket);
    const kinds = await this.from.kinds(ticket);
    const tree = await this.from.run(ticket, () => findDominatorTree(dump, kinds));
    return { tree, names: new NodeNames(tree, kinds) };
  }
}
