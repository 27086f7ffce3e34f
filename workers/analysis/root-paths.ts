/**
 * Shortest paths from roots to one object: breadth-first search backwards over referrers, one path for each root that counts, nearest first.
 * Each object is visited once, so the paths form a tree towards the object: the next path ends at another root, not at the same by a detour.
 * Referrers count inside a tier only: a live object is explained by live holders.
 *
 * The search is a generator that stands still between paths; `nextPath` asks for one more. 8 bytes an object while it is kept.
 */
import type { MemoryAccount } from '../lib/alloc';
import { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import { HOLDER, type Reachability } from './results';
import { TIER_OF_HOLDER } from './tiers';

/** What a path must not use. References are indices into referenceTarget; roots and their kinds as in graph.roots. */
export interface Avoid {
  readonly objects: Members;
  readonly references: ReadonlySet<number>;
  readonly rootKinds: Members;
  readonly roots: Members;
  /** References by what they are, where there may be millions of them; null for none. */
  readonly fields?: AvoidedFields | null;
}

/** A set that is only asked. */
type Members = Pick<ReadonlySet<number>, 'has'>;

export interface AvoidedFields extends Members {
  /** Whether an object may have such a reference. */
  mayBeOf(objectId: number): boolean;
}

export const AVOID_NOTHING: Avoid = {
  objects: new Set(),
  references: new Set(),
  rootKinds: new Set(),
  roots: new Set(),
};

/** The roots that count of an object, as rows of graph.roots. */
export interface RootLookup {
  ofObject(objectId: number): Iterable<number>;
}

export interface RootPath {
  /** Row of graph.roots. */
  readonly root: number;
  /** From the object that the root points at to the object asked for. */
  readonly objects: readonly number[];
  /** references[i] leads from objects[i] to objects[i + 1]: the first one that may be used, as an index into referenceTarget. */
  readonly references: readonly number[];
}

/** Yields numbers of objects visited at coarse intervals, and for each root that it comes to, how to write down the path from there. */
export type PathSearch = Generator<number | (() => RootPath), void, void>;

/** The next path, or null when there are no more. Abandoning this work leaves the search whole; it goes on where it stood. */
export function* nextPath(search: PathSearch): Work<RootPath | null> {
  for (;;) {
    const step = search.next();
    if (step.done) return null;
    if (typeof step.value !== 'number') return step.value();
    yield step.value;
  }
}

/** How many more paths there are. They are not written down: on a list of a million that would take a million million steps. */
export function* countRest(search: PathSearch): Work<number> {
  let rest = 0;
  for (let step = search.next(); !step.done; step = search.next()) {
    if (typeof step.value === 'number') yield step.value;
    else rest++;
  }
  return rest;
}

/**
 * Paths from the roots to `target`. Nothing for what no root reaches, and where `avoid` cuts every path. Whoever does not pull the search to
 * its end calls `return()` on it, so that its memory is given back.
 */
export function* searchRootPaths(
  graph: ObjectGraph,
  reachability: Reachability,
  rootsOf: RootLookup,
  target: number,
  avoid: Avoid,
  account: MemoryAccount,
): PathSearch {
  if (reachability.holder[target] === HOLDER.nothing || avoid.objects.has(target)) return;
  const scratch = new Scratch(account);
  try {
    yield* search(graph, reachability, rootsOf, target, avoid, scratch);
  } finally {
    scratch.releaseAll();
  }
}

function* search(
  graph: ObjectGraph,
  { holder }: Reachability,
  rootsOf: RootLookup,
  target: number,
  avoid: Avoid,
  scratch: Scratch,
): PathSearch {
  const { referrerStart, referrerSource } = graph;
  const tier = TIER_OF_HOLDER[holder[target]];
  const cut = new AvoidedReferences(graph, avoid.references, avoid.fields ?? null);
  // objectId → the next object on the way to the target, itself for the target, 0 where not visited
  const towards = scratch.uint32('path tree', graph.vertexCount);
  const queue = scratch.uint32('path queue', graph.objectCount);
  towards[target] = target;
  queue[0] = target;
  let end = 1;
  let steps = 0;
  for (let head = 0; head < end; head++) {
    const v = queue[head];
    for (const root of rootsOf.ofObject(v)) {
      if (avoid.roots.has(root) || avoid.rootKinds.has(graph.roots.kind[root])) continue;
      yield () => pathFrom(root, v, towards, cut);
    }
    for (let referrer = referrerStart[v]; referrer < referrerStart[v + 1]; referrer++) {
      if ((++steps & SLICE_MASK) === 0) yield end;
      const u = referrerSource[referrer];
      if (towards[u] !== 0 || TIER_OF_HOLDER[holder[u]] !== tier) continue;
      if (avoid.objects.has(u) || !cut.leaves(u, v)) continue;
      towards[u] = v;
      queue[end++] = u;
    }
  }
}

function pathFrom(root: number, start: number, towards: Uint32Array, cut: AvoidedReferences): RootPath {
  const objects = [start];
  const references: number[] = [];
  for (let v = start; towards[v] !== v; v = towards[v]) {
    references.push(cut.firstReference(v, towards[v]));
    objects.push(towards[v]);
  }
  return { root, objects, references };
}

/** Which references between two objects may be used. Only the rows of objects with an avoided reference are ever searched for it. */
class AvoidedReferences {
  private readonly sources = new Set<number>();

  constructor(
    private readonly graph: ObjectGraph,
    private readonly references: ReadonlySet<number>,
    private readonly fields: AvoidedFields | null,
  ) {
    for (const reference of references) this.sources.add(sourceOf(graph, reference));
  }

  /** Whether a reference from one to the other, which has at least one, may be used. */
  leaves(from: number, to: number): boolean {
    const mayBeCut = this.sources.has(from) || (this.fields?.mayBeOf(from) ?? false);
    return !mayBeCut || this.firstReference(from, to) >= 0;
  }

  /** The first reference that may be used, -1 where there is none. */
  firstReference(from: number, to: number): number {
    const { referenceStart, referenceTarget } = this.graph;
    for (let reference = referenceStart[from]; reference < referenceStart[from + 1]; reference++) {
      if (referenceTarget[reference] !== to || this.references.has(reference)) continue;
      if (!this.fields?.has(reference)) return reference;
    }
    return -1;
  }
}

/** The object that a reference belongs to: the last whose row begins at or before it. */
function sourceOf({ referenceStart, vertexCount }: ObjectGraph, reference: number): number {
  let low = 0;
  let high = vertexCount;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (referenceStart[middle] <= reference) low = middle;
    else high = middle;
  }
  return low;
}
