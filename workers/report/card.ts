/** A node is a card of two lines: its name in mono, what it weighs under it. One definition for the window and for pictures. */
import type { DrawnEdge, DrawnNode } from '../api/graph';
import { formatBytes } from '../lib/format';
import { printable, shorten, textWidth } from './text';

export const TITLE_SIZE = 12;
export const DETAIL_SIZE = 11;
export const LABEL_SIZE = 11;
const CARD_HEIGHT = 44;
export const CARD_PADDING = 12;

const NARROWEST = 92;
const LONGEST_TITLE = 32;
const LONGEST_DETAIL = 44;
const LONGEST_LABEL = 22;
/** Round ends take their room from the text. */
const ROUND_EXTRA = 12;

/** How a title is set: a fact as it came out of the dump, a name that is only likely, words for what is known of a type. */
type TitleStyle = 'fact' | 'likely' | 'words';

export interface Card {
  title: string;
  titleStyle: TitleStyle;
  detail: string;
  width: number;
  height: number;
}

export function cardOf(node: DrawnNode): Card {
  const title = shorten(printable(node.title), LONGEST_TITLE);
  const detail = shorten(printable(node.detail), LONGEST_DETAIL);
  const text = Math.max(textWidth(title, 'mono', TITLE_SIZE), textWidth(detail, 'sans', DETAIL_SIZE));
  const width = Math.ceil(Math.max(NARROWEST, text + 2 * CARD_PADDING + (node.isClosure ? ROUND_EXTRA : 0)));
  return { title, titleStyle: titleStyleOf(node), detail, width, height: CARD_HEIGHT };
}

/** An object without a name has its address for a title, which is a fact. */
function titleStyleOf({ kind, label }: DrawnNode): TitleStyle {
  if (label === null || label.evidence === 'exact') return 'fact';
  if (label.type === null) return kind === 'class' ? 'words' : 'fact';
  return label.evidence === 'likely' ? 'likely' : 'words';
}

/** The text on an edge: the field, or the fields; how many references it stands for where these do not tell; and what the best cut frees. */
export function edgeLabel({ label, count, cut, tie }: DrawnEdge): string | null {
  const fields = label === null ? [] : label.split(' ');
  const times = count > 1 && count !== fields.length ? `×${count}` : '';
  const text = shorten(
    printable([...(tie === undefined ? [] : [tieNumber(tie)]), ...fields, times].join(' ').trim()),
    LONGEST_LABEL,
  );
  if (!cut?.best) return text || null;
  const frees = `frees ${formatBytes(cut.bytes)}`;
  return text === '' ? frees : `${text} · ${frees}`;
}

/** ① … ⑳; never more than that are asked for. */
export function tieNumber(tie: number): string {
  return String.fromCodePoint(0x245f + tie);
}

export function labelSize(text: string): { width: number; height: number } {
  return { width: Math.ceil(textWidth(text, 'mono', LABEL_SIZE)) + 6, height: LABEL_SIZE + 5 };
}
