/**
 * Types as naming uses them: one object for a type, however it was learnt (a runtime descriptor, DWARF, or made here: the parts of maps and
 * channels, closures). Ids are dense and start at 1, so that 0 in a column means "no type".
 */
import { KIND } from '../../go/type-kinds';

/** What the walk has to know beyond the fields. */
export type TypeRole =
  | 'plain'
  /** A map's header; `map` is the map type. */
  | 'map header'
  /** One table of a map since 1.24, and the directory of pointers to tables. */
  | 'map table'
  /** Overflow bookkeeping of a map up to 1.23. */
  | 'map extra'
  /** A channel's header, its buffer included where the elements hold no pointers; `element` is the channel's. */
  | 'channel'
  /** A closure: word 0 is the code; `fields` are the captured variables. */
  | 'closure'
  /** Bytes behind strings and byte slices. */
  | 'bytes'
  /** A type known by its address and package only: the dump cuts the names of pointer types with methods. */
  | 'identity';

export interface GoField {
  name: string;
  offset: number;
  type: GoType;
}

export interface GoType {
  readonly id: number;
  /** With full import paths: `*net/http.conn`. */
  readonly name: string;
  /** As the runtime prints unnamed types (`func(*http.Request)`), but for pointers and named types with full paths: what reports for programs write. */
  readonly printed: string;
  /** The same where the runtime prints no other type so, else the name: what people read. */
  readonly shown: string;
  readonly kind: number;
  readonly size: number;
  readonly role: TypeRole;
  /** Offsets of the pointer words of one value, ascending; null where they are too many to list. */
  readonly mask: Uint32Array | null;
  /** Stored in an interface's data word directly. */
  readonly direct: boolean;
  /** Import path of a named type. */
  readonly packagePath: string | null;
  /** Address of the runtime's descriptor in the dump's address space; 0 where there is none. */
  readonly address: number;
  readonly length: number;
  /** Element of pointer, slice, array, chan, map; for the roles of maps, the map type. */
  readonly element: GoType | null;
  readonly key: GoType | null;
  /** Bucket or group of a map type. */
  readonly bucket: GoType | null;
  readonly fields: readonly GoField[];
  /** Closures: the function's name, or its address where that has none here. */
  readonly function: string | null;
}

/** Everything but the id; getters make lazy members (types refer to each other in cycles). */
export type GoTypeParts = Omit<GoType, 'id'>;

const NO_FIELDS: readonly GoField[] = [];

/** The defaults of a type made here. */
export function madeType(parts: Partial<GoTypeParts> & Pick<GoTypeParts, 'name' | 'size'>): GoTypeParts {
  return {
    printed: parts.name,
    shown: parts.name,
    kind: KIND.struct,
    role: 'plain',
    mask: new Uint32Array(0),
    direct: false,
    packagePath: null,
    address: 0,
    length: 0,
    element: null,
    key: null,
    bucket: null,
    fields: NO_FIELDS,
    function: null,
    ...parts,
  };
}

/** True where a value holds no pointers. */
export function pointerFree(type: GoType): boolean {
  return type.mask !== null && type.mask.length === 0;
}

/** What stands for the name of a function of which only the code's address is known. */
export const NAMELESS = 'code at 0x';

/** Is a type a closure of a function that has no name here? */
export function isNameless(type: GoType): boolean {
  return type.function?.startsWith(NAMELESS) ?? false;
}
