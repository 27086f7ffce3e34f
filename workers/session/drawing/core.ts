/** The members of what is drawn: each a node while they are few, else gathered by what they look like. */
import { shallowSize } from '../../graph/heap-graph';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';
import { classNode, moreNode, objectNode } from './nodes';
import { type OpenedNodes, PAGE } from './opened-nodes';
import type { Scope } from './scope';
import type { SketchNode } from './sketch';

/** Up to this many members are drawn each for itself. */
const SINGLY = 24;
const CLASSES = 12;

export interface Core {
  readonly nodes: readonly SketchNode[];
  /** The node that a member belongs to. */
  nodeOf(member: number): SketchNode;
}

export function* gatherMembers(dump: AnalysedDump, scope: Scope, opened: OpenedNodes): Work<Core> {
  const rest = moreNode(opened.rest(`more:${scope.name}:members`), 'core');
  if (scope.members.length <= SINGLY) return singly(dump, scope, rest);
  return yield* byLabel(dump, scope, opened, rest);
}

function singly(dump: AnalysedDump, scope: Scope, rest: SketchNode): Core {
  const nodes = new Map<number, SketchNode>();
  scope.members.forEach((member, index) => {
    nodes.set(member, objectNode(dump, member, standing(index, rest)));
  });
  return { nodes: [...nodes.values()], nodeOf: (member) => nodes.get(member) ?? rest };
}

function* byLabel(dump: AnalysedDump, scope: Scope, opened: OpenedNodes, rest: SketchNode): Work<Core> {
  const counts = yield* countLabels(dump, scope.members);
  const shown = CLASSES + PAGE * opened.pages(`more:${scope.name}:members`);
  const classes = new Map<number, SketchNode>();
  const wanted = new Map<number, number>();
  [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, shown)
    .forEach(([label, count], index) => {
      const id = `class:${scope.name.slice(2)}:${label}`;
      classes.set(label, classNode(opened.rest(id), label, standing(index, rest)));
      wanted.set(label, count === 1 ? 1 : PAGE * opened.pages(id));
    });
  const single = new Map<number, SketchNode>();
  for (const [index, member] of scope.members.entries()) {
    if ((index & SLICE_MASK) === SLICE_MASK) yield index;
    const label = dump.labels.labelOf(member);
    const group = classes.get(label) ?? rest;
    const left = wanted.get(label) ?? 0;
    if (left > 0) {
      wanted.set(label, left - 1);
      single.set(member, objectNode(dump, member, { place: 'core', foldsInto: group, rank: 1500 + single.size }));
    } else {
      group.objects++;
      group.bytes += shallowSize(dump.graph, member);
    }
  }
  const nodes = [...classes.values(), rest].filter((node) => node.objects > 0);
  return {
    nodes: [...single.values(), ...nodes],
    nodeOf: (member) => single.get(member) ?? classes.get(dump.labels.labelOf(member)) ?? rest,
  };
}

function* countLabels(dump: AnalysedDump, members: Uint32Array): Work<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const [index, member] of members.entries()) {
    if ((index & SLICE_MASK) === SLICE_MASK) yield index;
    const label = dump.labels.labelOf(member);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** The first always stays; the later ones go first. */
function standing(index: number, rest: SketchNode): Pick<SketchNode, 'place' | 'foldsInto' | 'rank'> {
  return { place: 'core', foldsInto: index === 0 ? null : rest, rank: 1000 + index };
}
