/**
 * "Cut here": references which, removed, let objects go. What is cut is always all that one holder has of the target: one word of several
 * parallel ones would free nothing. A goroutine is one holder, for it lets go of everything when it ends; so is a finalizer, which is taken away
 * as a whole; a global variable is one for each word.
 */
import { finalizerRows, type CutTables } from '../analysis/cut-tables';
import { CutTrials, type Loss, type PendingFinalizers, type Removal } from '../analysis/removal-loss';
import { findJointRetained } from '../analysis/joint-retained';
import { HOLDER } from '../analysis/results';
import { findStrongBridges } from '../analysis/strong-bridges';
import { goroutineOfRoot } from '../graph/root-owner';
import { withScratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { Cut, CutSource } from '../heap/cut';
import { offsetOfReference } from '../heap/references';
import type { CuttableHeap } from '../heap/analysed-heap';

/** `entering`: from outside; `inner`: between members of a cycle, which is one no longer without it. */
export interface RatedCut extends Cut {
  readonly kind: 'entering' | 'inner';
}

export interface CutList {
  /** Most bytes first; those that free nothing alone come last. */
  readonly cuts: readonly RatedCut[];
  /** Holders outside, tried or not. */
  readonly entering: number;
  /** How many cuts there are to choose from. */
  readonly total: number;
  /** Of those, how many were tried: the ones that lie first in the file where there are very many. */
  readonly tried: number;
  /** What goes without all entering references together. */
  readonly together: Loss;
  /** False where there are more than were tried. */
  readonly complete: boolean;
}

/** Cuts tried in one list: a second or so where each is a search. */
const MOST_TRIED = 10_000;
/** References between members among which those are looked for that break a cycle. */
const MOST_INNER = 2 ** 17;

/** The references into a set of objects from outside which, cut alone, let something go, most bytes first. Garbage has none. */
export async function cutsInto(heap: CuttableHeap, members: readonly number[], limit: number): Promise<Cut[]> {
  const { cuts } = await cutsIntoSet(heap, members, limit);
  return cuts.filter(({ objects }) => objects > 0);
}

/** All references into a set of objects from outside, rated. */
export async function cutsIntoSet(heap: CuttableHeap, members: readonly number[], limit: number): Promise<CutList> {
  const set = new Set(members);
  return rate(heap, members, (id) => set.has(id), null, limit);
}

/** The references into a cycle from outside, and those between its members that break it, rated. */
export async function cutsOfCycle(heap: CuttableHeap, cycle: number, limit: number): Promise<CutList> {
  const { cycleOf, memberStart, member } = heap.components;
  const members = member.subarray(memberStart[cycle], memberStart[cycle + 1]);
  return rate(heap, members, (id) => cycleOf[id] === cycle, members, limit);
}

/** What one holder has of one target. */
interface Candidate extends Removal {
  readonly kind: RatedCut['kind'];
  readonly from: CutSource;
  readonly to: number;
  readonly pointers: number;
}

async function rate(
  heap: CuttableHeap,
  members: Iterable<number>,
  isMember: (id: number) => boolean,
  ring: Uint32Array | null,
  limit: number,
): Promise<CutList> {
  const tables = heap.cutTables;
  const { entering, count } = await heap.drive(findEntering(heap, tables, members, isMember));
  const complete = count === entering.length;
  const inner = ring && entering.length > 0 ? await heap.drive(findInner(heap, ring)) : [];
  const candidates = [...entering, ...(inner ?? [])];
  const tried = candidates.slice(0, MOST_TRIED);
  const rated = await heap.drive(
    withScratch(heap.account, function* (scratch) {
      const trials = new CutTrials({ ...heap, ...tables }, scratch);
      const losses: Loss[] = [];
      for (const candidate of tried) losses.push(yield* trials.loss(candidate));
      return { losses, together: complete ? yield* trials.loss(joined(entering)) : null };
    }),
  );
  const together = rated.together?.exact ? rated.together : await retainedTogether(heap, tables, members);
  const cuts = tried.map((candidate, i) => ({ ...candidate, ...rated.losses[i] }));
  cuts.sort((a, b) => b.bytes - a.bytes);
  return {
    cuts: await Promise.all(cuts.slice(0, limit).map((cut) => withOffset(heap, cut))),
    entering: count,
    total: count + candidates.length - entering.length,
    tried: tried.length,
    together,
    complete: complete && inner !== null && candidates.length <= MOST_TRIED,
  };
}

/** What a set retains that is too large for a trial: exact unless a finalizer would run and let go of more. */
async function retainedTogether(
  heap: CuttableHeap,
  { finalizers }: CutTables,
  members: Iterable<number>,
): Promise<Loss> {
  const { graph, reachability, roots, account } = heap;
  const held = [...members].filter((id) => reachability.holder[id] !== HOLDER.nothing);
  let exact = true;
  const onGone = (id: number): void => {
    if (finalizers.rootsOf.has(id)) exact = false;
  };
  const retained = await heap.drive(findJointRetained(graph, reachability, roots, held, () => false, account, onGone));
  return { ...retained, exact };
}

/** Holders outside, member by member, roots first: all of them counted, and of more than are tried only the first ones kept. */
function* findEntering(
  heap: CuttableHeap,
  { finalizers }: CutTables,
  members: Iterable<number>,
  isMember: (id: number) => boolean,
): Work<{ entering: Candidate[]; count: number }> {
  const { graph, reachability } = heap;
  const entering: Candidate[] = [];
  let count = 0;
  const roots = new RootHolders(heap, finalizers);
  let steps = 0;
  for (const to of members) {
    if (reachability.holder[to] === HOLDER.nothing) continue;
    for (const candidate of roots.into(to)) if (count++ < MOST_TRIED) entering.push(candidate);
    let at = graph.referrerStart[to];
    while (at < graph.referrerStart[to + 1]) {
      const from = graph.referrerSource[at];
      const first = at;
      // parallel references lie side by side
      while (at < graph.referrerStart[to + 1] && graph.referrerSource[at] === from) at++;
      const isHolder = !isMember(from) && sameTier(heap, from, to);
      if (isHolder && count++ < MOST_TRIED) entering.push(between('entering', from, to, at - first));
      if ((++steps & SLICE_MASK) === 0) yield steps;
    }
    if ((++steps & SLICE_MASK) === 0) yield steps;
  }
  return { entering, count };
}

/** Weak objects do not count as holders of strong ones, nor garbage as a holder at all. */
function sameTier({ reachability: { holder } }: CuttableHeap, from: number, to: number): boolean {
  return holder[from] < HOLDER.stackWord === holder[to] < HOLDER.stackWord && holder[from] !== HOLDER.nothing;
}

function between(kind: RatedCut['kind'], from: number, to: number, pointers: number): Candidate {
  return { kind, from: { objectId: from, offset: null }, to, pointers, references: [{ from, to }], roots: [] };
}

/** Roots by who has them. */
class RootHolders {
  private readonly seen = new Set<string>();

  constructor(
    private readonly heap: CuttableHeap,
    private readonly finalizers: PendingFinalizers,
  ) {}

  /** What has roots into an object; finalizers that came with another object before are left out. */
  into(to: number): Candidate[] {
    const { graph, roots } = this.heap;
    const byHolder = new Map<string, number[]>();
    for (const root of roots.ofObject(to)) {
      const goroutine = goroutineOfRoot(graph, root);
      const finalizer = goroutine === null ? finalizerRows(graph, this.finalizers, root) : null;
      if (finalizer) {
        const name = `finalizer ${graph.roots.owner[root]}`;
        if (!this.seen.has(name)) byHolder.set(name, [...finalizer]);
        this.seen.add(name);
        continue;
      }
      const name = goroutine === null ? `root ${root}` : `goroutine ${goroutine}`;
      const rows = byHolder.get(name);
      if (rows) rows.push(root);
      else byHolder.set(name, [root]);
    }
    return [...byHolder.values()].map((rows) => {
      return {
        kind: 'entering',
        from: { root: rows.find((row) => graph.roots.target[row] === to) ?? rows[0] },
        to,
        pointers: rows.length,
        references: [],
        roots: rows,
      };
    });
  }
}

/** The references that break a cycle; null where there are too many references to look through. */
function* findInner({ graph, account }: CuttableHeap, ring: Uint32Array): Work<Candidate[] | null> {
  let references = 0;
  for (const v of ring) references += graph.referenceStart[v + 1] - graph.referenceStart[v];
  if (references > MOST_INNER) return null;
  if (ring.length === 1) return [between('inner', ring[0], ring[0], countPointers(graph, ring[0], ring[0]))];
  const bridges = yield* findStrongBridges(graph, ring, account);
  return bridges.map(({ from, to }) => between('inner', from, to, countPointers(graph, from, to)));
}

function countPointers({ referenceStart, referenceTarget }: CuttableHeap['graph'], from: number, to: number): number {
  let count = 0;
  for (let at = referenceStart[from]; at < referenceStart[from + 1]; at++) if (referenceTarget[at] === to) count++;
  return count;
}

function joined(candidates: readonly Candidate[]): Removal {
  return {
    references: candidates.flatMap(({ references }) => references),
    roots: candidates.flatMap(({ roots }) => roots),
  };
}

/** The field, where one word is all there is to cut. */
async function withOffset({ graph }: CuttableHeap, cut: Candidate & Loss): Promise<RatedCut> {
  const { kind, from, to, pointers, objects, bytes, exact } = cut;
  const offset = 'root' in from || pointers > 1 ? null : await offsetOfReference(graph, from.objectId, to);
  return { kind, from: 'root' in from ? from : { ...from, offset }, to, pointers, objects, bytes, exact };
}
