/** References of a picture: curves with an arrow at the end, and the fields' names with a halo. */
import type { DrawnEdge } from '../api/graph';
import { LABEL_SIZE } from './card';
import type { PlacedEdge, Point } from './drawing';
import { arrival, figure, pathData } from './edge-path';
import { MONO } from './fonts';
import type { Palette } from './palette';
import { element, xmlText } from './xml';

const ARROW_LENGTH = 9;
const ARROW_HALF_WIDTH = 4;

export function drawEdge({ edge, points }: PlacedEdge, colours: Palette): string {
  const { colour, width, dashes } = lookOf(edge, colours);
  const { from, to } = arrival(points);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const back = (distance: number): Point => ({ x: to.x - along.x * distance, y: to.y - along.y * distance });
  const curve = element('path', {
    d: pathData([...points.slice(0, -1), back(ARROW_LENGTH - 2)]),
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    'stroke-dasharray': dashes,
  });
  const base = back(ARROW_LENGTH);
  const aside = (side: number): Point => ({ x: base.x - along.y * side, y: base.y + along.x * side });
  const corners = [to, aside(ARROW_HALF_WIDTH), aside(-ARROW_HALF_WIDTH)];
  const arrow = element('polygon', {
    points: corners.map((corner) => `${figure(corner.x)},${figure(corner.y)}`).join(' '),
    fill: colour,
  });
  return curve + arrow;
}

/** The best cut looks like a seam: thick and dotted, so that it stands out in grey too. */
function lookOf(
  { kind, cut, tie }: DrawnEdge,
  colours: Palette,
): { colour: string; width: number; dashes: string | null } {
  if (cut?.best) return { colour: colours.accent, width: 2.4, dashes: '2 3' };
  if (tie !== undefined) return { colour: colours.finalizer, width: 2.4, dashes: null };
  if (kind === 'cycle') return { colour: colours.finalizer, width: 1.8, dashes: null };
  return { colour: colours.line, width: 1.3, dashes: kind === 'holds' ? '5 4' : null };
}

/** A field's name on a patch of the canvas, so that lines do not run through it. */
export function drawLabel({ edge, label }: PlacedEdge, colours: Palette): string {
  if (label === null) return '';
  const { x, y, width, height, text } = label;
  const box = { x: figure(x), y: figure(y), width: figure(width), height: figure(height), rx: 3 };
  const place = { x: figure(x + width / 2), y: figure(y + height - 4.5), 'text-anchor': 'middle' };
  const look = {
    'font-family': MONO,
    'font-size': LABEL_SIZE,
    fill: edge.tie === undefined ? colours.muted : colours.finalizer,
  };
  return (
    element('rect', { ...box, fill: colours.canvas, 'fill-opacity': 0.9 }) +
    element('text', { ...place, ...look }, xmlText(text))
  );
}
