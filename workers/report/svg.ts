/**
 * A drawing as a picture: the one renderer behind SVG files and, at twice the size, PNG files. Nothing in it needs a style sheet, a script or a
 * font from elsewhere; a picture with title, dump's name and legend stands on its own.
 */
import type { Drawing } from './drawing';
import { drawEdge, drawLabel } from './svg-edges';
import { drawNode } from './svg-nodes';
import { HEADER_HEIGHT, MARGIN, SMALL_SIZE, svgDocument, TITLE_SIZE } from './svg-document';
import { drawLegend, LEGEND_HEIGHT, legendWidth } from './svg-legend';
import { legendOf } from './legend';
import { formatBytes, formatCount } from '../lib/format';
import type { PictureTheme } from './palette';
import { PALETTES } from './palette';
import { shorten, textWidth } from './text';

/** PNG files have this many pixels for each unit of the SVG. */
export const PNG_SCALE = 2;

/** What a canvas can hold: Chromium makes none wider or higher than 32,767 pixels or of more than 2^28. */
const MOST_PIXELS_ACROSS = 32_767;
const MOST_PIXELS = 2 ** 28;

/** PNG_SCALE, or less for a picture that would be too large. */
export function pngScale({ width, height }: { width: number; height: number }): number {
  const across = MOST_PIXELS_ACROSS / Math.max(width, height);
  return Math.min(PNG_SCALE, across, Math.sqrt(MOST_PIXELS / (width * height)));
}

export interface PictureOptions {
  theme: PictureTheme;
  /** The file's base name: never a path. */
  dumpName: string;
  /** In place of the drawing's own title. */
  title?: string;
  /** Left out only where the picture stands beside one. */
  legend: boolean;
  /** `@font-face` rules to carry along, for a renderer that cannot see the page's fonts. */
  fontFaces?: string;
}

const LONGEST_TITLE = 90;
const LEAST_WIDTH = 480;

/** Size of the SVG in its own units; a PNG has PNG_SCALE times as many pixels each way. */
export function pictureSize(drawing: Drawing, options: PictureOptions): { width: number; height: number } {
  const { title, facts } = heading(drawing, options);
  const inner = Math.max(
    LEAST_WIDTH - 2 * MARGIN,
    drawing.width,
    textWidth(title, 'bold', TITLE_SIZE),
    textWidth(facts, 'sans', SMALL_SIZE),
    options.legend ? legendWidth(legendOf(graphOf(drawing))) : 0,
  );
  const footer = options.legend ? LEGEND_HEIGHT : 0;
  return {
    width: Math.ceil(inner) + 2 * MARGIN,
    height: Math.ceil(drawing.height) + HEADER_HEIGHT + footer + 2 * MARGIN,
  };
}

/** A whole SVG document. */
export function toSvg(drawing: Drawing, options: PictureOptions): string {
  const { theme, dumpName, fontFaces } = options;
  const colours = PALETTES[theme];
  const size = pictureSize(drawing, options);
  const body = [
    ...drawing.edges.map((placed) => drawEdge(placed, colours)),
    ...drawing.nodes.map((placed) => drawNode(placed, colours)),
    ...drawing.edges.map((placed) => drawLabel(placed, colours)),
  ].join('\n');
  const legend = options.legend ? drawLegend(legendOf(graphOf(drawing)), MARGIN, size.height - MARGIN, colours) : null;
  return svgDocument({ ...heading(drawing, options), ...size, dumpName, colours, fontFaces, body, legend });
}

function heading(drawing: Drawing, options: PictureOptions): { title: string; facts: string } {
  const { objects, bytes } = drawing.leftOut;
  const leftOut = objects === 0 ? null : `not drawn: ${formatCount(objects)} objects, ${formatBytes(bytes)}`;
  const facts = [options.dumpName, drawing.subtitle, leftOut].filter((fact) => fact !== null && fact !== '');
  return { title: shorten(options.title ?? drawing.title, LONGEST_TITLE), facts: facts.join('  ·  ') };
}

function graphOf(drawing: Drawing) {
  return { nodes: drawing.nodes.map(({ node }) => node), edges: drawing.edges.map(({ edge }) => edge) };
}
