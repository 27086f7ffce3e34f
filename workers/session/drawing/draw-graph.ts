/** Answers `drawing`: chooses what to show, reads the fields of the references, and writes both down. */
import type { CutTables } from '../../analysis/cut-tables';
import type { DrawnEdge, DrawnGraph, DrawnNode, EdgeCut } from '../../api/graph';
import type { DrawingQuery } from '../../api/session';
import { EngineError } from '../../api/errors';
import { holderWords, type Holder } from '../../api/holders';
import type { Held } from '../../api/values';
import { formatBytes, formatCount } from '../../lib/format';
import { ROOT, ROOT_PART, shallowSize } from '../../graph/heap-graph';
import type { Work } from '../../lib/work';
import { objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { heldOf, holderOf, holderOfObject } from '../rows/held';
import { rootKind } from '../rows/root-rows';
import type { CycleFacts } from '../computed/cycle-facts';
import { typeLabel } from '../dump/type-labels';
import { chooseDrawing, sameCycle } from './choose';
import { rateLinks } from './edge-cuts';
import { FieldLabels } from './field-labels';
import type { Scope } from './scope';
import type { SketchLink, SketchNode } from './sketch';
import { wordsOf } from './words';

/** What a heading says of a cycle. */
type DrawnFacts = Pick<CycleFacts, 'retainedBytes' | 'classes'>;

const LEAST_BUDGET = 60;
const MOST_BUDGET = 500;

/**
 * The graph that a query asks for, of at most `query.budget` nodes and edges. The same query gets the same answer, in the same order.
 * `cycles`, where they are known, tell what the heading says a cycle retains; with `tables`, edges tell what goes without them.
 * Rejects with `NotFound` for an unknown cycle or address and `BadRequest` for a budget that is none; with what `drive` rejects with.
 */
export async function drawGraph(
  dump: AnalysedDump,
  query: DrawingQuery,
  drive: <T>(work: Work<T>) => Promise<T>,
  cycles: DrawnFacts | null = null,
  tables: CutTables | null = null,
): Promise<DrawnGraph> {
  const { budget } = query;
  if (!Number.isInteger(budget) || budget < LEAST_BUDGET || budget > MOST_BUDGET) {
    throw new EngineError('BadRequest', `A drawing has ${LEAST_BUDGET} to ${MOST_BUDGET} elements, not ${budget}`);
  }
  const { scope, sketch } = await drive(chooseDrawing(dump, query));
  const nodes = sketch.nodes.sort(inReadingOrder);
  const position = new Map(nodes.map((node, index) => [node, index]));
  const links = sketch.links.sort(
    (a, b) => position.get(a.from)! - position.get(b.from)! || position.get(a.to)! - position.get(b.to)!,
  );
  const fields = new FieldLabels(dump);
  const cuts = tables && (await drive(rateLinks(dump, tables, scope, links)));
  const edges: DrawnEdge[] = [];
  for (const [at, link] of links.entries()) edges.push(writeEdge(link, await fields.of(link), cuts?.[at] ?? null));
  const leftOut = { objects: 0, bytes: 0 };
  for (const node of nodes) {
    if (node.kind !== 'more') continue;
    leftOut.objects += node.objects;
    leftOut.bytes += node.bytes;
  }
  return { ...heading(dump, scope, cycles), nodes: nodes.map((node) => writeNode(dump, scope, node)), edges, leftOut };
}

const PLACES = ['path', 'in', 'core', 'out'];

/** Roots and holders first, what is held last. The way from the root keeps its order; elsewhere what matters most comes first. */
function inReadingOrder(a: SketchNode, b: SketchNode): number {
  if (a.place !== b.place) return PLACES.indexOf(a.place) - PLACES.indexOf(b.place);
  if (a.place === 'path') return 0;
  return a.rank - b.rank || (a.id < b.id ? -1 : 1);
}

function heading(dump: AnalysedDump, scope: Scope, cycles: DrawnFacts | null): Pick<DrawnGraph, 'title' | 'subtitle'> {
  const { graph, dominators, components } = dump;
  const [first] = scope.members;
  if (scope.subject === 'cycle') {
    const cycle = components.cycleOf[first];
    const own = scope.members.reduce((bytes, member) => bytes + shallowSize(graph, member), 0);
    const objects = `${formatCount(scope.members.length)} ${scope.members.length === 1 ? 'object' : 'objects'}`;
    const known = cycles
      ? [`retains ${formatBytes(cycles.retainedBytes[cycle])}`, heldText(holderOf(cycles.classes[cycle]))]
      : [];
    return { title: `Cycle ${cycle}`, subtitle: [objects, `own ${formatBytes(own)}`, ...known].join(' · ') };
  }
  const address = objectAddress(graph, first);
  const retains = `retains ${formatBytes(dominators.retainedSize[first])}`;
  const held = heldText(holderOfObject(dump.keepers, first));
  return {
    title: scope.subject === 'path' ? `Why ${address} is alive` : `Object ${address}`,
    subtitle: `${formatBytes(shallowSize(graph, first))} · ${retains} · ${held}`,
  };
}

function heldText(holder: Holder): string {
  return `held by ${holderWords(holder)}`;
}

function writeNode(dump: AnalysedDump, scope: Scope, node: SketchNode): DrawnNode {
  const { object, root, label } = node;
  return {
    id: node.id,
    kind: node.kind,
    ...wordsOf(dump, node),
    label: object !== null ? typeLabel(dump.labels, object) : label !== null ? dump.labels.label(label) : null,
    address: object === null ? null : objectAddress(dump.graph, object),
    rootKind: root === null ? null : rootKind(dump.graph, root),
    ...heldAs(dump, scope, node),
    objects: node.objects,
    bytes: node.bytes,
    retainedSize: object === null ? null : dump.dominators.retainedSize[object],
    inCycle: object === null ? node.place === 'core' : sameCycle(dump, object, scope.members[0]),
    hasFinalizer: object !== null && dump.finalizerOf.has(object),
    isClosure: object !== null && isClosure(dump, object),
    selected: scope.subject !== 'cycle' && object === scope.members[0],
  };
}

/** Nodes that stand for several are held as the first member is. */
function heldAs(dump: AnalysedDump, scope: Scope, { object, root }: SketchNode): { held: Held; holder: Holder } {
  if (root !== null) return rootHolder(dump, root);
  const shown = object ?? scope.members[0];
  return { held: heldOf(dump.reachability, shown), holder: holderOfObject(dump.keepers, shown) };
}

function rootHolder({ graph, keepers }: AnalysedDump, root: number): { held: Held; holder: Holder } {
  return { held: root < graph.roots.strongCount ? 'strong' : 'weak', holder: holderOf(keepers.ofRoot[root]) };
}

/** By its type; and what a goroutine's context, a defer or a finalizer names as its function is a closure for certain. */
function isClosure({ graph: { roots }, roots: index, naming }: AnalysedDump, objectId: number): boolean {
  if (naming.typeOf(objectId)?.role === 'closure') return true;
  return index.ofObject(objectId).some((root) => {
    const part = roots.offset[root];
    if (roots.kind[root] === ROOT.finalizer) return part === ROOT_PART.finalizerFunction;
    return roots.kind[root] === ROOT.goroutine && (part === ROOT_PART.context || part === ROOT_PART.deferFunction);
  });
}

function writeEdge({ from, to, kind, count }: SketchLink, label: string | null, cut: EdgeCut | null): DrawnEdge {
  return { id: `${from.id} > ${to.id}`, from: from.id, to: to.id, label, kind, count, cut };
}
