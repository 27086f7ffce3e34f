/**
 * Left-to-right layered layout by dagre with the tight-tree ranker: network simplex, dagre's default, overflows the stack on a chain of 2,000
 * and takes two to four times as long from 500 nodes on. The session never sends more than its budget of 500 elements.
 */
import { Graph, layout } from '@dagrejs/dagre';
import type { EdgeLabel, GraphLabel, NodeLabel } from '@dagrejs/dagre';
import type { DrawnEdge, DrawnGraph } from '../api/graph';
import { cardOf, edgeLabel, labelSize } from './card';
import type { Box, Drawing, PlacedEdge, PlacedNode, Point } from './drawing';
import { placeLabels } from './labels';

/** Distances in pixels, shared with the window's layout so both draw the same picture. */
export const SPACING = { nodes: 28, edges: 30 } as const;

/** The gap between ranks one below the other. */
export const GAP_DOWNWARDS = 64;
const LEAST_RANK_GAP = 72;
const WIDEST_RANK_GAP = 190;
/** Room beside a label within the gap between two ranks: the arrow on one side, a little air on the other. */
const LABEL_AIR = 36;
const LOOP_HEIGHT = 34;
/** How far curves keep from the middle of a card's side. */
const LANE = 6;

/** The gap between ranks that leaves room for the widest label. */
export function rankGap(graph: DrawnGraph): number {
  const widest = graph.edges.reduce((width, edge) => Math.max(width, labelSize(edgeLabel(edge) ?? '').width), 0);
  return Math.min(Math.max(LEAST_RANK_GAP, widest + LABEL_AIR), WIDEST_RANK_GAP);
}

/** `LR`: references lead to the right; `TB`: downwards. */
export type Direction = 'LR' | 'TB';

/** Gives every node and edge of a graph its place. The same graph always gets the same drawing. */
export function layOut(graph: DrawnGraph, direction: Direction = 'LR'): Drawing {
  // downwards is to the right, seen in a mirror
  const seen = direction === 'LR' ? <P extends Point>(place: P) => place : mirrored;
  const dagre = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  dagre.setGraph({
    rankdir: 'LR',
    ranker: 'tight-tree',
    nodesep: SPACING.nodes,
    edgesep: SPACING.edges,
    ranksep: direction === 'LR' ? rankGap(graph) : GAP_DOWNWARDS,
  });
  for (const node of graph.nodes) {
    const { width, height } = cardOf(node);
    dagre.setNode(node.id, seen({ x: 0, y: 0, width, height }));
  }
  const between = graph.edges.filter((edge) => edge.from !== edge.to);
  for (const edge of between) dagre.setEdge(edge.from, edge.to, { minlen: 1, weight: 1 }, edge.id);
  layout(dagre);

  const nodes = graph.nodes.map((node): PlacedNode => {
    const { x = 0, y = 0, width, height } = dagre.node(node.id);
    return { node, x: x - width / 2, y: y - height / 2, width, height };
  });
  const boxes = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const lanes = lanesOf(dagre, between, boxes);
  const curves = graph.edges.map((edge) => ({
    edge,
    points: curveOf(dagre, edge, boxes, lanes.get(edge) ?? 0).map((point) => seen(point)),
  }));
  return assemble(
    graph,
    nodes.map((placed) => seen(placed)),
    curves,
  );
}

/** The same with across and down exchanged. */
function mirrored<P extends Point & Partial<Box>>(place: P): P {
  const turned = { ...place, x: place.y, y: place.x };
  if (place.width === undefined || place.height === undefined) return turned;
  return { ...turned, width: place.height, height: place.width };
}

function curveOf(
  dagre: Graph<GraphLabel, NodeLabel, EdgeLabel>,
  edge: DrawnEdge,
  boxes: ReadonlyMap<string, Box>,
  lane: number,
): Point[] {
  const box = boxes.get(edge.from);
  if (edge.from === edge.to && box) return loopOver(box);
  const target = boxes.get(edge.to);
  if (!box || !target) throw new Error(`The edge ${edge.id} joins nodes that are not in the graph.`);
  const forward = box.x < target.x;
  return [sideOf(box, forward, lane), ...bendsOf(dagre, edge), sideOf(target, !forward, lane)];
}

