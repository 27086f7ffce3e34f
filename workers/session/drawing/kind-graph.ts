/** The graph of a knot's kinds: a node for each type of its members, an edge for the fields between two of them, ties apart and numbered. */
import type { DrawnEdge, DrawnGraph, DrawnNode } from '../../api/graph';
import type { Kinds } from '../../kinds/kinds';
import type { Knot, MemberKind } from '../../kinds/knot';
import { counted, formatBytes, formatCount } from '../../lib/format';
import { shortGoName } from '../../lib/go-names';
import { foldKinds, mergeParallel } from '../../report/fold-kinds';
import type { AnalysedDump } from '../dump/opened-dump';

/** Before the names of closures, which have cards of their own look. */
const CLOSURE = /^closure /;
/** Kinds drawn at most. */
const MOST_KINDS = 40;

export function drawKinds(dump: AnalysedDump, { objects, fields }: Kinds, knot: Knot, cycle: number): DrawnGraph {
  const idOf = (kind: number): string => `kind:${objects.text(kind)}`;
  const tieOf = new Map(knot.ties.map(({ kind }, at) => [kind, at + 1]));
  const edges = knot.graph.kinds.map(({ field, to, references }, kind): DrawnEdge => {
    const [from, target, tie] = [idOf(fields.owner[field]), idOf(to), tieOf.get(kind)];
    const label = fields.text(field).replaceAll(' ', '\u00a0');
    return {
      id: `${from} ${label} ${target}`,
      from,
      to: target,
      label: label === '' ? null : label,
      kind: tie === undefined ? 'plain' : 'cycle',
      count: references,
      cut: null,
      ...(tie !== undefined && { tie }),
    };
  });
  const nodes = knot.kinds.map((kind) => kindNode(dump, objects.text(kind.kind), kind));
  const byText = <T extends { id: string }>(list: T[]): T[] => list.sort((a, b) => (a.id < b.id ? -1 : 1));
  const members = knot.kinds.reduce((sum, kind) => sum + kind.objects, 0);
  const whole = {
    title: `What ties cycle ${cycle}`,
    subtitle: `${counted(members, 'object')} of ${counted(nodes.length, 'type')} · ${dump.graph.records.params.go.text}`,
    nodes: byText(nodes),
    edges: mergeParallel(byText(edges)),
    leftOut: { objects: 0, bytes: 0 },
  };
  return foldKinds(whole, MOST_KINDS);
}

function kindNode({ labels }: AnalysedDump, text: string, { kind, objects, bytes, left }: MemberKind): DrawnNode {
  const { type, evidence, hint, shape } = labels.label(kind);
  return {
    id: `kind:${text}`,
    kind: 'class',
    title: shortGoName(text.replace(CLOSURE, '')),
    detail: `×${formatCount(objects)} · ${formatBytes(bytes)}`,
    label: { type, evidence, hint, shape },
    address: null,
    rootKind: null,
    held: 'strong',
    holder: 'global',
    objects,
    bytes,
    retainedSize: null,
    inCycle: true,
    hasFinalizer: false,
    isClosure: CLOSURE.test(text),
    selected: false,
    left,
  };
}
