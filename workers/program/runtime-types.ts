/**
 * The runtime's type descriptors (internal/abi.Type): what every Go executable carries, stripped or not. One descriptor is read on demand and
 * kept; `scan` finds all of them by walking the types region with structural checks. What versions changed is in go/type-descriptors.ts.
 */
import { descriptorLayout, type DescriptorLayout } from '../go/type-descriptors';
import type { GoVersion } from '../go/version';
import { decodeUtf8, type ProgramImage } from './image';
import type { ModuleData } from './module-data';
import { FIXED_SIZE_32, FIXED_SIZE_64, KIND } from '../go/type-kinds';

export interface TypeField {
  name: string;
  offset: number;
  /** Address of the field's type descriptor. */
  type: number;
  embedded: boolean;
}

/** A descriptor as read. Addresses are link-time addresses of other descriptors. */
export interface RuntimeType {
  address: number;
  /** Bytes of a value. */
  size: number;
  /** Bytes of a value up to the end of its last pointer; 0 where it holds none. */
  pointerBytes: number;
  hash: number;
  kind: number;
  /** As the runtime prints it: `main.Node`, `*http.conn`, `map[string]int`. */
  text: string;
  /** Full import path of a named type's package; null for unnamed types. */
  packagePath: string | null;
  named: boolean;
  /** Stored in an interface's data word directly. */
  direct: boolean;
  /** Element of pointer, slice, array, chan and map; else 0. */
  element: number;
  /** Key of a map, else 0. */
  key: number;
  /** Bucket (up to 1.23) or group of a map, else 0. */
  bucket: number;
  /** Elements of an array, methods of an interface. */
  length: number;
  fields: TypeField[];
  parameters: number[];
  results: number[];
  variadic: boolean;
  /** Bytes of the descriptor with everything that follows it. */
  descriptorBytes: number;
  gcData: number;
  /** The mask at gcData is a program or made on demand: derive it from the fields. */
  derivedMask: boolean;
}

const TFLAG_UNCOMMON = 1;
const TFLAG_EXTRA_STAR = 2;
const TFLAG_NAMED = 4;
const TFLAG_MASK_ON_DEMAND = 16;
const TFLAG_DIRECT = 32;
const KIND_DIRECT = 32;
const KIND_GC_PROGRAM = 64;
const UNCOMMON_BYTES = 16;
const METHOD_BYTES = 16;
/** Nothing real is larger; a descriptor that claims more is none. */
const LARGEST_VALUE = 2 ** 40;
/** Nobody writes a function of more. */
const MOST_PARAMETERS = 512;

export class RuntimeTypes {
  private readonly cache = new Map<number, RuntimeType>();
  private readonly P: number;
  private readonly layout: DescriptorLayout;

  constructor(
    private readonly image: ProgramImage,
    readonly module: ModuleData,
    version: GoVersion,
  ) {
    this.P = image.pointerBytes;
    this.layout = descriptorLayout(version, image.pointerBytes);
  }

