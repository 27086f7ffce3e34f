/**
 * A drawing in the making: everything that could be drawn, and the folding of what matters least into "+N more" until the rest fits a budget.
 * Nodes are few (some hundreds at most), so plain objects do.
 */
import type { DrawnEdge, DrawnNode } from '../../api/graph';

/** What stands for objects or roots that are not drawn singly has no `object` and no `root`. */
export interface SketchNode {
  readonly id: string;
  readonly kind: DrawnNode['kind'];
  /** The one object that it is. */
  readonly object: number | null;
  /** A row of graph.roots: the first of those that it is. */
  readonly root: number | null;
  /** The label that the objects of a class share. */
  readonly label: number | null;
  /** Where its objects stand in the drawing; words depend on it. */
  readonly place: 'core' | 'path' | 'in' | 'out';
  objects: number;
  bytes: number;
  /** References from roots that it stands for. */
  roots: number;
  /** The `more` node that takes it in when there is no room; null where it always stays. */
  readonly foldsInto: SketchNode | null;
  /** Higher goes first when there is no room. */
  readonly rank: number;
}

export interface SketchLink {
  readonly from: SketchNode;
  readonly to: SketchNode;
  kind: DrawnEdge['kind'];
  count: number;
  /** The first MAX_SAMPLES references, as pairs of objects; none for links from roots. */
  readonly samples: { from: number; to: number }[];
  /** The first MAX_SAMPLES rows of graph.roots, for links from roots. */
  readonly roots: number[];
}

/** References that a link remembers one by one, so that their fields can be read. */
const MAX_SAMPLES = 128;

/** One reference of a link: between objects, or a row of graph.roots. */
type Sample = SketchLink['samples'][number] | { root: number };

export class Sketch {
  private readonly drawn = new Set<SketchNode>();
  /** from → to → link */
  private readonly out = new Map<SketchNode, Map<SketchNode, SketchLink>>();
  private readonly folded = new Set<SketchNode>();
  private linkCount = 0;

  get nodes(): SketchNode[] {
    return [...this.drawn];
  }

  get links(): SketchLink[] {
    return [...this.out.values()].flatMap((row) => [...row.values()]);
  }

  get elements(): number {
    return this.drawn.size + this.linkCount;
  }

  add(node: SketchNode): SketchNode {
    this.drawn.add(node);
    return node;
  }

  /** Counts one reference between two nodes, or between what took them in. Both ends become part of the drawing. */
  link(from: SketchNode, to: SketchNode, kind: DrawnEdge['kind'], sample: Sample | null): void {
    const isRoot = sample !== null && 'root' in sample;
    const samples = sample === null || isRoot ? [] : [sample];
    this.join(this.standing(from), this.standing(to), { kind, count: 1, samples, roots: isRoot ? [sample.root] : [] });
  }

  /** Folds what ranks highest until at most `budget` elements are left, or nothing more can be folded. */
  foldTo(budget: number): void {
    const foldable = this.nodes.filter((node) => node.foldsInto !== null).sort((a, b) => b.rank - a.rank);
    for (const node of foldable) {
      if (this.elements <= budget) return;
      this.fold(node);
    }
  }

  private fold(node: SketchNode): void {
    const into = node.foldsInto;
    if (into === null) return;
    into.objects += node.objects;
    into.bytes += node.bytes;
    into.roots += node.roots;
    this.add(into);
    const touching = this.links.filter((link) => link.from === node || link.to === node);
    for (const link of touching) this.unlink(link);
    this.drawn.delete(node);
    this.folded.add(node);
    for (const link of touching) this.join(this.standing(link.from), this.standing(link.to), link);
  }

  /** What stands for a node now. */
  private standing(node: SketchNode): SketchNode {
    let standing = node;
    while (standing.foldsInto && this.folded.has(standing)) standing = standing.foldsInto;
    return standing;
  }

  private join(
    from: SketchNode,
    to: SketchNode,
    added: Pick<SketchLink, 'kind' | 'count' | 'samples' | 'roots'>,
  ): void {
    // what "+N more" has among itself says nothing
    if (from === to && from.kind === 'more') return;
    const link = this.linkBetween(from, to, added.kind);
    link.count += added.count;
    if (link.kind !== added.kind) link.kind = 'plain';
    link.samples.push(...added.samples.slice(0, MAX_SAMPLES - link.samples.length));
    link.roots.push(...added.roots.slice(0, MAX_SAMPLES - link.roots.length));
  }

  private linkBetween(from: SketchNode, to: SketchNode, kind: DrawnEdge['kind']): SketchLink {
    this.add(from);
    this.add(to);
    let row = this.out.get(from);
    if (!row) this.out.set(from, (row = new Map<SketchNode, SketchLink>()));
    let link = row.get(to);
    if (!link) {
      row.set(to, (link = { from, to, kind, count: 0, samples: [], roots: [] }));
      this.linkCount++;
    }
    return link;
  }

  private unlink(link: SketchLink): void {
    if (this.out.get(link.from)?.delete(link.to)) this.linkCount--;
  }
}
