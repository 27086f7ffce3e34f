/**
 * All types of one program by the addresses that they have in the dump. Descriptors become `GoType`s on first use; DWARF types join their
 * descriptor where they have one, and are built from their entries otherwise.
 */
import type { TypeRecord } from '../../dump/records';
import type { Dwarf, DwarfType } from '../../program/dwarf/dwarf';
import { TAG } from '../../program/dwarf/constants';
import type { Work } from '../../lib/work';
import type { Program } from '../../program/program';
import type { RuntimeType } from '../../program/runtime-types';
import { KIND } from '../../go/type-kinds';
import { fullName, printedName, type OwnNames } from '../../program/type-names';
import { withoutShapes } from './bare';
import { identitiesOf, pointedText, pointerText, type Identity } from './identities';
import { madeType, type GoField, type GoType, type GoTypeParts } from './go-type';

/** Types that are made between two yields. */
const TYPES_BETWEEN = 1 << 10;

export class TypeSpace {
  /** id → type; index 0 is unused */
  readonly all: (GoType | null)[] = [null];
  private readonly byAddress = new Map<number, GoType>();
  private readonly byEntry = new Map<number, GoType | null>();
  private readonly made = new Map<string, GoType>();
  private readonly scanned: GoType[] = [];
  private alike: ReadonlySet<string> | null = null;

  constructor(
    private readonly program: Program | null,
    private readonly dwarf: Dwarf | null,
    private readonly slide: number,
    readonly pointerBytes: 4 | 8,
    /** The dump's own records of types: all there is without an executable. */
    recorded: readonly TypeRecord[],
    /** Names of types whose own are shared. */
    private readonly ownNames: OwnNames = new Map(),
  ) {
    if (program) return;
    const identities = new Map(identitiesOf(recorded).map((identity) => [identity.address, identity]));
    for (const record of recorded)
      this.byAddress.set(record.address, this.fromRecord(record, identities.get(record.address) ?? null));
  }

  /** The type whose descriptor lies at an address of the dump, or null. */
  at(address: number): GoType | null {
    const known = this.byAddress.get(address);
    if (known !== undefined) return known;
    // Most words that are asked about are no descriptors: they are not remembered.
    const runtime = this.program?.types?.at(address - this.slide) ?? null;
    if (!runtime) return null;
    const type = this.add(this.fromRuntime(runtime));
    this.byAddress.set(address, type);
    return type;
  }

  /** The type of a DWARF entry, or null for one that cannot be told. */
  entry(offset: number): GoType | null {
    const known = this.byEntry.get(offset);
    if (known !== undefined) return known;
    // An entry that leads to itself, as only a damaged file has it, is no type.
    this.byEntry.set(offset, null);
    const found = this.dwarf?.type(offset) ?? null;
    const type = found && this.fromDwarf(found);
    this.byEntry.set(offset, type);
    return type;
  }

  /** A type made here, once for each key. */
  make(key: string, parts: () => GoTypeParts): GoType {
    const known = this.made.get(key);
    if (known) return known;
    const type = this.add(parts());
    this.made.set(key, type);
    return type;
  }

  /** Every type that has a descriptor, by address; none before `readAll`. */
  runtimeTypes(): readonly GoType[] {
    return this.scanned;
  }

  /** Makes the types of all descriptors. */
  *readAll(): Work<void> {
    for (const { address } of this.program?.types?.scan() ?? []) {
      const type = this.at(address + this.slide);
      if (type && this.scanned.push(type) % TYPES_BETWEEN === 0) yield this.scanned.length;
    }
  }

  byId(id: number): GoType | null {
    return this.all[id] ?? null;
  }

  private add(parts: GoTypeParts): GoType {
    const type = Object.defineProperties({ id: this.all.length }, Object.getOwnPropertyDescriptors(parts)) as GoType; // parts and id are all of GoType
    this.all.push(type);
    return type;
  }

  /**
   * A type that only the dump's record tells. Value types have their name and size. The writer cuts the name of a pointer type with methods to
   * its package and a dot: what it points at is known by the address of the type.
   */
  private fromRecord(record: TypeRecord, identity: Identity | null): GoType {
    if (!identity)
      return this.add(madeType({ name: record.name, size: record.size, mask: null, address: record.address }));
    const element = this.add(
      madeType({
        name: pointedText(identity),
        size: 0,
        role: 'identity',
        packagePath: identity.packagePath,
        mask: null,
      }),
    );
    return this.add(
      madeType({
        name: pointerText(identity),
        size: record.size,
        kind: KIND.pointer,
        direct: true,
        address: record.address,
        mask: Uint32Array.of(0),
        element,
      }),
    );
  }

  /** As the runtime prints a type, unless it prints another type so too. */
  private shown(runtime: RuntimeType, name: string): string {
    const types = this.program?.types;
    if (name.includes('go.shape.')) return withoutShapes(name);
    if (!types || runtime.named) return name;
    const printed = printedName(types, runtime, this.ownNames);
    return this.printedAlike.has(printed) ? name : printed;
  }

