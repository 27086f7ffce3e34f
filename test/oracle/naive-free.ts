/** What would free a target a second time: by sets of references, strings, and marking again. And random kinds for sketches. */
import { expect } from 'vitest';
import { parseSketch } from '../../fixtures/shapes/sketch';
import { finalizerRootsOf, type FinalizerRoots } from '../../workers/analysis/cut-tables';
import type { FreeHeap } from '../../workers/kinds/target-ancestors';
import type { Way, WayKinds } from '../../workers/kinds/free-ways';
import { ROOT, ROOT_PART } from '../../workers/graph/heap-graph';
import { finish } from '../../workers/lib/work';
import { analyse } from '../support/analyse';
import { objectGraph } from '../support/object-graph';
import { NaiveGraph } from './naive';

/** Fields that objects of one kind have at most. */
const FIELDS = 3;

/** What decides the kinds: numbers that wrap around, for objects, references and roots. */
interface Draw {
  readonly objects: readonly number[];
  readonly references: readonly number[];
  readonly roots: readonly number[];
}

const KINDS = 4;
/** Fields that there are in all. */
export const FIELD_COUNT = KINDS * FIELDS;
/** Objects of this kind are insides of containers. */
const INSIDE = 0;
const ROOT_KINDS = 3;

/** A sketch whose objects, references and roots have the kinds that were drawn, by their names. */
export function prepare(drawing: string, draw: Draw) {
  const sketch = parseSketch(drawing);
  const graph = objectGraph(sketch);
  const { account, reachability, components } = analyse(graph);
  const ordered = [...sketch.roots.filter(({ weak }) => !weak), ...sketch.roots.filter(({ weak }) => weak)];
  const owner = new Uint32Array(ordered.length);
  const offset = new Float64Array(ordered.length);
  for (const [index, { object, roots }] of sketch.finalizers.entries())
    for (const root of roots) {
      const row = ordered.indexOf(sketch.roots[root]);
      owner[row] = index;
      const isField = sketch.references.some(({ from, to }) => from === object && to === ordered[row].target);
      offset[row] = isField ? ROOT_PART.finalizerReference : ROOT_PART.finalizerFunction;
    }
  const roots = { ...graph.roots, owner, offset };
  const wrap = (list: readonly number[], at: number, below: number): number =>
    list.length === 0 ? 0 : list[at % list.length] % below;
  const nameOf = (id: number): number => Number(/\d+/.exec(sketch.objects[id - 1].name)?.[0] ?? 0);
  const ofObject = Uint32Array.from({ length: graph.vertexCount }, (_, id) =>
    id === 0 ? 0 : wrap(draw.objects, nameOf(id), KINDS),
  );
  const ofReference = new Uint32Array(graph.referenceTarget.length);
  for (let v = 1; v <= graph.objectCount; v++)
    for (let at = graph.referenceStart[v]; at < graph.referenceStart[v + 1]; at++)
      ofReference[at] =
        ofObject[v] * FIELDS + wrap(draw.references, nameOf(v) + 7 * nameOf(graph.referenceTarget[at]), FIELDS);
  const ofRoot = Uint32Array.from(ordered, ({ kind, target }) =>
    wrap(draw.roots, kind.length + nameOf(target), ROOT_KINDS),
  );
  const kinds: WayKinds = {
    ofObject,
    kindCount: KINDS,
    ofReference,
    fieldCount: FIELD_COUNT,
    ofRoot,
    rootCount: ROOT_KINDS,
    ownerOfRoot: ofRoot.map((kind) => kind >> 1),
    isInside: (id) => ofObject[id] === INSIDE,
    costOfField: () => 1,
    costOfRoot: () => 1,
    costOfOwner: () => 1,
  };
  const full = { ...graph, roots };
  const finalizerRoots: FinalizerRoots = { records: sketch, roots, index: { objectAt: (address) => address } };
  const finalizers = { rootsOf: finish(finalizerRootsOf(finalizerRoots)) };
  const heap: FreeHeap = {
    graph: full,
    reachability,
    finalizers,
    account,
    kinds,
    cycleOf: components.cycleOf,
  };
  return { heap, naive: new NaiveGraph(full), name: (id: number) => sketch.objects[id - 1].name };
}