/** What lies between the ends of dagre's course. */
function bendsOf(dagre: Graph<GraphLabel, NodeLabel, EdgeLabel>, edge: DrawnEdge): Point[] {
  const points = dagre.edge(edge.from, edge.to, edge.id).points ?? [];
  return points.slice(1, -1).map(({ x, y }) => ({ x, y }));
}

/** Where references leave and reach a card: on its side that looks the other card's way. */
function sideOf(box: Box, right: boolean, lane: number): Point {
  return { x: right ? box.x + box.width : box.x, y: box.y + box.height / 2 + lane };
}

/**
 * Curves that bend up keep above the middle of a card's side, those that bend down below; of two between the same cards the upper one keeps
 * above: so they do not cross, and each has an end of its own.
 */
function lanesOf(
  dagre: Graph<GraphLabel, NodeLabel, EdgeLabel>,
  edges: DrawnEdge[],
  boxes: ReadonlyMap<string, Box>,
): Map<DrawnEdge, number> {
  const drop = new Map<string, number>();
  for (const edge of edges) {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    if (from && to) drop.set(pairKey(edge.from, edge.to), dropOf(centre(from), centre(to), bendsOf(dagre, edge)));
  }
  return new Map(
    edges.map((edge) => [
      edge,
      laneOf(drop.get(pairKey(edge.from, edge.to)) ?? 0, drop.get(pairKey(edge.to, edge.from))),
    ]),
  );
}

/** The lane of a curve that drops so far below the straight line between its cards, beside one that leads back, if there is one. */
export function laneOf(drop: number, back: number | undefined): number {
  if (back !== undefined && back !== drop) return drop < back ? -LANE : LANE;
  return Math.abs(drop) < 1 ? 0 : Math.sign(drop) * LANE;
}

/** How far curves lie below the straight line, summed over their bends. */
function dropOf(from: Point, to: Point, bends: Point[]): number {
  return bends.reduce((sum, { x, y }) => sum + y - from.y - ((x - from.x) * (to.y - from.y)) / (to.x - from.x), 0);
}

function pairKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

function centre(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A reference of an object to itself: a loop over the card's upper edge. */
function loopOver(box: Box): Point[] {
  const left = box.x + box.width * 0.36;
  const right = box.x + box.width * 0.64;
  const top = box.y - LOOP_HEIGHT;
  return [
    { x: left, y: box.y },
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: box.y },
  ];
}

/** Adds labels to placed nodes and curves, and moves everything so that the drawing begins at 0, 0. */
export function assemble(
  graph: Pick<DrawnGraph, 'title' | 'subtitle' | 'leftOut'>,
  nodes: PlacedNode[],
  curves: Pick<PlacedEdge, 'edge' | 'points'>[],
): Drawing {
  const edges = placeLabels(
    nodes,
    curves,
    curves.map(({ edge }) => edgeLabel(edge)),
  );
  const corners = [
    ...nodes.flatMap(cornersOf),
    ...edges.flatMap((edge) => [...edge.points, ...(edge.label ? cornersOf(edge.label) : [])]),
  ];
  const across = extent(corners.map((point) => point.x));
  const down = extent(corners.map((point) => point.y));
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x - across.least, y: point.y - down.least });
  return {
    title: graph.title,
    subtitle: graph.subtitle,
    leftOut: graph.leftOut,
    origin: { x: across.least, y: down.least },
    width: Math.ceil(across.most - across.least),
    height: Math.ceil(down.most - down.least),
    nodes: nodes.map(move),
    edges: edges.map(({ edge, points, label }) => ({ edge, points: points.map(move), label: label && move(label) })),
  };
}

function cornersOf(box: Box): Point[] {
  return [box, { x: box.x + box.width, y: box.y + box.height }];
}

function extent(values: number[]): { least: number; most: number } {
  if (values.length === 0) return { least: 0, most: 0 };
  return {
    least: values.reduce((a, b) => Math.min(a, b)),
    most: values.reduce((a, b) => Math.max(a, b)),
  };
}
