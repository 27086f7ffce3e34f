/**
 * How wide text comes out, known without a screen. Pictures name several font families; widths here are those of the widest of them, DejaVu,
 * so text fits its card in every one.
 */
import { shortGoName } from '../lib/go-names';

export type Face = 'sans' | 'bold' | 'mono';

/** Advance of DejaVu Sans Mono; JetBrains Mono is 0.6 em. */
const MONO_ADVANCE = 0.602;
/** DejaVu Sans Bold against DejaVu Sans, the widest ratio over ASCII being that of `;` and `:`. */
const BOLD_RATIO = 1.13;
/** Advances of DejaVu Sans in 1/100 em, from the space (32) to `~` (126). */
// prettier-ignore
const SANS_ADVANCE = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
  100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
  50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/** Width in pixels of one line of text. Characters outside ASCII count as a full em, which is right for CJK and generous for the rest. */
export function textWidth(text: string, face: Face, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += advance(character.codePointAt(0) ?? 0, face);
  return ems * fontSize;
}

function advance(codePoint: number, face: Face): number {
  if (codePoint > 126) return face === 'mono' && codePoint < 0x1100 ? MONO_ADVANCE : 1;
  if (face === 'mono') return MONO_ADVANCE;
  const sans = (SANS_ADVANCE[codePoint - 32] ?? 0) / 100;
  return face === 'bold' ? sans * BOLD_RATIO : sans;
}

/**
 * Cuts a name to at most `limit` characters. A Go name loses the directories of its paths first, then its middle: `net/http.(*Server).Serve.func2`
 * becomes `http.(*Server).Serve.func2`, and at worst `http.(*Serv…ve.func2`. Half characters (surrogates) never remain.
 */
export function shorten(name: string, limit: number): string {
  if (length(name) <= limit) return name;
  const local = shortGoName(name);
  if (length(local) <= limit) return local;
  const characters = Array.from(local);
  const tail = Math.floor((limit - 1) / 2);
  const left = characters
    .slice(0, limit - 1 - tail)
    .join('')
    .replace(/[\s…]+$/, '');
  const right = characters
    .slice(characters.length - tail)
    .join('')
    .replace(/^[\s…]+/, '');
  return `${left}…${right}`;
}

function length(text: string): number {
  return Array.from(text).length;
}

/** Text from a dump may hold anything: control characters and lone surrogates become `\uFFFD`, which is one visible character. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, '\uFFFD');
}
