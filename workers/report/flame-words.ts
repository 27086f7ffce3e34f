/** The words in a box of a flame graph, cut to its room, and what is said of a node beside it. */
import { counted, formatBytes, formatCount, formatShare } from '../lib/format';
import { shortGoName } from '../lib/go-names';
import type { FlameBox } from './flame-boxes';
import type { RetentionNode } from '../api/retention-rows';

/** Boxes that are narrower have no words. */
export const LEAST_WORDS_PX = 24;

/** Of a name that is cut, so many characters say something; fewer are not written. */
const LEAST_CHARACTERS = 5;

/** Characters that must stay between name and figures. */
const GAP = 3;

export interface FlameWords {
  /** At the left edge; may be empty. */
  readonly name: string;
  /** At the right edge, where there is room for it. */
  readonly figures: string;
}

/** What stands in a box that has room for so many characters. `whole`: what shares are of. */
export function flameWords(box: FlameBox, room: number, whole: number): FlameWords {
  const words = box.node === null ? foldedWords(box) : nodeWords(box.node);
  const name = fitting(words, room);
  const figures = `${formatBytes(box.bytes)}  ${formatShare(box.bytes, whole)}`;
  return { name, figures: name.length + GAP + figures.length <= room ? figures : '' };
}

/** What a node is called; packages have the empty name where there is none. */
export function nodeName({ name }: Pick<RetentionNode, 'name'>): string {
  return name === '' ? 'no package' : name;
}

/** From the most that is said to the least. */
function nodeWords(node: RetentionNode): string[] {
  const name = node.kind === 'package' ? nodeName(node) : shortGoName(node.name);
  const held = node.field === null ? name : `${node.field} ${name}`;
  const many = manyOf(node);
  return many === '' ? [held, name] : [`${held}  ${many}`, held, name];
}

function foldedWords({ folded }: FlameBox): string[] {
  return [`${formatCount(folded?.nodes ?? 0)} smaller`, ''];
}

/** `× 60,000`: roots of a kind, or own objects of a node; nothing for one. */
export function manyOf({ roots, objects }: Pick<RetentionNode, 'roots' | 'objects'>): string {
  const many = Math.max(roots, objects);
  return many > 1 ? `× ${formatCount(many)}` : '';
}

/** The first that fits; else the last, cut at its left: there the package stands, and the type's own name stays. */
function fitting(words: readonly string[], room: number): string {
  const whole = words.find((text) => text.length <= room);
  if (whole !== undefined) return whole;
  const characters = Array.from(words[words.length - 1]);
  return room < LEAST_CHARACTERS ? '' : `…${characters.slice(characters.length - room + 1).join('')}`;
}

/** A node in one sentence, for who cannot see it. */
export function flameSentence({ node, folded, bytes }: FlameBox, whole: number): string {
  if (node === null) return `${counted(folded?.nodes ?? 0, 'smaller node')}, ${formatBytes(bytes)}`;
  const of = node.kind === 'object' ? counted(node.objects, 'object') : counted(node.totalObjects, 'object');
  const field = node.field === null ? '' : `${node.field} `;
  return `${field}${nodeName(node)}: ${of}, ${formatBytes(bytes)}, ${formatShare(bytes, whole)}`;
}
