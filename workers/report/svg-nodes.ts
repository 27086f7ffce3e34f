/** Cards of a picture. Their shape tells the kind, so it reads in greyscale: square roots, round closures, stacked classes, flagged finalizers. */
import { CARD_PADDING, cardOf, DETAIL_SIZE, TITLE_SIZE } from './card';
import type { Card } from './card';
import type { Box, PlacedNode } from './drawing';
import { figure } from './edge-path';
import { MONO } from './fonts';
import { holderMark, MARK_SIZE } from './holder-mark';
import type { Palette } from './palette';
import { toneOf } from './palette';
import { element, xmlText } from './xml';

const RADIUS = 6;
const SQUARE_RADIUS = 1;
/** How far the second card of a class looks out below the first; not sideways, where arrows end. */
const STACK_SHIFT = 4;

export function drawNode(placed: PlacedNode, colours: Palette): string {
  const { node, x, y, width } = placed;
  const card = cardOf(node);
  const textLeft = x + CARD_PADDING + (node.isClosure ? CARD_PADDING / 2 : 0);
  const line = (dy: number, attributes: Record<string, string | number>, content: string) =>
    element('text', { x: figure(textLeft), y: figure(y + dy), ...attributes }, xmlText(content));
  const whole = [node.title, node.detail, node.address].filter((part) => part).join(' · ');
  const parts = [
    element('title', {}, xmlText(whole)),
    node.kind === 'class' ? outline(placed, colours, STACK_SHIFT) : '',
    outline(placed, colours, 0),
    line(18, titleLook(card, colours), card.title),
    line(34, { 'font-size': DETAIL_SIZE, fill: colours.muted }, card.detail),
    node.hasFinalizer ? flag({ x: x + width - 18, y }, colours) : '',
    node.rootKind === null ? '' : holderMark(node.holder, x + width - MARK_SIZE - 8, y - MARK_SIZE / 2, colours),
  ];
  return element('g', {}, parts.join(''));
}

function titleLook({ titleStyle }: Card, colours: Palette): Record<string, string | number> {
  const size = { 'font-size': TITLE_SIZE, 'font-weight': 600 };
  switch (titleStyle) {
    case 'fact':
      return { 'font-family': MONO, ...size, fill: colours.text };
    case 'likely':
      return { 'font-family': MONO, ...size, fill: colours.muted, 'text-decoration': 'underline' };
    case 'words':
      return { ...size, fill: colours.muted };
  }
}

/** `shift` is 0 for the card itself; a card beneath it never looks selected. */
function outline({ node, x, y, width, height }: PlacedNode, colours: Palette, shift: number): string {
  const radius = node.isClosure ? height / 2 : node.kind === 'root' ? SQUARE_RADIUS : RADIUS;
  const selected = node.selected && shift === 0;
  return element('rect', {
    x: figure(x + shift),
    y: figure(y + shift),
    width: figure(width - 2 * shift),
    height: figure(height),
    rx: radius,
    fill: selected ? colours.accentSoft : colours.surface,
    stroke: selected ? colours.accent : colours[toneOf(node)],
    'stroke-width': selected ? 2 : 1.3,
    'stroke-dasharray': node.kind === 'more' ? '2 3' : null,
  });
}

/** The flag of an object with a finalizer: a small triangle on the card's upper edge. */
export function flag({ x, y }: Pick<Box, 'x' | 'y'>, colours: Palette): string {
  const points = `${figure(x)},${figure(y - 3)} ${figure(x + 9)},${figure(y + 1)} ${figure(x)},${figure(y + 5)}`;
  return element('polygon', { points, fill: colours.finalizer });
}
