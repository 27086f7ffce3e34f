/**
 * Chooses what a drawing shows.
 *
 *   1. The shortest way from a root, its middle folded where it is long.
 *   2. The members, each for itself or by class, folded until they take at most CORE_SHARE of the budget.
 *   3. The roots and objects that refer to members and the objects that members refer to, weightiest first; the rest is counted in one node for
 *      each side.
 *   4. All references between what is drawn and the members; then folding until the budget holds.
 *
 * Three passes over the references of the members; one byte an object of the dump while it runs.
 */
import type { DrawnEdge } from '../../api/graph';
import type { DrawingQuery } from '../../api/session';
import { ROOT } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';
import { type Core, gatherMembers } from './core';
import { nearestRoot } from './nearest-root';
import { moreNode, objectNode, rootGroup, rootNode } from './nodes';
import { OpenedNodes } from './opened-nodes';
import { type Scope, scopeOf } from './scope';
import { Sketch, type SketchNode } from './sketch';
import { lookAround, SIDE, type Surroundings } from './surroundings';

const CORE_SHARE = 0.6;

/** Nodes by what they stand for, as far as they are not members. */
interface Placed {
  readonly objects: Map<number, SketchNode>;
  readonly rootGroups: Map<string, SketchNode>;
  readonly more: Record<'in' | 'out' | 'path', SketchNode>;
}

export interface Choice {
  scope: Scope;
  sketch: Sketch;
}

export function* chooseDrawing(dump: AnalysedDump, query: DrawingQuery): Work<Choice> {
  const opened = new OpenedNodes(query.expanded);
  const scope = scopeOf(dump, query, opened);
  const sketch = new Sketch();
  const core = yield* gatherMembers(dump, scope, opened);
  for (const node of core.nodes) sketch.add(node);
  yield* linkMembers(dump, scope, core, sketch);
  sketch.foldTo(Math.floor(query.budget * CORE_SHARE));

  const placed: Placed = {
    objects: new Map(),
    rootGroups: new Map(),
    more: {
      in: moreNode(opened.rest(`more:${scope.name}:in`), 'in'),
      out: moreNode(opened.rest(`more:${scope.name}:out`), 'out'),
      path: moreNode(opened.rest(`more:${scope.name}:path`), 'path'),
    },
  };
  const side = dump.account.uint8('the sides of a drawing', dump.graph.vertexCount);
  try {
    drawWayFromRoot(dump, scope, core, sketch, placed, side);
    if (scope.subject !== 'path') {
      const around = yield* lookAround(dump, scope, side);
      placeSurroundings(dump, scope, around, placed);
      yield* linkSurroundings(dump, scope, core, sketch, placed, around);
    }
  } finally {
    dump.account.release(side);
  }
  sketch.foldTo(query.budget);
  return { scope, sketch };
}

/** References among the members. */
function* linkMembers(dump: AnalysedDump, scope: Scope, core: Core, sketch: Sketch): Work<void> {
  const { referenceStart, referenceTarget } = dump.graph;
  let steps = 0;
  for (const from of scope.members) {
    for (let reference = referenceStart[from]; reference < referenceStart[from + 1]; reference++) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      const to = referenceTarget[reference];
      if (!scope.contains(to)) continue;
      sketch.link(core.nodeOf(from), core.nodeOf(to), referenceKind(dump, scope, from, to), { from, to });
    }
  }
}

/** The shortest way from a root to the nearest member. Its last step is drawn here only where the surroundings are not. */
function drawWayFromRoot(
  dump: AnalysedDump,
  scope: Scope,
  core: Core,
  sketch: Sketch,
  placed: Placed,
  side: Uint8Array,
): void {
  const { distance } = dump;
  const nearest = scope.members.reduce((best, member) => (distance[member] < distance[best] ? member : best));
  const way = nearestRoot(dump, nearest, scope.shown.path, (objectId) => (side[objectId] = SIDE.path));
  if (way === null) return;
  const { more } = placed;
  const root = rootNode(way.root, { place: 'path', foldsInto: null, rank: 0 });
  placed.rootGroups.set(rootGroup(dump, way.root), root);
  const last = way.head.length + way.tail.length - 1;
  const nodes = [...way.head, ...way.tail].map((objectId, index) => {
    side[objectId] = SIDE.path;
    const rank = 1200 + Math.min(index, last - index);
    const node = objectNode(dump, objectId, { place: 'path', foldsInto: more.path, rank });
    placed.objects.set(objectId, node);
    return node;
  });
  more.path.objects += way.between.objects;
  more.path.bytes += way.between.bytes;
  const middle = way.between.objects > 0 ? [more.path] : [];
  const chain = [root, ...nodes.slice(0, way.head.length), ...middle, ...nodes.slice(way.head.length)];
  if (scope.subject === 'path') chain.push(core.nodeOf(nearest));
  for (let i = 1; i < chain.length; i++) linkStep(dump, scope, sketch, chain[i - 1], chain[i]);
  sketch.add(root);
}

