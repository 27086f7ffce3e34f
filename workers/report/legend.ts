/** What the signs of a drawing mean: only those that occur in it, always in the same order. */
import type { DrawnEdge, DrawnGraph } from '../api/graph';

export type Sign =
  | 'root'
  | 'goroutine'
  | 'finalizer root'
  | 'other root'
  | 'closure'
  | 'finalizer'
  | 'class'
  | 'cycle'
  | 'holds'
  | 'best cut';

export interface LegendEntry {
  sign: Sign;
  text: string;
}

const ENTRIES: { sign: Sign; text: string; occurs: (graph: Pick<DrawnGraph, 'nodes' | 'edges'>) => boolean }[] = [
  { sign: 'root', text: 'global', occurs: hasRoot('data', 'bss') },
  { sign: 'goroutine', text: 'goroutine', occurs: hasRoot('stack', 'goroutine') },
  { sign: 'finalizer root', text: 'held for a finalizer', occurs: hasRoot('finalizer') },
  { sign: 'other root', text: 'other root', occurs: hasRoot('other') },
  { sign: 'closure', text: 'closure', occurs: ({ nodes }) => nodes.some((node) => node.isClosure) },
  { sign: 'finalizer', text: 'has a finalizer', occurs: ({ nodes }) => nodes.some((node) => node.hasFinalizer) },
  { sign: 'class', text: 'several objects', occurs: ({ nodes }) => nodes.some((node) => node.kind === 'class') },
  { sign: 'cycle', text: 'in the cycle', occurs: hasEdge('cycle') },
  {
    sign: 'holds',
    text: 'holds without a pointer',
    occurs: hasEdge('holds'),
  },
  { sign: 'best cut', text: 'frees most when cut', occurs: ({ edges }) => edges.some((edge) => edge.cut?.best) },
];

function hasRoot(...kinds: string[]) {
  return ({ nodes }: Pick<DrawnGraph, 'nodes'>) =>
    nodes.some((node) => node.rootKind !== null && kinds.includes(node.rootKind));
}

/** The best cut has a look of its own. */
function hasEdge(kind: DrawnEdge['kind']) {
  return ({ edges }: Pick<DrawnGraph, 'edges'>) => edges.some((edge) => edge.kind === kind && !edge.cut?.best);
}

export function legendOf(graph: Pick<DrawnGraph, 'nodes' | 'edges'>): LegendEntry[] {
  return ENTRIES.filter((entry) => entry.occurs(graph)).map(({ sign, text }) => ({ sign, text }));
}
