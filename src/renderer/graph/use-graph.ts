/** A drawing asked of the session, and which of its nodes is selected. */
import { useState } from 'react';
import type { DrawingQuery, DrawnGraph, DrawnNode } from '../../../workers/api';
import { useAnswer } from '../state/dump';
import { usePlace } from '../state/navigation';
import { sameSelection } from '../state/place';
import type { Selection } from '../state/place';

/** Elements drawn before anything is opened: what can still be read. Each opened node makes room for its page, up to the session's limit. */
const BUDGET = 120;
const BUDGET_OPENED = 45;
const MOST = 500;

export interface ShownGraph {
  /** The graph at hand; while a larger one is on its way, the one before. */
  graph: DrawnGraph | null;
  error: Error | null;
  retry: () => void;
  /** The selected node: the object that the place has selected, or a node that is no object. */
  selected: string | null;
  setSelected: (node: DrawnNode) => void;
}

type Subject = { cycle: number } | { address: `0x${string}` } | { pathOf: `0x${string}` };

/** Asks for nothing unless the graph is `wanted` on screen. */
export function useGraph(subject: Subject, expanded: string[], wanted: boolean): ShownGraph {
  const budget = Math.min(BUDGET + BUDGET_OPENED * expanded.length, MOST);
  const query: DrawingQuery = { budget, expanded, ...subject };
  const answer = useAnswer('drawing', wanted ? [query] : null);
  const [last, setLast] = useState<{ of: string; graph: DrawnGraph } | null>(null);
  const of = JSON.stringify(subject);
  if (answer.value !== null && answer.value !== last?.graph) setLast({ of, graph: answer.value });
  const graph = answer.value ?? (last?.of === of ? last.graph : null);

  const place = usePlace();
  const [picked, setPicked] = useState<{ id: string; beside: Selection | null } | null>(null);
  const object = place.selected?.kind === 'object' ? `o:${place.selected.address}` : null;
  // A node that is no object stays picked until another object is selected, here or anywhere.
  const other = picked !== null && sameSelection(picked.beside, place.selected) ? picked.id : null;
  return {
    graph,
    error: answer.error,
    retry: answer.retry,
    selected: other ?? object,
    setSelected: (node) => {
      setPicked(node.address === null ? { id: node.id, beside: place.selected } : null);
    },
  };
}
