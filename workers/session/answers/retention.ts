/** Where the memory is: the tree as it stands, narrowed, or upside down for some objects. */
import { EngineError } from '../../api/errors';
import type { Amount, RetentionQuery, RetentionStep, RetentionTree } from '../../api/retention-rows';
import { KEEPER } from '../../cycles/keepers';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK, type Work } from '../../lib/work';
import { regroup, type RegroupedTree, type Regrouping, type Weights } from '../../kinds/regrouped-tree';
import type { NodeTree } from '../../kinds/way-tree';
import type { IdentifiedFinding } from '../../suspects/run-detectors';
import type { NamedTree } from '../computed/retention-trees';
import { textMatcher } from '../list/filter';
import { NodeNames } from '../rows/node-names';
import { retentionNodes, shownNodes } from '../rows/retention-rows';
import type { Asked } from './asked';
import { heldObjects, type SelectedObjects } from './selected-objects';

/** `found`: see heldObjects. */
export async function retention(
  asked: Asked,
  query: RetentionQuery,
  found: readonly IdentifiedFinding[],
): Promise<RetentionTree> {
  const whole = await asked.analyses.retention.get(asked.ticket, query.by, query.without);
  const selected = query.of ? await heldObjects(asked, query.of, found) : null;
  const kinds = await asked.analyses.kinds.get(asked.ticket);
  const weights = selected ? await weigh(asked, whole, selected) : ownWeights(whole.tree);
  const how = regrouping(whole.names, query, selected !== null);
  const regrouped = how ? regroup(whole.tree, weights, how) : null;
  const names = regrouped ? new NodeNames(regrouped, kinds) : whole.names;
  return answer(names, keepersOf(whole.tree, regrouped), query, selected?.text ?? null);
}

function answer(names: NodeNames, keeperOf: Uint8Array, query: RetentionQuery, of: string | null): RetentionTree {
  const { tree } = names;
  const under = query.under === undefined ? null : nodeNamed(names, query.under);
  const { held, unheld } = totals(tree, keeperOf);
  const all = of === null ? held : { objects: held.objects + unheld.objects, bytes: held.bytes + unheld.bytes };
  const total = under === null ? all : { objects: tree.totalObjects[under], bytes: tree.bytes[under] };
  const shown = shownNodes(names, under, total, query);
  const finds = query.search?.trim() ? matcher(names, 'search', query.search) : null;
  return {
    by: query.by,
    of,
    above: under === null ? [] : stepsAbove(names, under),
    whole: all,
    total,
    unheld,
    nodes: retentionNodes(names, shown, (node) => keeperOf[node], finds ?? (() => false)),
    folded: shown.folded,
    nodeCount: tree.count,
    matched: finds && matchedAmount(tree, finds),
  };
}

function nodeNamed(names: NodeNames, id: string): number {
  const node = names.node(id);
  if (node !== undefined) return node;
  throw new EngineError(
    'NotFound',
    `The tree has no node ${id}; it may have had one by other names, or narrowed otherwise`,
  );
}

function stepsAbove(names: NodeNames, node: number): RetentionStep[] {
  const { tree } = names;
  const steps: RetentionStep[] = [];
  for (let above = tree.parent[node]; above !== NONE; above = tree.parent[above])
    steps.push({
      id: names.ids[above],
      kind: names.kind(above),
      name: names.name(above),
      field: names.field(above),
      bytes: tree.bytes[above],
    });
  return steps.reverse();
}

function ownWeights({ objects, ownBytes }: NodeTree): Weights {
  return { objects, bytes: ownBytes };
}

/** node → what of the selected objects is its own */
function weigh(asked: Asked, { tree }: NamedTree, { each }: SelectedObjects): Promise<Weights> {
  const { graph } = asked.analyses.dump;
  return asked.phases.runQuietly(asked.ticket, function* (): Work<Weights> {
    const objects = new Float64Array(tree.count);
    const bytes = new Float64Array(tree.count);
    let steps = 0;
    for (const id of each) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      const node = tree.nodeOf[id];
      if (node === NONE) continue;
      objects[node]++;
      bytes[node] += shallowSize(graph, id);
    }
    return { objects, bytes };
  });
}

/** Null where the tree is told as it stands. Throws `BadRequest`. */
function regrouping(names: NodeNames, query: RetentionQuery, upsideDown: boolean): Regrouping | null {
  const test = (name: 'focus' | 'ignore' | 'hide') => {
    const text = query[name]?.trim();
    return text ? matcher(names, name, text) : null;
  };
  const packageOf = query.group === 'package' ? (node: number) => names.package(node) : null;
  const how = { focus: test('focus'), ignore: test('ignore'), hide: test('hide'), upsideDown, packageOf };
  return upsideDown || how.focus || how.ignore || how.hide || packageOf ? how : null;
}

/** Whether a node is what a person looks for: by its name, or by the field that leads to it with what has the field. */
function matcher(names: NodeNames, name: string, text: string): (node: number) => boolean {
  const finds = textMatcher(name, text);
  const known = new Map<string, boolean>();
  return (node) => {
    const words = `${names.name(node)}\n${names.field(node) ?? ''}`;
    let found = known.get(words);
    if (found === undefined) known.set(words, (found = finds(words)));
    return found;
  };
}

/** node → KEEPER of what holds it; of merged chains, that of the heaviest */
function keepersOf(whole: NodeTree, regrouped: RegroupedTree | null): Uint8Array {
  const keepers = new Uint8Array(whole.count);
  for (let node = 0; node < whole.count; node++) {
    const above = whole.parent[node];
    keepers[node] = above === NONE ? whole.tops[whole.kind[node] - whole.kinds].keeper : keepers[above];
  }
  return regrouped ? Uint8Array.from(regrouped.heaviest, (node) => keepers[node]) : keepers;
}

function totals(tree: NodeTree, keeperOf: Uint8Array): { held: Amount; unheld: Amount } {
  const held = { objects: 0, bytes: 0 };
  const unheld = { objects: 0, bytes: 0 };
  for (let node = 0; node < tree.count; node++) {
    if (tree.parent[node] !== NONE) continue;
    const sum = keeperOf[node] >= KEEPER.cleanup ? unheld : held;
    sum.objects += tree.totalObjects[node];
    sum.bytes += tree.bytes[node];
  }
  return { held, unheld };
}

/** What nodes that match have, those below others that do left out. */
function matchedAmount(tree: NodeTree, finds: (node: number) => boolean): Amount {
  const inside = new Uint8Array(tree.count);
  const sum = { objects: 0, bytes: 0 };
  for (let node = 0; node < tree.count; node++) {
    const above = tree.parent[node];
    if (above !== NONE && inside[above] === 1) {
      inside[node] = 1;
      continue;
    }
    if (!finds(node)) continue;
    inside[node] = 1;
    sum.objects += tree.totalObjects[node];
    sum.bytes += tree.bytes[node];
  }
  return sum;
}
