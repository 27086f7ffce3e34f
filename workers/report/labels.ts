/** Places the texts on edges: on their edge, never across a node, and off each other where there is room. */
import type { Box, PlacedEdge, PlacedNode, Point } from './drawing';
import { labelSize } from './card';
import { pointOn } from './edge-path';

/** Where along its edge a label is tried, the middle first. */
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
/** Shifts across the edge, in pixels, tried at each share. */
const SHIFTS = [0, -10, 10, -20, 20];

/**
 * Gives each edge with a text its place. A label that finds no place free of nodes is left out: a name across a card would make both
 * unreadable.
 * @param texts edge index → text, or null for none
 */
export function placeLabels(
  nodes: PlacedNode[],
  edges: Pick<PlacedEdge, 'edge' | 'points'>[],
  texts: (string | null)[],
): PlacedEdge[] {
  const taken: Box[] = [];
  return edges.map(({ edge, points }, index) => {
    const text = texts[index];
    const box = text === null ? null : findPlace(points, labelSize(text), nodes, taken);
    if (box === null || text === null) return { edge, points, label: null };
    taken.push(box);
    return { edge, points, label: { ...box, text } };
  });
}

function findPlace(points: Point[], size: { width: number; height: number }, nodes: Box[], taken: Box[]): Box | null {
  let overLabel: Box | null = null;
  for (const shift of SHIFTS) {
    for (const share of SHARES) {
      const centre = pointOn(points, share);
      const box = { x: centre.x - size.width / 2, y: centre.y - size.height / 2 + shift, ...size };
      if (nodes.some((node) => overlap(node, box, 1))) continue;
      if (!taken.some((other) => overlap(other, box, 0))) return box;
      overLabel ??= box;
    }
  }
  return overLabel;
}

/** Whether two boxes come closer than `gap`. */
function overlap(a: Box, b: Box, gap: number): boolean {
  return (
    a.x - gap < b.x + b.width && b.x - gap < a.x + a.width && a.y - gap < b.y + b.height && b.y - gap < a.y + a.height
  );
}
