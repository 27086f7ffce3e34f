/** A graph of kinds that can be read at once, in a window and in a picture that a chat shows: so many kinds folded, and if need be the last ties. */
import type { DrawnGraph } from '../api/graph';
import type { Drawing } from './drawing';
import { foldKinds } from './fold-kinds';
import { layOut } from './lay-out';
import { PNG_SCALE } from './svg';

/** Pixels of the widest picture: a chat shows it at half of that. */
const CHAT_PIXELS = 2400;
/** Of the drawing at scale 1: with margins and shrunk to half of CHAT_PIXELS its letters are ten pixels high. */
const WIDEST = 1352;
const TALLEST = 1600;
/** Ties drawn, and nodes: all ties with as many nodes as there is room for; fewer ties where there is no room for the fewest nodes. */
const TIES = [Infinity, 7, 5, 3, 1];
const NODES = [40, 26, 16, 10];
const FEWEST_NODES = 5;

/** The largest part of a graph of kinds that is not larger than that. */
export function fittedKinds(graph: DrawnGraph): DrawnGraph {
  if (fits(graph)) return graph;
  const part = (ties: number, nodes: number) => saying(foldKinds(graph, nodes, ties), graph);
  const ties = TIES.find((some) => fits(part(some, FEWEST_NODES))) ?? 1;
  const fewest = part(ties, FEWEST_NODES);
  const larger = NODES.map((nodes) => part(ties, nodes)).filter(({ nodes }) => nodes.length > fewest.nodes.length);
  return larger.find(fits) ?? fewest;
}

/** A graph of kinds is drawn downwards: its cards are wide and it has many levels. */
export function layOutKinds(graph: DrawnGraph): Drawing {
  return layOut(graph, 'TB');
}

function fits(graph: DrawnGraph): boolean {
  const { width, height } = layOutKinds(graph);
  return width <= WIDEST && height <= TALLEST;
}

/** Says which ties are not drawn. */
function saying(folded: DrawnGraph, { edges }: DrawnGraph): DrawnGraph {
  const all = tiesOf(edges);
  const drawn = tiesOf(folded.edges);
  if (drawn.length === all.length) return folded;
  return { ...folded, subtitle: `${folded.subtitle} · ${drawn.length} of ${all.length} ties` };
}

function tiesOf(edges: DrawnGraph['edges']): number[] {
  return edges.flatMap(({ tie }) => (tie === undefined ? [] : [tie]));
}

/** Pixels for each unit of a picture that is no wider than a chat shows. */
export function chatScale({ width }: { width: number }): number {
  return Math.min(PNG_SCALE, CHAT_PIXELS / width);
}