/** One step of the way; parallel references between two objects are one step. */
function linkStep(dump: AnalysedDump, scope: Scope, sketch: Sketch, from: SketchNode, to: SketchNode): void {
  if (from.root !== null) {
    from.roots++;
    sketch.link(from, to, rootEdgeKind(dump, from.root), { root: from.root });
  } else if (from.object !== null && to.object !== null) {
    const sample = { from: from.object, to: to.object };
    sketch.link(from, to, referenceKind(dump, scope, sample.from, sample.to), sample);
  } else {
    sketch.link(from, to, 'plain', null);
  }
}

function placeSurroundings(dump: AnalysedDump, scope: Scope, around: Surroundings, placed: Placed): void {
  for (const at of ['out', 'in'] as const) {
    const { best, objects, bytes } = around[at];
    const more = placed.more[at];
    more.objects = objects;
    more.bytes = bytes;
    best.inOrder.forEach((objectId, index) => {
      const node = objectNode(dump, objectId, { place: at, foldsInto: more, rank: 2000 + 2 * index });
      placed.objects.set(objectId, node);
      more.objects--;
      more.bytes -= node.bytes;
    });
  }
  const groups = [...around.rootGroups].filter(([group]) => !placed.rootGroups.has(group));
  groups.slice(0, scope.shown.roots).forEach(([group, root], index) => {
    const rank = 1990 + 2 * index;
    placed.rootGroups.set(group, rootNode(root, { place: 'in', foldsInto: placed.more.in, rank }));
  });
}

/** References across the members' border, and the roots that lead to them. */
function* linkSurroundings(
  dump: AnalysedDump,
  scope: Scope,
  core: Core,
  sketch: Sketch,
  placed: Placed,
  { side }: Surroundings,
): Work<void> {
  const { referenceStart, referenceTarget, referrerStart, referrerSource } = dump.graph;
  const nodeOf = (objectId: number): SketchNode => placed.objects.get(objectId) ?? placed.more[SIDES[side[objectId]]];
  let steps = 0;
  for (const member of scope.members) {
    const node = core.nodeOf(member);
    for (let reference = referenceStart[member]; reference < referenceStart[member + 1]; reference++) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      const to = referenceTarget[reference];
      if (scope.contains(to)) continue;
      sketch.link(node, nodeOf(to), referenceKind(dump, scope, member, to), { from: member, to });
    }
    for (let referrer = referrerStart[member]; referrer < referrerStart[member + 1]; referrer++) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      const from = referrerSource[referrer];
      if (scope.contains(from)) continue;
      sketch.link(nodeOf(from), node, referenceKind(dump, scope, from, member), { from, to: member });
    }
    for (const root of dump.roots.ofObject(member)) {
      const holder = placed.rootGroups.get(rootGroup(dump, root)) ?? placed.more.in;
      holder.roots++;
      sketch.link(holder, node, rootEdgeKind(dump, root), { root });
    }
  }
}

/** SIDE → the node that counts what is not drawn there */
const SIDES = ['out', 'out', 'in', 'path'] as const;

/** References of another cycle on the way are not told apart from others: the drawing is about one. */
function referenceKind(dump: AnalysedDump, scope: Scope, from: number, to: number): DrawnEdge['kind'] {
  return sameCycle(dump, from, to) && sameCycle(dump, to, scope.members[0]) ? 'cycle' : 'plain';
}

/** Whether two objects are on one cycle. */
export function sameCycle({ components: { cycleOf } }: AnalysedDump, a: number, b: number): boolean {
  return cycleOf[a] !== NONE && cycleOf[a] === cycleOf[b];
}

/** Finalizers and goroutines hold what they do without a pointer that a program could see. */
function rootEdgeKind({ graph }: AnalysedDump, root: number): DrawnEdge['kind'] {
  const kind = graph.roots.kind[root];
  return kind === ROOT.finalizer || kind === ROOT.goroutine ? 'holds' : 'plain';
}
