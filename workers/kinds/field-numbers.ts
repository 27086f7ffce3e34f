/**
 * Fields by number. A field is a kind of objects and a path in them with indices and keys left out: `.conns[].buf` is one field of `server.Hub`,
 * whichever element it is. The words of all objects that are believed to be the same are told apart once; afterwards a word is a look-up.
 */
import type { Naming } from '../naming/naming';
import { KIND } from '../go/type-kinds';
import { fieldPath } from '../naming/types/field-path';
import type { GoType } from '../naming/types/go-type';

/** Words of an object that nothing names are told apart up to this offset; behind it, and in what looks like an array, they are one field. */
const TOLD_APART = 512;
const FURTHER = '+…';
/** A table of words up to this length is an array. */
const LONG = 1 << 16;
/** No number yet. */
const NEW = 0xffff_ffff;

/** field → … */
export class FieldNumbers {
  /** kind of the objects that have it */
  readonly owner: number[] = [];
  readonly texts: string[] = [];
  private readonly known = new Map<string, number>();

  number(kind: number, text: string): number {
    const key = `${kind} ${text}`;
    let field = this.known.get(key);
    if (field === undefined) {
      field = this.texts.push(text) - 1;
      this.owner.push(kind);
      this.known.set(key, field);
    }
    return field;
  }
}

/** The fields of objects of one kind that are believed to be the same. */
export class WordFields {
  /** Bytes after which the words have the same fields again. */
  private readonly period: number;
  /** What stands before a path: `[]` of values side by side. */
  private readonly before: string;
  private readonly type: GoType | null;
  private readonly byWord: Uint32Array | Map<number, number>;

  constructor(
    private readonly fields: FieldNumbers,
    private readonly kind: number,
    private readonly naming: Naming,
    belief: number,
    /** Bytes of a value, and of a pointer. */
    valueBytes: number,
    private readonly pointerBytes: number,
    /** Whether the pointers lie as those of an array do. */
    private readonly isLikeArray: boolean,
  ) {
    const { type, count } = naming.beliefs.all[belief];
    const repeated = elementsOf(type, count);
    this.type = repeated?.type ?? type;
    this.before = repeated?.before ?? '';
    this.period = repeated ? repeated.type.size : Infinity;
    const words = Math.min(valueBytes, this.period) / pointerBytes;
    this.byWord = words <= LONG ? new Uint32Array(Math.ceil(words)).fill(NEW) : new Map<number, number>();
  }

  /** The field of a pointer word, by its offset in the value. */
  at(offset: number): number {
    const inside = offset < this.period ? offset : offset % this.period;
    const word = inside / this.pointerBytes;
    if (this.byWord instanceof Map) {
      const known = this.byWord.get(word);
      if (known !== undefined) return known;
      const made = this.make(inside, offset);
      this.byWord.set(word, made);
      return made;
    }
    const known = this.byWord[word];
    return known === NEW ? (this.byWord[word] = this.make(inside, offset)) : known;
  }

  /** The field of words of which only the object is known. */
  get any(): number {
    return this.fields.number(this.kind, '');
  }

  private make(inside: number, offset: number): number {
    const path = this.type && fieldPath(this.type, 1, inside, this.naming.known);
    const text = path === null ? this.unnamed(this.type ? offset : inside) : withoutIndices(this.before + path);
    return this.fields.number(this.kind, text);
  }

  private unnamed(offset: number): string {
    return offset < TOLD_APART && !this.isLikeArray ? `+0x${offset.toString(16)}` : FURTHER;
  }
}

/** Values side by side, or the elements of an array: what is repeated, and how its place is written. */
function elementsOf(type: GoType | null, count: number): { type: GoType; before: string } | null {
  if (!type || type.size === 0 || type.role === 'identity' || type.role === 'bytes') return null;
  if (type.role === 'plain' && type.kind === KIND.array && type.element && type.element.size > 0)
    return { type: type.element, before: count > 1 ? '[][]' : '[]' };
  return count > 1 ? { type, before: '[]' } : null;
}

/** `.conns[3].buf` as `.conns[].buf`. A slot of a map says whether it is a key by itself: `[]value[3]` is `value[]`. */
function withoutIndices(path: string): string {
  return path.replace(/\[\d+\]/g, '[]').replace(/^\[\](?=(key|value)\[)/, '');
}
