/** Places and names as a person reads them. */
import type { TypeLabel } from '../../../workers/api';
import { shortGoName } from '../../../workers/lib/go-names';

/** What to call an object: its type, what else is known of it, or its shape. */
export function nameOf(label: TypeLabel): string {
  return label.type ?? label.hint ?? label.shape;
}

/** `+24`, or the field where it is known; empty where a pointer has no place. */
export function placeOf(pointer: { field: string | null; offset: number | null }): string {
  if (pointer.field !== null) return pointer.field;
  if (pointer.offset === null) return '';
  return pointer.offset < 0 ? `-${-pointer.offset}` : `+${pointer.offset}`;
}

/** `0xc000010000`, or `0xc000010000+8` for a pointer into the middle of an object. */
export function targetOf(address: string, targetOffset: number): string {
  if (targetOffset === 0) return address;
  return targetOffset > 0 ? `${address}+${targetOffset}` : `${address}${targetOffset}`;
}

/**
 * Cuts a name to `width` characters. The directories of Go import paths go first, since they say least; if that is not enough
 * the middle goes, so that the package's name and the tail of the function or type stay.
 */
export function shortened(name: string, width: number): string {
  const text = name.length > width ? shortGoName(name, '…/') : name;
  if (text.length <= width) return text;
  if (width <= 1) return '…'.slice(0, width);
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** Breaks a sentence into lines of at most `width` characters; the first begins with `first`, the others with as many blanks. */
export function wrapped(text: string, first: string, width: number | null): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && width !== null && first.length + longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines.map((part, at) => `${at === 0 ? first : ' '.repeat(first.length)}${part}`).join('\n');
}
