/**
 * Closures: objects whose first word is the entry of a function. The layout behind the code word comes, best first, from DWARF (offsets of
 * captured variables, Go ≥ 1.23), from the struct that the code allocates for it, or from the receiver of a method value.
 */
import { NONE } from '../../lib/none';
import { valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { KIND } from '../../go/type-kinds';
import type { Dwarf } from '../../program/dwarf/dwarf';
import type { CodeHints } from '../../program/code-follower';
import { SOURCE } from '../beliefs/assignments';
import type { CodeWords } from './code-words';
import { isClosureName, type CodeNames } from '../executable/code-names';
import type { GoField, GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';
import type { ObjectShape } from '../types/object-shapes';
import type { TypeSpace } from '../types/type-space';
import type { Teller, Telling } from './telling';

/** `net/http.(*conn).serve-fm` */
const METHOD_VALUE = /^(.*)\.\(\*([^()]+)\)\.[^.()]+-fm$/;

export class Closures {
  /** code word → shape → the type of closures that have both: there are few, of very many objects */
  private readonly made = new Map<number, Map<number, GoType>>();

  constructor(
    private readonly graph: HeapGraph,
    private readonly shapes: readonly ObjectShape[],
    private readonly code: CodeNames,
    private readonly hints: CodeHints,
    private readonly dwarf: Dwarf | null,
    private readonly types: TypeSpace,
    private readonly known: KnownTypes,
    private readonly slide: number,
    private readonly find: (name: string) => GoType | null,
    /** objectId → first word, for objects whose first word is a function's entry */
    private readonly codeWords: CodeWords,
  ) {}

  /** Says that a func value lies at an address: a closure where that is an object whose code word is known. */
  tell(walk: Telling, address: number, source: number, teller: Teller): void {
    const objectId = this.graph.index.objectAt(address);
    if (objectId === NONE || address !== valueAddress(this.graph, objectId)) return;
    const type = this.typeOf(objectId);
    if (type) walk.tell(address, type, 1, source, teller);
  }

  /** Does an object begin with the entry of a function? */
  isCode(objectId: number): boolean {
    return this.codeWords.of(objectId) !== null;
  }

  /** Objects that nobody called a func value but whose first word is code of a closure: needs more than a word that could be a number by chance. */
  tellAll(walk: Telling): void {
    for (const [objectId, word] of this.codeWords) {
      if (!this.trusted(objectId, word)) continue;
      const type = this.typeOf(objectId);
      if (type)
        walk.tell(valueAddress(this.graph, objectId), type, 1, SOURCE.closureScan, { objectId: NONE, offset: 0 });
    }
  }

  /** A function that only closures run, and a layout that is known; or, without the executable, one that the dump itself shows. */
  private trusted(objectId: number, word: number): boolean {
    if (this.code.runsClosures(word)) {
      // A closure that captures nothing is no heap object.
      return this.shapes[this.graph.shapeId[objectId]].valueSize > this.known.layout.pointerBytes;
    }
    return isClosureName(this.code.nameOf(word) ?? '') && this.layout(word - this.slide).length > 0;
  }

  /** The closure type of an object by its code word and shape, or null where its first word is no function's entry. */
  typeOf(objectId: number): GoType | null {
    const word = this.codeWords.of(objectId);
    if (word === null) return null;
    const shape = this.graph.shapeId[objectId];
    let ofCode = this.made.get(word);
    if (!ofCode) this.made.set(word, (ofCode = new Map<number, GoType>()));
    let type = ofCode.get(shape);
    if (!type) ofCode.set(shape, (type = this.make(word, this.shapes[shape])));
    return type;
  }

  private make(word: number, shape: ObjectShape): GoType {
    const name = this.code.nameOf(word);
    const fields = this.layout(word - this.slide);
    const P = this.known.layout.pointerBytes;
    const listed = shape.offsets ?? new Uint32Array(0);
    // Without a layout, and where it is not the whole, the object's own pointers stand for it.
    const end =
      fields.length === 0
        ? shape.valueSize
        : Math.max((listed.at(-1) ?? 0) + P, ...fields.map((field) => field.offset + field.type.size));
    const size = Math.min(end, shape.valueSize);
    const mask = listed.filter((offset) => offset < size);
    return name === null ? this.known.closureOfCode(word, size, mask) : this.known.closure(name, size, mask, fields);
  }

  private layout(entry: number): readonly GoField[] {
    const struct = this.types.at((this.hints.closureType.get(entry) ?? 0) + this.slide);
    const allocated = struct?.kind === KIND.struct ? struct.fields.slice(1) : [];
    const captured = this.captured(entry);
    // Debug information leaves out some variables; the struct has them, if without their names.
    const unnamed = allocated.filter(
      ({ offset, type }) =>
        !captured.some((one) => one.offset < offset + type.size && offset < one.offset + one.type.size),
    );
    if (captured.length + unnamed.length === 0) return this.receiver(this.code.nameOf(entry + this.slide) ?? '');
    return [...captured, ...unnamed.map((field) => ({ ...field, name: field.name.replace(/^\./, '') }))].sort(
      (a, b) => a.offset - b.offset,
    );
  }

  /** A method value holds its receiver behind the code. */
  private receiver(name: string): GoField[] {
    const method = METHOD_VALUE.exec(name);
    const type = method && this.find(`${method[1]}.${method[2]}`);
    const offset = this.known.layout.pointerBytes;
    return type ? [{ name: 'R', offset, type: this.known.pointerTo(type) }] : [];
  }

  /** Captured variables as DWARF has them; `&x` is captured by reference, its type a pointer. */
  private captured(entry: number): GoField[] {
    const found = this.dwarf?.functionAt(entry);
    const fields: GoField[] = [];
    for (const at of found?.variables ?? []) {
      const variable = this.dwarf?.variable(at);
      if (!variable || variable.closureOffset === null) continue;
      const type = this.types.entry(variable.type);
      if (type)
        fields.push({
          name: variable.name,
          offset: variable.closureOffset,
          type,
        });
    }
    return fields;
  }
}
