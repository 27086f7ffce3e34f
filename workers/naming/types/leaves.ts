/**
 * The words of a value that lead somewhere, flattened: structs and arrays are unrolled once for each type, so that walking a million values
 * of it is a loop over a short list. Types that hide what they point at behind unsafe.Pointer are known here by name.
 */
import { POOL_LOCAL } from '../../go/pools';
import { KIND } from '../../go/type-kinds';
import type { GoType } from './go-type';

export type LeafKind = 'pointer' | 'string' | 'slice' | 'interface' | 'func' | 'map' | 'chan' | 'sized array';

export interface Leaf {
  kind: LeafKind;
  /** Offset of the leaf in the value. */
  offset: number;
  /** What it leads to: element of a pointer or slice, the map or chan type itself; null where the word says it (interface, func) or bytes. */
  type: GoType | null;
  /** `sized array`: offset of the word that holds the number of elements. */
  countAt: number;
}

/** How reflect and the runtime look at any slice or string: a pointer to one of these does not say what was allocated. */
const VIEWS: ReadonlySet<string> = new Set([
  'internal/unsafeheader.Slice',
  'internal/unsafeheader.String',
  'reflect.SliceHeader',
  'reflect.StringHeader',
  'runtime.slice',
  'runtime.stringStruct',
]);

/** Values with more leaves than this are cut: nobody learns more from the ten-thousandth element of an array type. */
const MOST_LEAVES = 8192;

export class Leaves {
  private readonly cache = new Map<number, readonly Leaf[]>();

  /** @param find a type by its printed name, where the program has it */
  constructor(
    private readonly pointerBytes: number,
    private readonly find: (name: string) => GoType | null,
  ) {}

  of(type: GoType): readonly Leaf[] {
    const known = this.cache.get(type.id);
    if (known) return known;
    const leaves: Leaf[] = [];
    this.collect(type, 0, leaves, 0);
    this.cache.set(type.id, leaves);
    return leaves;
  }

  private collect(type: GoType, at: number, leaves: Leaf[], depth: number): void {
    if (leaves.length >= MOST_LEAVES || depth > 32) return;
    const leaf = (kind: LeafKind, to: GoType | null, countAt = 0): void =>
      void leaves.push({ kind, offset: at, type: to, countAt });
    switch (type.kind) {
      case KIND.pointer:
        if (type.element && !VIEWS.has(type.element.name)) leaf('pointer', type.element);
        return;
      case KIND.string:
        leaf('string', null);
        return;
      case KIND.slice:
        if (type.element) leaf('slice', type.element);
        return;
      case KIND.interface:
        leaf('interface', null);
        return;
      case KIND.func:
        leaf('func', null);
        return;
      case KIND.map:
        leaf('map', type);
        return;
      case KIND.chan:
        leaf('chan', type);
        return;
      case KIND.array:
        this.collectArray(type, at, leaves, depth);
        return;
      case KIND.struct:
        if (!this.collectKnown(type, at, leaves)) {
          for (const field of type.fields) this.collect(field.type, at + field.offset, leaves, depth + 1);
        }
        return;
      default:
    }
  }

  private collectArray(type: GoType, at: number, leaves: Leaf[], depth: number): void {
    const { element } = type;
    if (!element || (element.mask !== null && element.mask.length === 0)) return;
    const before = leaves.length;
    for (let i = 0; i < type.length && leaves.length < MOST_LEAVES; i++) {
      // What the first element does not have the others have not either.
      if (i > 0 && leaves.length === before) return;
      this.collect(element, at + i * element.size, leaves, depth + 1);
    }
  }

  /** Structs whose unsafe.Pointers have a known meaning; true where the struct was dealt with. */
  private collectKnown(type: GoType, at: number, leaves: Leaf[]): boolean {
    const P = this.pointerBytes;
    const pointer = (offset: number, to: GoType | null): void => {
      if (to) leaves.push({ kind: 'pointer', offset: at + offset, type: to, countAt: 0 });
    };
    if (type.name === 'sync.eface' || type.name === 'internal/sync.eface') {
      leaves.push({ kind: 'interface', offset: at, type: null, countAt: 0 });
      return true;
    }
    if (type.name === 'sync.Pool') {
      const local = this.find(POOL_LOCAL);
      for (const field of ['local', 'victim']) {
        const found = type.fields.find(({ name }) => name === field);
        if (found && local)
          leaves.push({ kind: 'sized array', offset: at + found.offset, type: local, countAt: at + found.offset + P });
      }
      const create = type.fields.find(({ name }) => name === 'New');
      if (create) leaves.push({ kind: 'func', offset: at + create.offset, type: null, countAt: 0 });
      return true;
    }
    if (type.name === 'sync.entry') {
      pointer(0, this.find('interface {}'));
      return true;
    }
    // atomic.Pointer[T] and its kin: `_ [0]*T` names what the unsafe.Pointer leads to.
    const witness = type.fields.find(
      ({ type: t }) => t.kind === KIND.array && t.length === 0 && t.element?.kind === KIND.pointer,
    );
    const hidden = type.fields.find(({ type: t }) => t.kind === KIND.unsafePointer);
    if (!witness || !hidden) return false;
    pointer(hidden.offset, witness.type.element?.element ?? null);
    return true;
  }
}
