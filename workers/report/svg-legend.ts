/** The legend of a picture, one line at its bottom left. */
import { figure } from './edge-path';
import { holderMark } from './holder-mark';
import type { LegendEntry, Sign } from './legend';
import type { Palette } from './palette';
import { flag } from './svg-nodes';
import { textWidth } from './text';
import { element, xmlText } from './xml';

export const LEGEND_HEIGHT = 40;

const TEXT_SIZE = 11;
const SIGN_WIDTH = 18;
const GAP = 18;

function entryWidth(entry: LegendEntry): number {
  return SIGN_WIDTH + Math.ceil(textWidth(entry.text, 'sans', TEXT_SIZE)) + GAP;
}

export function legendWidth(entries: LegendEntry[]): number {
  return entries.reduce((width, entry) => width + entryWidth(entry), 0);
}

/** `baseline` is that of the text. */
export function drawLegend(entries: LegendEntry[], left: number, baseline: number, colours: Palette): string {
  let x = left;
  const parts = entries.map((entry) => {
    const at = x;
    x += entryWidth(entry);
    const attributes = { x: figure(at + SIGN_WIDTH), y: figure(baseline), 'font-size': TEXT_SIZE, fill: colours.muted };
    return drawSign(entry.sign, at, baseline - 4, colours) + element('text', attributes, xmlText(entry.text));
  });
  return element('g', {}, parts.join(''));
}

/** Signs are twelve wide, `middle` is half their height. */
function drawSign(sign: Sign, x: number, middle: number, colours: Palette): string {
  if (typeof sign === 'object') return holderMark(sign.holder, x + 1, middle - 5, colours);
  switch (sign) {
    case 'closure':
      return element('circle', {
        cx: x + 5,
        cy: middle,
        r: 4.4,
        fill: 'none',
        stroke: colours.goroutine,
        'stroke-width': 1.5,
      });
    case 'finalizer':
      return flag({ x: x + 1, y: middle - 1 }, colours);
    case 'class':
      return rect(x + 3, middle - 1, colours) + rect(x, middle - 4, colours);
    case 'cycle':
      return line(x, middle, colours.finalizer, 1.8, null);
    case 'tie':
      return line(x, middle, colours.finalizer, 2.4, null);
    case 'holds':
      return line(x, middle, colours.line, 1.3, '4 3');
    case 'best cut':
      return line(x, middle, colours.accent, 2.4, '2 3');
  }
}

function rect(x: number, y: number, colours: Palette): string {
  return element('rect', { x, y, width: 9, height: 6, rx: 1.5, fill: colours.surface, stroke: colours.line });
}

function line(x: number, middle: number, stroke: string, width: number, dashes: string | null): string {
  return element('path', { d: `M${x},${middle}h12`, stroke, 'stroke-width': width, 'stroke-dasharray': dashes });
}
