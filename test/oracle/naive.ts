/**
 * The answers of the analyses a second time, by the shortest way from their definitions: marking again and again, comparing sets. Quadratic and
 * worse, for graphs of up to some thousand objects. Shares nothing with workers/analysis but the graph's columns.
 */
import type { ObjectGraph } from '../../workers/analysis/object-graph';
import { ROOT } from '../../workers/graph/heap-graph';

export type Tier = 'strong' | 'weak' | 'none';

const PASSES = ['global', 'goroutine', 'other', 'finalizer', 'stack word'] as const;
export type NaiveHolder = (typeof PASSES)[number] | 'nothing';

/** id → 1 where marked */
export type Marks = Uint8Array;

export class NaiveGraph {
  readonly ids: number[];
  /** id → what refers to it, and what it refers to */
  readonly references: number[][];
  readonly referrers: number[][];
  private readonly holders: NaiveHolder[];
  private readonly tiers: Tier[];

  constructor(readonly graph: ObjectGraph) {
    const { objectCount, referenceStart, referenceTarget } = graph;
    this.ids = Array.from({ length: objectCount }, (_, i) => i + 1);
    this.references = Array.from({ length: objectCount + 1 }, (_, v) => [
      ...referenceTarget.subarray(referenceStart[v], referenceStart[v + 1]),
    ]);
    this.referrers = Array.from({ length: objectCount + 1 }, () => []);
    for (const v of this.ids) for (const w of this.references[v]) this.referrers[w].push(v);
    const marks = PASSES.map((pass) => this.marks(this.rootTargets((root) => this.rootHolder(root) === pass)));
    this.holders = [0, ...this.ids].map((v) => PASSES.find((_, pass) => marks[pass][v]) ?? 'nothing');
    this.tiers = this.holders.map((held) => (held === 'nothing' ? 'none' : held === 'stack word' ? 'weak' : 'strong'));
  }

  holder(v: number): NaiveHolder {
    return this.holders[v];
  }

  tier(v: number): Tier {
    return this.tiers[v];
  }

  /** Everything that can be reached from the starts without entering `without`, over the references that `follow` allows. */
  mark(...question: Parameters<NaiveGraph['marks']>): Set<number> {
    const marked = this.marks(...question);
    return new Set(this.ids.filter((v) => marked[v]));
  }

  /** The same as a column. */
  marks(
    starts: Iterable<number>,
    without: ReadonlySet<number> = new Set(),
    follow: (from: number, to: number) => boolean = () => true,
  ): Marks {
    const marked = new Uint8Array(this.references.length);
    const waiting = [...starts].filter((v) => !without.has(v));
    for (let v = waiting.pop(); v !== undefined; v = waiting.pop()) {
      if (marked[v]) continue;
      marked[v] = 1;
      for (const w of this.references[v]) if (!marked[w] && !without.has(w) && follow(v, w)) waiting.push(w);
    }
    return marked;
  }

  /** Rows of the roots that count. */
  effectiveRoots(): number[] {
    const { count, target } = this.graph.roots;
    return range(count).filter((root) => !this.isWeak(root) || this.tier(target[root]) !== 'strong');
  }

  /** A reference from a lower tier into a higher one does not count. */
  sameTier = (from: number, to: number): boolean => this.tier(from) === this.tier(to);

  /** Objects that go when all of `set` go: what is reachable now and not without them; for garbage, by its own definition. */
  retainedBy(set: ReadonlySet<number>): Set<number> {
    const [member] = set;
    if (this.tier(member) === 'none') return this.garbageRetainedBy(set);
    const entries = this.effectiveRoots().map((root) => this.graph.roots.target[root]);
    const before = this.marks(entries, new Set(), this.sameTier);
    const after = this.marks(entries, set, this.sameTier);
    return new Set(this.ids.filter((v) => before[v] && !after[v]));
  }

  /** Y, where the set reaches Y and no unreachable object that the set does not reach can reach Y without the set. */
  private garbageRetainedBy(set: ReadonlySet<number>): Set<number> {
    const follow = (_: number, to: number): boolean => this.tier(to) === 'none';
    const reached = this.marks(set, new Set(), follow);
    const outside = this.ids.filter((v) => this.tier(v) === 'none' && !reached[v]);
    const other = this.marks(outside, set, follow);
    return new Set(this.ids.filter((v) => reached[v] && !other[v]));
  }