  /** What the runtime prints of several types. */
  private get printedAlike(): ReadonlySet<string> {
    if (this.alike) return this.alike;
    const types = this.program?.types;
    const known = new Map<string, string>();
    const alike = new Set<string>();
    for (const runtime of types?.scan() ?? []) {
      if (!types || runtime.named) continue;
      const printed = printedName(types, runtime, this.ownNames);
      const name = fullName(types, runtime, this.ownNames);
      if ((known.get(printed) ?? name) !== name) alike.add(printed);
      known.set(printed, name);
    }
    return (this.alike = alike);
  }

  private fromRuntime(runtime: RuntimeType): GoTypeParts {
    const { program, slide } = this;
    const at = (address: number): GoType | null => (address === 0 ? null : this.at(address + slide));
    const masks = program?.masks ?? null;
    const types = program?.types;
    let fields: GoField[] | null = null;
    let mask: Uint32Array | null | undefined;
    const name = types ? fullName(types, runtime, this.ownNames) : runtime.text;
    const printed = types ? printedName(types, runtime) : runtime.text;
    const shown = (): string => this.shown(runtime, name);
    return {
      name,
      printed,
      get shown() {
        return shown();
      },
      kind: runtime.kind,
      size: runtime.size,
      role: 'plain',
      direct: runtime.direct,
      packagePath: runtime.packagePath,
      address: runtime.address + slide,
      length: runtime.length,
      function: null,
      get mask() {
        return (mask ??= masks?.of(runtime) ?? null);
      },
      get element() {
        return at(runtime.element);
      },
      get key() {
        return at(runtime.key);
      },
      get bucket() {
        return at(runtime.bucket);
      },
      get fields() {
        return (fields ??= runtime.fields.flatMap(({ name, offset, type }) => {
          const found = at(type);
          return found ? [{ name, offset, type: found }] : [];
        }));
      },
    };
  }

  private fromDwarf(found: DwarfType): GoType | null {
    const module = this.program?.module;
    if (found.runtimeType !== 0 && module) {
      // Some linkers write an absolute address for a few types (`uintptr` up to 1.22).
      const type = this.at(module.types + found.runtimeType + this.slide) ?? this.at(found.runtimeType + this.slide);
      if (type) return type;
    }
    // A typedef is a name for its struct, except that maps and channels are typedefs of pointers to their headers.
    if (
      found.tag === TAG.typedef &&
      found.kind !== KIND.map &&
      found.kind !== KIND.chan &&
      found.kind !== KIND.interface
    ) {
      const target = this.entry(found.element);
      return target && this.add(renamed(target, found.name));
    }
    return this.add(this.fromEntry(found));
  }

  private fromEntry(found: DwarfType): GoTypeParts {
    const P = this.pointerBytes;
    const kind =
      found.kind ||
      (found.tag === TAG.pointerType
        ? KIND.pointer
        : found.tag === TAG.arrayType
          ? KIND.array
          : found.tag === TAG.structureType
            ? KIND.struct
            : 0);
    const entry = (offset: number): GoType | null => (offset === 0 ? null : this.entry(offset));
    const single =
      kind === KIND.pointer ||
      kind === KIND.map ||
      kind === KIND.chan ||
      kind === KIND.func ||
      kind === KIND.unsafePointer;
    const size =
      found.size ??
      (single
        ? P
        : kind === KIND.interface
          ? 2 * P
          : kind === KIND.array
            ? found.count * (entry(found.element)?.size ?? 0)
            : 0);
    let fields: GoField[] | null = null;
    let mask: Uint32Array | null = null;
    const parts: GoTypeParts = {
      ...madeType({ name: found.name, size, kind, direct: single, length: found.count }),
      get element() {
        return entry(found.element);
      },
      get key() {
        return entry(found.key);
      },
      get fields() {
        return (fields ??= found.members.flatMap(({ name, offset, type }) => {
          const member = entry(type);
          return member ? [{ name, offset, type: member }] : [];
        }));
      },
      get mask() {
        if (mask) return mask;
        mask = new Uint32Array(0);
        return (mask = Uint32Array.from(maskOf(parts, P)));
      },
    };
    return parts;
  }
}

/** Pointer words by kind and fields, for types without a descriptor: variables, never allocated on their own. */
function maskOf(type: Omit<GoType, 'id'>, P: number): number[] {
  switch (type.kind) {
    case KIND.pointer:
    case KIND.map:
    case KIND.chan:
    case KIND.func:
    case KIND.unsafePointer:
    case KIND.slice:
    case KIND.string:
      return [0];
    case KIND.interface:
      return [P];
    case KIND.array: {
      const one = type.element ? [...(type.element.mask ?? [])] : [];
      const elementSize = type.element?.size ?? 0;
      return Array.from({ length: Math.min(type.length, 1 << 16) }, (_, i) =>
        one.map((offset) => offset + i * elementSize),
      ).flat();
    }
    case KIND.struct:
      return type.fields.flatMap((field) => [...(field.type.mask ?? [])].map((offset) => offset + field.offset));
    default:
      return [];
  }
}

function renamed(target: GoType, name: string): GoTypeParts {
  return madeType({
    name,
    size: target.size,
    kind: target.kind,
    mask: target.mask,
    direct: target.direct,
    length: target.length,
    element: target.element,
    key: target.key,
    bucket: target.bucket,
    fields: target.fields,
  });
}