  /** The descriptor at a link-time address, or null where none stands. */
  at(address: number): RuntimeType | null {
    if (address < this.module.types || address >= this.module.etypes) return null;
    const known = this.cache.get(address);
    if (known !== undefined) return known;
    let type: RuntimeType | null = null;
    try {
      type = this.read(address);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    if (type) this.cache.set(address, type);
    return type;
  }

  /** Every descriptor of the types region, by address. Reads each word of the region at most once; some thousands of types. */
  *scan(): Generator<RuntimeType> {
    const step = this.P;
    for (let at = Math.ceil(this.module.types / step) * step; at < this.module.etypes;) {
      const type = this.at(at);
      if (type) yield type;
      at += type ? Math.ceil(type.descriptorBytes / step) * step : step;
    }
  }

  private read(address: number): RuntimeType | null {
    const { image, P } = this;
    if (address % P !== 0 || address < this.module.types || address + 4 * P + 16 > this.module.etypes) return null;
    const flags = image.u8(address + 2 * P + 4);
    const kindByte = image.u8(address + 2 * P + 7);
    const kind = kindByte & 31;
    const size = image.word(address);
    const pointerBytes = image.word(address + P);
    if (kind < 1 || kind > 26 || size > LARGEST_VALUE || pointerBytes > size || pointerBytes % P !== 0) return null;
    const fixed = (P === 8 ? FIXED_SIZE_64 : FIXED_SIZE_32)[kind];
    if (fixed !== 0 && fixed !== size) return null;
    if (![5, 6].every((i) => [1, 2, 4, 8].includes(image.u8(address + 2 * P + i)))) return null;
    const equal = image.word(address + 2 * P + 8);
    const gcData = image.word(address + 3 * P + 8);
    const derivedMask = this.layout.masksOnDemand
      ? (flags & TFLAG_MASK_ON_DEMAND) !== 0
      : (kindByte & KIND_GC_PROGRAM) !== 0;
    // A mask made on demand has its place in bss, of which the file holds nothing.
    if ((equal !== 0 && !image.has(equal)) || (gcData !== 0 && !derivedMask && !image.has(gcData))) return null;
    const raw = this.name(this.module.types + image.i32(address + 4 * P + 8));
    if (raw === null || raw === '') return null;
    const type: RuntimeType = {
      address,
      size,
      pointerBytes,
      hash: image.u32(address + 2 * P),
      kind,
      text: flags & TFLAG_EXTRA_STAR ? raw.slice(1) : raw,
      packagePath: null,
      named: (flags & TFLAG_NAMED) !== 0,
      direct: (this.layout.directInFlags ? flags & TFLAG_DIRECT : kindByte & KIND_DIRECT) !== 0,
      element: 0,
      key: 0,
      bucket: 0,
      length: 0,
      fields: [],
      parameters: [],
      results: [],
      variadic: false,
      descriptorBytes: 4 * P + 16,
      gcData,
      derivedMask,
    };
    return this.readExtra(type, (flags & TFLAG_UNCOMMON) !== 0) ? type : null;
  }

  /** Fills what follows the header for the kind; false where it makes no sense. */
  private readExtra(type: RuntimeType, uncommon: boolean): boolean {
    const { image, P } = this;
    const at = type.address + 4 * P + 16;
    const header = 4 * P + 16;
    const word = (index: number): number => image.word(at + index * P);
    const inRegion = (address: number): boolean =>
      address % P === 0 && address >= this.module.types && address < this.module.etypes;
    let fixed = header;
    let functionTypes = 0;
    switch (type.kind) {
      case KIND.pointer:
      case KIND.slice:
        type.element = word(0);
        fixed += P;
        break;
      case KIND.array:
        [type.element, type.length] = [word(0), word(2)];
        fixed += 3 * P;
        break;
      case KIND.chan:
        type.element = word(0);
        fixed += 2 * P;
        break;
      case KIND.map:
        [type.key, type.element, type.bucket] = [word(0), word(1), word(2)];
        fixed += this.layout.mapBytes;
        if (!inRegion(type.key) || !inRegion(type.bucket)) return false;
        break;
      case KIND.func: {
        const out = image.u16(at + 2);
        type.variadic = (out & 0x8000) !== 0;
        functionTypes = image.u16(at) + (out & 0x7fff);
        if (functionTypes > MOST_PARAMETERS) return false;
        fixed += P;
        const list = type.address + fixed + (uncommon ? UNCOMMON_BYTES : 0);
        const types = Array.from({ length: functionTypes }, (_, i) => image.word(list + i * P));
        type.parameters = types.slice(0, image.u16(at));
        type.results = types.slice(image.u16(at));
        if (!types.every(inRegion)) return false;
        break;
      }
      case KIND.interface:
        type.length = word(2);
        fixed += 4 * P;
        break;
      case KIND.struct: {
        const count = word(2);
        fixed += 4 * P;
        if (count > 1 << 16 || (count > 0 && !image.has(word(1), count * 3 * P))) return false;
        if (!this.readFields(type, word(1), count)) return false;
        break;
      }
      default:
    }
    if (type.element !== 0 && !inRegion(type.element)) return false;
    if (
      [KIND.pointer, KIND.slice, KIND.array, KIND.chan, KIND.map].some((kind) => kind === type.kind) &&
      type.element === 0
    )
      return false;
    let methods = 0;
    if (uncommon) {
      const record = type.address + fixed;
      methods = image.u16(record + 4);
      const path = image.i32(record);
      type.packagePath = path === 0 ? null : this.name(this.module.types + path);
      fixed += UNCOMMON_BYTES;
    }
    type.descriptorBytes = fixed + functionTypes * P + methods * METHOD_BYTES;
    return true;
  }

  private readFields(type: RuntimeType, at: number, count: number): boolean {
    const { image, P } = this;
    const shifted = this.layout.shiftedOffsets;
    for (let i = 0; i < count; i++) {
      const field = at + i * 3 * P;
      const name = this.name(image.word(field));
      const raw = image.word(field + 2 * P);
      const offset = shifted ? Math.floor(raw / 2) : raw;
      if (name === null || offset > type.size) return false;
      const embedded = shifted ? raw % 2 === 1 : (image.u8(image.word(field)) & 8) !== 0;
      type.fields.push({ name, offset, type: image.word(field + P), embedded });
    }
    return true;
  }

  /** A name record: flags, varint length (two bytes, high first, up to 1.16), bytes. Null where it is none. */
  private name(address: number): string | null {
    const { image } = this;
    if (address === 0 || !image.has(address, 2)) return null;
    let length = 0;
    let at = address + 1;
    if (this.layout.wideNameLength) {
      length = image.u8(at) * 256 + image.u8(at + 1);
      at += 2;
    } else {
      for (let shift = 0; shift < 21; shift += 7) {
        const byte = image.u8(at++);
        length += (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
    }
    return length < 1 << 16 && image.has(at, Math.max(length, 1)) ? decodeUtf8(image.bytes(at, length)) : null;
  }
}
