/**
 * The grammar of filters as a person types them (api/values.ts). A field is conditions joined by spaces; all must hold:
 *
 *     text        contains it, case ignored           "two words"   contains exactly that
 *     /regex/     matches it, case ignored            none          has no value
 *     >1MB  >=  <  <=  =48  48                        1KiB..2MiB    from … to, both included
 *     1%..10%     of the heap's bytes, in columns of bytes
 */
import { EngineError } from '../../api/errors';

export type Condition =
  | { kind: 'contains'; text: string }
  | { kind: 'matches'; pattern: RegExp }
  /** Closed interval, unless `openLow` or `openHigh` leave the bound itself out. */
  | { kind: 'between'; low: number; high: number; openLow: boolean; openHigh: boolean }
  | { kind: 'none' };

interface FieldContext {
  /** The column's key, for messages. */
  readonly column: string;
  readonly kind: 'bytes' | 'count' | 'address' | 'text';
  /** What 100 % is. */
  readonly heapBytes: number;
}

/** The field with the text that is read, so that errors can point into it. */
interface ReadField extends FieldContext {
  readonly text: string;
}

/** The conditions of a field. Throws `BadRequest` with a sentence that says what cannot be read. */
export function parseFilter(text: string, field: FieldContext): Condition[] {
  const read = { ...field, text };
  return tokens(text, read).map((token) => (field.kind === 'text' ? textual(token, read) : numeric(token, read)));
}

/** Splits at spaces, except inside `/…/` and `"…"`. */
function tokens(text: string, field: ReadField): string[] {
  const found: string[] = [];
  const token = /\s*(\/(?:\\.|[^\\/])*\/(?=\s|$)|"[^"]*"(?=\s|$)|[^\s]+)/y;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const match = token.exec(text);
    if (!match) break;
    if (/^"/.test(match[1]) && !/^".*"$/.test(match[1]))
      throw unreadable(field, match[1], 'its quotation mark is not closed');
    found.push(match[1]);
  }
  return found;
}

/** What people of other tools write before a text; types may begin with `<-`, never with these. */
const NO_OPERATOR = /^(==?|!=|=~|!~|>=|<=)/;

function textual(token: string, field: ReadField): Condition {
  const operator = NO_OPERATOR.exec(token)?.[0];
  if (operator !== undefined && field.kind === 'text') {
    const text = token.slice(operator.length).replace(/^"(.*)"$/, '$1');
    const where = text === '' ? 'text' : text;
    throw unreadable(field, operator, `text has no operators; write ${where}, "${where}" or /^${where}$/`);
  }
  if (token === 'none') return { kind: 'none' };
  const quoted = /^"(.*)"$/.exec(token);
  if (quoted) return { kind: 'contains', text: quoted[1].toLowerCase() };
  return regex(token, field) ?? { kind: 'contains', text: token.toLowerCase() };
}

function regex(token: string, field: ReadField): Condition | null {
  if (token.length < 2 || !token.startsWith('/') || !token.endsWith('/')) return null;
  try {
    return { kind: 'matches', pattern: new RegExp(token.slice(1, -1), 'im') };
  } catch (error) {
    throw unreadable(field, token, error instanceof Error ? error.message : 'it is no regular expression');
  }
}

const COMPARED = /^(>=|<=|>|<|=)(.+)$/;
const BETWEEN = /^(.+?)\.\.(.+)$/;

function numeric(token: string, field: ReadField): Condition {
  if (token === 'none') return { kind: 'none' };
  const compared = COMPARED.exec(token);
  if (compared) return comparison(compared[1], quantity(compared[2], field));
  const between = BETWEEN.exec(token);
  if (between) return closed(quantity(between[1], field), quantity(between[2], field));
  if (field.kind === 'address') return textual(token, field);
  return comparison('=', quantity(token, field));
}

function comparison(operator: string, value: number): Condition {
  if (operator === '=') return closed(value, value);
  const above = operator.startsWith('>');
  const open = operator.length === 1;
  return above
    ? { kind: 'between', low: value, high: Infinity, openLow: open, openHigh: false }
    : { kind: 'between', low: -Infinity, high: value, openLow: false, openHigh: open };
}

function closed(low: number, high: number): Condition {
  return { kind: 'between', low, high, openLow: false, openHigh: false };
}

/** Decimal units are powers of 1000, `Ki` and the like powers of 1024; upper or lower case. */
const SCALE: Record<string, number> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

function quantity(text: string, field: ReadField): number {
  const hex = /^0x[0-9a-f]+$/i.exec(text);
  if (hex) return parseInt(text, 16);
  const match = /^(\d+(?:\.\d+)?|\.\d+)(%|[kmgt]i?)?(b)?$/i.exec(text);
  if (!match) throw unreadable(field, text, `expected ${EXPECTED[field.kind]}`);
  const [, digits, unit = '', b = ''] = match;
  if (field.kind !== 'bytes' && (unit === '%' || b)) throw unreadable(field, text, `expected ${EXPECTED[field.kind]}`);
  if (unit === '%') return (Number(digits) / 100) * field.heapBytes;
  return Number(digits) * SCALE[unit.toLowerCase()];
}

const EXPECTED: Record<FieldContext['kind'], string> = {
  bytes: 'a size like 48, 1KiB, 2MB or 5%',
  count: 'a number like 48 or 10k',
  address: 'an address like 0xc000123456',
  text: 'text',
};

function unreadable(field: ReadField, token: string, why: string): EngineError {
  const at = field.text.indexOf(token) + 1;
  const where = `“${token}”, character ${at}`;
  return new EngineError('BadRequest', `The filter of column “${field.column}” cannot be read at ${where}: ${why}`);
}
