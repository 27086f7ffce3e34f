/** What the signs of a drawing mean: only those that occur in it, always in the same order. Roots have the marks of holders. */
import type { DrawnEdge, DrawnGraph } from '../api/graph';
import { HOLDER_LOOKS, HOLDERS, type Holder } from '../api/holders';

/** The marks of roots come from the table of holders. */
export type Sign = { readonly holder: Holder } | DrawnSign;
export type DrawnSign = 'closure' | 'finalizer' | 'class' | 'cycle' | 'tie' | 'holds' | 'best cut';

export interface LegendEntry {
  sign: Sign;
  text: string;
}

type Signs = Pick<DrawnGraph, 'nodes' | 'edges'>;

const ENTRIES: { sign: DrawnSign; text: string; occurs: (graph: Signs) => boolean }[] = [
  { sign: 'closure', text: 'closure', occurs: ({ nodes }) => nodes.some((node) => node.isClosure) },
  { sign: 'finalizer', text: 'has a finalizer', occurs: ({ nodes }) => nodes.some((node) => node.hasFinalizer) },
  { sign: 'class', text: 'several objects', occurs: ({ nodes }) => nodes.some((node) => node.kind === 'class') },
  { sign: 'cycle', text: 'in the cycle', occurs: hasEdge('cycle') },
  {
    sign: 'tie',
    text: 'ties the cycle, holds nothing by itself',
    occurs: ({ edges }) => edges.some((edge) => edge.tie !== undefined),
  },
  {
    sign: 'holds',
    text: 'holds without a pointer',
    occurs: hasEdge('holds'),
  },
  { sign: 'best cut', text: 'frees most when cut', occurs: ({ edges }) => edges.some((edge) => edge.cut?.best) },
];

/** The best cut has a look of its own. */
function hasEdge(kind: DrawnEdge['kind']) {
  return ({ edges }: Signs) => edges.some((edge) => edge.kind === kind && edge.tie === undefined && !edge.cut?.best);
}

export function legendOf(graph: Signs): LegendEntry[] {
  const roots = new Set(graph.nodes.flatMap(({ rootKind, holder }) => (rootKind === null ? [] : [holder])));
  const holders = HOLDERS.filter((holder) => roots.has(holder));
  return [
    ...holders.map((holder) => ({ sign: { holder }, text: HOLDER_LOOKS[holder].root })),
    ...ENTRIES.filter((entry) => entry.occurs(graph)).map(({ sign, text }) => ({ sign, text })),
  ];
}
