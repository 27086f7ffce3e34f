/** The sheet that every picture stands on: title, facts, dump's name, and what is drawn below them. */
import { SANS } from './fonts';
import type { Palette } from './palette';
import { element, xmlText } from './xml';

export const MARGIN = 24;
export const HEADER_HEIGHT = 58;
export const TITLE_SIZE = 16;
export const SMALL_SIZE = 12;

export interface Sheet {
  title: string;
  /** One line under the title. */
  facts: string;
  dumpName: string;
  /** Of the whole sheet. */
  width: number;
  height: number;
  colours: Palette;
  /** `@font-face` rules to carry along. */
  fontFaces: string | undefined;
  /** Elements; 0, 0 is below the head, inside the margin. */
  body: string;
  /** Placed on the sheet itself. */
  legend: string | null;
}

export function svgDocument(sheet: Sheet): string {
  const { title, facts, width, height, colours } = sheet;
  const text = (y: number, size: number, weight: number, fill: string, content: string) =>
    element('text', { x: MARGIN, y, 'font-size': size, 'font-weight': weight, fill }, xmlText(content));
  const parts = [
    element('title', {}, xmlText(`${title}: ${sheet.dumpName}`)),
    sheet.fontFaces ? element('style', {}, xmlText(sheet.fontFaces)) : null,
    element('rect', { width, height, fill: colours.canvas }),
    text(MARGIN + 14, TITLE_SIZE, 600, colours.text, title),
    text(MARGIN + 36, SMALL_SIZE, 400, colours.muted, facts),
    element('g', { transform: `translate(${MARGIN},${MARGIN + HEADER_HEIGHT})` }, `\n${sheet.body}\n`),
    sheet.legend,
  ];
  const head = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': SANS,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('svg', head, `\n${parts.filter((part) => part !== null).join('\n')}\n`)}\n`;
}