/** The same by sets of references and strings. */
export class NaiveFree {
  readonly members: ReadonlySet<number>;
  readonly outside: ReadonlySet<number>;
  readonly ancestors: ReadonlySet<number>;
  private readonly holders = new Map<number, Set<string>>();
  /** Roots that stand for what an object with a finalizer refers to. */
  private readonly beside = new Set<number>();

  constructor(
    readonly heap: FreeHeap,
    readonly naive: NaiveGraph,
    members: Iterable<number>,
  ) {
    this.members = new Set([...members].filter((v) => naive.tier(v) !== 'none'));
    this.outside = naive.mark(this.rootTargets(new Set()), this.members, naive.sameTier);
    this.ancestors = this.findAncestors();
    const { kind, offset } = heap.graph.roots;
    for (const [object, rows] of heap.finalizers.rootsOf)
      for (const row of rows)
        if (kind[row] === ROOT.finalizer && offset[row] === ROOT_PART.finalizerReference && this.outside.has(object)) {
          const target = heap.graph.roots.target[row];
          const isPinning = naive.mark([target]).has(object);
          if (!isPinning && naive.sameTier(object, target)) this.beside.add(row);
        }
    this.findHolders();
  }

  /** Objects that go when references and roots for which `isCut` says so go, finalizers that run included. */
  gone(
    isCut: (from: number, reference: number) => boolean,
    isRootCut: (root: number) => boolean,
    blocked: ReadonlySet<number> = new Set(),
  ): number[] {
    const { heap, naive } = this;
    const { referenceStart, referenceTarget, roots } = heap.graph;
    const before = naive.mark(this.rootTargets(new Set()), new Set(), naive.sameTier);
    const left = new Set(naive.effectiveRoots().filter((root) => isRootCut(root)));
    for (const [object, rows] of heap.finalizers.rootsOf)
      for (const row of rows) {
        if (roots.offset[row] !== ROOT_PART.finalizerReference) continue;
        const own = range(referenceStart[object], referenceStart[object + 1]).filter(
          (at) => referenceTarget[at] === roots.target[row],
        );
        if (own.every((at) => isCut(object, at))) left.add(row);
      }
    for (;;) {
      const after = new Set<number>();
      const waiting = this.rootTargets(left).filter((v) => !blocked.has(v));
      for (let v = waiting.pop(); v !== undefined; v = waiting.pop()) {
        if (after.has(v)) continue;
        after.add(v);
        for (const at of range(referenceStart[v], referenceStart[v + 1])) {
          const w = referenceTarget[at];
          if (naive.sameTier(v, w) && !blocked.has(w) && !isCut(v, at)) waiting.push(w);
        }
      }
      const gone = [...before].filter((v) => !after.has(v));
      const size = left.size;
      for (const v of gone) for (const row of heap.finalizers.rootsOf.get(v) ?? []) left.add(row);
      if (left.size === size) return gone;
    }
  }

  /** What a reference is called on the ways; null where it is on none. */
  key(from: number, reference: number): string | null {
    const { ofObject, ofReference } = this.heap.kinds;
    const to = this.heap.graph.referenceTarget[reference];
    if (!this.ancestors.has(from) || !this.naive.sameTier(from, to)) return null;
    if (!this.ancestors.has(to) && !this.members.has(to)) return null;
    if (this.isInside(from) && this.isInside(to)) return null;
    const holder = this.holders.get(from);
    const field = ofReference[reference];
    const vertex = `${this.members.has(to) ? 'target' : this.vertex(to)} ${ofObject[to]}`;
    const [only] = holder ?? [];
    if (holder?.size === 1) return `entry ${only} ${field} ${vertex} ${this.members.has(to)}`;
    return `field ${field} ${vertex} ${this.members.has(to)}`;
  }

