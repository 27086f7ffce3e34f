/** A flame graph as a picture: the boxes and words of the window, with title, dump, Go version and what the hues say. */
import { formatBytes, formatShare } from '../lib/format';
import { figure } from './edge-path';
import type { Flame, FlameBox } from './flame-boxes';
import type { FlameFills } from './flame-colours';
import { flameSentence, flameWords, LEAST_WORDS_PX } from './flame-words';
import { MONO } from './fonts';
import { holderMark } from './holder-mark';
import { PALETTES, type Palette, type PictureTheme } from './palette';
import { HEADER_HEIGHT, MARGIN, svgDocument } from './svg-document';
import { shorten, textWidth } from './text';
import { element, xmlText } from './xml';

export interface FlamePicture {
  flame: Flame;
  fills: FlameFills;
  title: string;
  /** Where the zoomed node hangs, narrowing, and what else is to be known; the dump's name goes before it. */
  facts: readonly string[];
  /** What shares are of. */
  whole: number;
  searched: boolean;
  theme: PictureTheme;
  dumpName: string;
  fontFaces?: string;
}

/** As wide as a chat shows without shrinking it at twice the pixels. */
const WIDTH = 1200;
const ROW = 20;
const TEXT_SIZE = 11.5;
const PADDING = 4;
const LEGEND_LINE = 20;
const LEGEND_SIZE = 11;
const UNLIT = 0.25;
const LONGEST_TITLE = 110;

/** An SVG document, and its size in its own units. */
export function flameSvg(picture: FlamePicture): { svg: string; width: number; height: number } {
  const { flame, theme, dumpName, fontFaces } = picture;
  const colours = PALETTES[theme];
  const inner = WIDTH - 2 * MARGIN;
  const graph = flame.rows.length * ROW;
  const legend = drawLegend(picture, inner, graph + 8, colours);
  const height = 2 * MARGIN + HEADER_HEIGHT + graph + 8 + legend.height;
  const boxes = flame.rows.flat().map((box) => drawBox(box, picture, inner, colours));
  const svg = svgDocument({
    title: shorten(picture.title, LONGEST_TITLE),
    facts: [dumpName, ...picture.facts].join('  ·  '),
    dumpName,
    width: WIDTH,
    height,
    colours,
    fontFaces,
    body: [hatching(colours), ...boxes, legend.svg].filter((part) => part !== '').join('\n'),
    legend: null,
  });
  return { svg, width: WIDTH, height };
}

function drawBox(box: FlameBox, picture: FlamePicture, inner: number, colours: Palette): string {
  const x = Math.round(box.left * inner);
  const width = Math.round(box.right * inner) - x - 1;
  if (width < 1) return '';
  const y = box.depth * ROW;
  const fill = box.node === null ? 'url(#folded)' : picture.fills.fill(box.node, box.depth);
  const parts = [
    element('title', {}, xmlText(flameSentence(box, picture.whole))),
    element('rect', { x, y, width, height: ROW - 1, fill }),
    ...(width < LEAST_WORDS_PX ? [] : drawWords(box, { x, y, width }, picture.whole, colours)),
  ];
  return element('g', { opacity: picture.searched && !box.lit ? UNLIT : null }, parts.join(''));
}

interface Extent {
  x: number;
  y: number;
  width: number;
}

function drawWords(box: FlameBox, { x, y, width }: Extent, whole: number, colours: Palette): string[] {
  const room = Math.floor((width - 2 * PADDING) / textWidth('0', 'mono', TEXT_SIZE));
  const { name, figures } = flameWords(box, room, whole);
  const line = (at: number, anchor: string | null, fill: string, text: string): string =>
    element(
      'text',
      {
        x: at,
        y: y + 14,
        'font-family': MONO,
        'font-size': TEXT_SIZE,
        'text-anchor': anchor,
        fill,
        'xml:space': 'preserve',
      },
      xmlText(text),
    );
  const words = [line(x + PADDING, null, box.node?.named ? colours.text : colours.muted, name)];
  if (figures !== '') words.push(line(x + width - PADDING, 'end', colours.muted, figures));
  return words;
}

/** Slanted lines, for what was folded. */
function hatching(colours: Palette): string {
  const lines = element('path', { d: 'M-1,6L6,-1', stroke: colours.line });
  const pattern = { id: 'folded', width: 5, height: 5, patternUnits: 'userSpaceOnUse' };
  return element('defs', {}, element('pattern', pattern, lines));
}

/** Entries from left to right, on as many lines as they need. */
function drawLegend(
  { fills }: FlamePicture,
  inner: number,
  top: number,
  colours: Palette,
): { svg: string; height: number } {
  let x = 0;
  let y = top;
  const parts: string[] = [];
  for (const { words, holder, fill } of fills.legend) {
    const width = 22 + Math.ceil(textWidth(words, 'sans', LEGEND_SIZE)) + 18;
    if (x > 0 && x + width > inner) {
      x = 0;
      y += LEGEND_LINE;
    }
    parts.push(element('rect', { x, y, width: 16, height: 14, rx: 2, fill }));
    if (holder !== null) parts.push(holderMark(holder, x + 3, y + 2, colours));
    const at = { x: figure(x + 22), y: figure(y + 11), 'font-size': LEGEND_SIZE, fill: colours.muted };
    parts.push(element('text', at, xmlText(words)));
    x += width;
  }
  return { svg: parts.join(''), height: y - top + LEGEND_LINE };
}

/** `412.0 MiB reachable`, `17.2 MiB, 4.2 % of it`: the facts that every picture has. */
export function flameFacts(total: number, whole: number): string {
  return total === whole
    ? formatBytes(whole)
    : `${formatBytes(total)}, ${formatShare(total, whole)} of ${formatBytes(whole)}`;
}
