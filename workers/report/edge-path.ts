/**
 * The curve of an edge: quadratic Bézier arcs whose joints lie half way between control points. Cytoscape draws `unbundled-bezier` edges the
 * same way, so a picture matches the window.
 */
import type { Point } from './drawing';

/** One arc from `from` to `to`, bent towards `bend`. */
interface Arc {
  from: Point;
  bend: Point;
  to: Point;
}

/** The arcs of a curve through a start, control points and an end; two points make one straight arc. */
function arcsOf(points: Point[]): Arc[] {
  const last = points.length - 1;
  if (last < 2) return [{ from: points[0], bend: middle(points[0], points[last]), to: points[last] }];
  const arcs: Arc[] = [];
  let from = points[0];
  for (let i = 1; i < last; i++) {
    const to = i === last - 1 ? points[last] : middle(points[i], points[i + 1]);
    arcs.push({ from, bend: points[i], to });
    from = to;
  }
  return arcs;
}

/** SVG path data. */
export function pathData(points: Point[]): string {
  if (points.length === 2) return `M${pair(points[0])}L${pair(points[1])}`;
  const arcs = arcsOf(points);
  return `M${pair(points[0])}${arcs.map((arc) => `Q${pair(arc.bend)} ${pair(arc.to)}`).join('')}`;
}

/** The point at `share` (0 … 1) of the curve, arcs counted equally. */
export function pointOn(points: Point[], share: number): Point {
  const arcs = arcsOf(points);
  const place = Math.min(Math.max(share, 0), 1) * arcs.length;
  const index = Math.min(Math.floor(place), arcs.length - 1);
  const { from, bend, to } = arcs[index];
  const t = place - index;
  const s = 1 - t;
  return {
    x: s * s * from.x + 2 * s * t * bend.x + t * t * to.x,
    y: s * s * from.y + 2 * s * t * bend.y + t * t * to.y,
  };
}

/** The last stretch before the end, for the arrow's direction. */
export function arrival(points: Point[]): { from: Point; to: Point } {
  const to = points[points.length - 1];
  for (let i = points.length - 2; i > 0; i--) {
    if (Math.hypot(points[i].x - to.x, points[i].y - to.y) > 1) return { from: points[i], to };
  }
  return { from: points[0], to };
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function pair(point: Point): string {
  return `${figure(point.x)},${figure(point.y)}`;
}

/** Tenths of a pixel are enough, and keep exported files alike from one machine to another. */
export function figure(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}