  /** Sets of objects that reach each other, of two and more or with a self-reference, each ascending, by their lowest member. */
  cycles(): number[][] {
    return this.components().filter(([v, ...others]) => others.length > 0 || this.references[v].includes(v));
  }

  /** Lowest members of unreachable components that no object outside refers to. */
  garbageEntries(): number[] {
    return this.components()
      .filter((component) => this.tier(component[0]) === 'none')
      .filter((component) => component.every((v) => this.referrers[v].every((u) => component.includes(u))))
      .map((component) => component[0]);
  }

  private components(): number[][] {
    const reach = [0, ...this.ids].map((v) => this.marks([v]));
    const mutual = this.ids.map((v) => this.ids.filter((w) => reach[v][w] && reach[w][v]));
    return mutual.filter((component, i) => component[0] === i + 1);
  }

  /** id → its dominators, by relaxation of dom(v) = {v} ∪ ⋂ dom(referrers) from the full sets downwards; 0 is the pseudo-root. */
  dominators(): Set<number>[] {
    const entries = this.entries();
    const all = [0, ...this.ids];
    const dominators = all.map((v) => new Set(v === 0 ? [0] : all));
    for (let changed = true; changed;) {
      changed = false;
      for (const v of this.ids) {
        const from = this.referrers[v].filter((u) => this.sameTier(u, v)).map((u) => dominators[u]);
        if (entries.has(v)) from.push(dominators[0]);
        const common = [...dominators[v]].filter((d) => d === v || from.every((set) => set.has(d)));
        if (common.length === dominators[v].size) continue;
        dominators[v] = new Set(common);
        changed = true;
      }
    }
    return dominators;
  }

  /** id → immediate dominator, by removing each object and marking again: of all that cut it off, the one that cuts off least. */
  immediateDominators(): number[] {
    const entries = this.entries();
    const nearest = [0, ...this.ids.map(() => 0)];
    const cutOff = [Infinity, ...this.ids.map(() => 0)];
    for (const d of this.ids) {
      const marked = this.marks(entries, new Set([d]), this.sameTier);
      const lost = this.ids.filter((v) => v !== d && !marked[v]);
      cutOff[d] = lost.length;
      for (const v of lost) if (cutOff[d] < cutOff[nearest[v]]) nearest[v] = d;
    }
    return nearest;
  }

  private entries(): Set<number> {
    return new Set([...this.effectiveRoots().map((root) => this.graph.roots.target[root]), ...this.garbageEntries()]);
  }

  /** id → references from the nearest root that counts, Infinity where there is none; by relaxation. */
  distances(): number[] {
    const distance = [0, ...this.ids.map(() => Infinity)];
    for (const root of this.effectiveRoots()) distance[this.graph.roots.target[root]] = 1;
    for (let changed = true; changed;) {
      changed = false;
      for (const v of this.ids) {
        for (const w of this.references[v]) {
          if (!this.sameTier(v, w) || distance[v] + 1 >= distance[w]) continue;
          distance[w] = distance[v] + 1;
          changed = true;
        }
      }
    }
    return distance;
  }

  bytes(objects: Iterable<number>): number {
    const { shapeId, shapes } = this.graph;
    return [...objects].reduce((sum, v) => sum + shapes.slotSize[shapeId[v]], 0);
  }

  isWeak(root: number): boolean {
    return root >= this.graph.roots.strongCount;
  }

  private rootTargets(which: (root: number) => boolean): number[] {
    return range(this.graph.roots.count)
      .filter(which)
      .map((root) => this.graph.roots.target[root]);
  }

  private rootHolder(root: number): NaiveHolder {
    if (this.isWeak(root)) return 'stack word';
    const kind = this.graph.roots.kind[root];
    if (kind === ROOT.data || kind === ROOT.bss) return 'global';
    if (kind === ROOT.stack || kind === ROOT.goroutine) return 'goroutine';
    return kind === ROOT.finalizer ? 'finalizer' : 'other';
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