  keyOf({ from, to, enters, example }: Way): string {
    if (from.form === 'owner') return `owner ${from.owner}`;
    if (from.form === 'root') return `root ${from.root} ${to}`;
    const target = 'to' in example ? example.to : 0;
    expect(this.heap.kinds.ofObject[target]).toBe(to);
    const vertex = `${enters ? 'target' : this.vertex(target)} ${to}`;
    if (from.form === 'field') return `field ${from.field} ${vertex} ${enters}`;
    const holder = 'root' in from.of ? `root ${from.of.root}` : `field ${from.of.field}`;
    return `entry ${holder} ${from.field} ${vertex} ${enters}`;
  }

  goneWithout(ways: readonly Way[]): number[] {
    const keys = new Set(ways.map((way) => this.keyOf(way)));
    return this.gone(
      (from, reference) => keys.has(this.key(from, reference) ?? ''),
      (root) => this.rootKeys(root).some((key) => keys.has(key)),
    );
  }

  rootKeys(root: number): string[] {
    const { ofObject, ofRoot, ownerOfRoot } = this.heap.kinds;
    const target = this.heap.graph.roots.target[root];
    if (this.beside.has(root)) return [];
    return [
      ...(this.members.has(target) ? [`root ${ofRoot[root]} ${ofObject[target]}`] : []),
      ...(this.members.has(target) || this.ancestors.has(target) ? [`owner ${ownerOfRoot[root]}`] : []),
    ];
  }

  allKeys(): Map<string, number> {
    const counts = new Map<string, number>();
    const count = (key: string | null): void => {
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
    };
    for (const root of this.naive.effectiveRoots()) this.rootKeys(root).forEach(count);
    const { referenceStart } = this.heap.graph;
    for (const v of this.naive.ids)
      for (const at of range(referenceStart[v], referenceStart[v + 1])) count(this.key(v, at));
    return counts;
  }

  private rootTargets(without: ReadonlySet<number>): number[] {
    return this.naive
      .effectiveRoots()
      .filter((root) => !without.has(root))
      .map((root) => this.heap.graph.roots.target[root]);
  }

  private findAncestors(): Set<number> {
    const found = new Set<number>();
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const v of this.outside)
        if (this.naive.references[v].some((w) => this.naive.sameTier(v, w) && (found.has(w) || this.members.has(w))))
          found.add(v);
    }
    return found;
  }

  private isInside(v: number): boolean {
    return this.ancestors.has(v) && this.heap.kinds.isInside(v);
  }

  private vertex(v: number): string {
    const holder = this.holders.get(v);
    return holder?.size === 1 ? `inside ${[...holder][0]}` : `kind ${this.heap.kinds.ofObject[v]}`;
  }

  private findHolders(): void {
    const { graph, kinds } = this.heap;
    const insides = [...this.ancestors].filter((v) => this.isInside(v));
    for (const v of insides) this.holders.set(v, new Set());
    const add = (v: number, holder: string): void => void this.holders.get(v)?.add(holder);
    for (const root of this.naive.effectiveRoots())
      if (!this.beside.has(root)) add(graph.roots.target[root], `root ${kinds.ofRoot[root]}`);
    for (const v of this.ancestors)
      for (const at of range(graph.referenceStart[v], graph.referenceStart[v + 1])) {
        const w = graph.referenceTarget[at];
        if (!this.isInside(v) && this.naive.sameTier(v, w)) add(w, `field ${kinds.ofReference[at]}`);
      }
    for (let changed = true; changed;) {
      changed = false;
      for (const v of insides)
        for (const w of this.naive.references[v]) {
          if (!this.naive.sameTier(v, w)) continue;
          for (const holder of this.holders.get(v) ?? []) {
            if (this.holders.get(w)?.has(holder) ?? true) continue;
            add(w, holder);
            changed = true;
          }
        }
    }
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
