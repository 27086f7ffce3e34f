/** Types that exist only between the runtime's lines: parts of maps and channels, closures, raw bytes. Made once each, from the types around them. */
import { KIND } from '../../go/type-kinds';
import { madeType, NAMELESS, pointerFree, type GoField, type GoType } from './go-type';
import type { BucketMaps, SwissMaps } from '../../go/maps';
import type { RuntimeLayout } from '../../go/runtime-layout';
import type { NamedOffset } from '../../go/structure';
import type { TypeSpace } from './type-space';

export class KnownTypes {
  constructor(
    private readonly types: TypeSpace,
    readonly layout: RuntimeLayout,
  ) {}

  typeById(id: number): GoType | null {
    return this.types.byId(id);
  }

  /** What strings and byte slices point at. */
  get bytes(): GoType {
    return this.types.make('bytes', () => madeType({ name: 'string', size: 1, kind: KIND.uint8, role: 'bytes' }));
  }

  mapHeader(map: GoType): GoType {
    const { bytes, mask } = this.layout.maps.header;
    return this.types.make(`map ${map.id}`, () =>
      madeType({ name: mapName(map), size: bytes, role: 'map header', mask, element: map }),
    );
  }

  /** The fields of what such a type is made for; none for others. */
  fieldsOf({ role }: GoType): readonly NamedOffset[] {
    const { maps, channel } = this.layout;
    if (role === 'map table') return maps.swiss ? maps.table.fields : [];
    return role === 'map header' ? maps.header.fields : role === 'channel' ? channel.fields : [];
  }

  /** A header that its structure shows, of a map whose type nothing tells. */
  get unknownMap(): GoType {
    const { name, bytes, mask } = this.layout.maps.header;
    return this.types.make('map of unknown type', () => madeType({ name, size: bytes, role: 'map header', mask }));
  }

  /** Its tables, and what holds its entries: known by what they are, not of what. */
  unknownTable({ table: { name, bytes, mask } }: SwissMaps): GoType {
    return this.types.make('table of unknown type', () =>
      madeType({ name, size: bytes, role: 'map table', packagePath: packageOf(name), mask }),
    );
  }

  /** Groups or buckets of a map whose type nothing tells: of any size and with any pointers. */
  get unknownEntries(): GoType {
    return this.types.make('entries of unknown type', () =>
      madeType({ name: this.layout.maps.swiss ? 'map groups' : 'map buckets', size: 0, role: 'identity', mask: null }),
    );
  }

  /** A header that its structure shows, of a channel whose elements nothing tells, and the buffer behind it. */
  get unknownChannel(): GoType {
    const { name, bytes, mask } = this.layout.channel;
    return this.types.make('channel of unknown type', () => madeType({ name, size: bytes, role: 'channel', mask }));
  }

  get unknownBuffer(): GoType {
    return this.types.make('buffer of unknown type', () =>
      madeType({ name: 'channel buffer', size: 0, role: 'identity', mask: null }),
    );
  }

  /** A table of a map that has a directory. */
  mapTable(map: GoType, { table: { name, bytes, mask } }: SwissMaps): GoType {
    return this.types.make(`table ${map.id}`, () =>
      madeType({ name, size: bytes, role: 'map table', packagePath: packageOf(name), mask, element: map }),
    );
  }

  /** A pointer to a type, for directories that are arrays of them. */
  pointerTo(type: GoType): GoType {
    const P = this.layout.pointerBytes;
    return this.types.make(`pointer ${type.id}`, () =>
      madeType({
        name: `*${type.name}`,
        size: P,
        kind: KIND.pointer,
        mask: Uint32Array.of(0),
        direct: true,
        element: type,
      }),
    );
  }

  /** Overflow bookkeeping of a map with buckets. */
  mapExtra(map: GoType, { extra: { name, bytes, mask, at } }: BucketMaps): GoType | null {
    const P = this.layout.pointerBytes;
    const { bucket } = map;
    if (!bucket) return null;
    return this.types.make(`extra ${map.id}`, () => {
      const toBucket = this.pointerTo(bucket);
      const slice = madeType({
        name: `[]${toBucket.name}`,
        size: 3 * P,
        kind: KIND.slice,
        mask: Uint32Array.of(0),
        element: toBucket,
      });
      const list = this.pointerTo(this.types.make(`slice ${toBucket.id}`, () => slice));
      const fields: GoField[] = [
        { name: 'overflow', offset: at.overflow, type: list },
        { name: 'oldoverflow', offset: at.oldOverflow, type: list },
        { name: 'nextOverflow', offset: at.nextOverflow, type: toBucket },
      ];
      return madeType({ name, size: bytes, packagePath: packageOf(name), mask, fields });
    });
  }

  /** A channel's header; of pointer-free elements the buffer lies in the same slot, and the slot holds no listed pointers. */
  channel(element: GoType): GoType {
    return this.types.make(`chan ${element.id}`, () =>
      madeType({
        name: `chan ${element.name}`,
        size: this.layout.channel.bytes,
        role: 'channel',
        mask: this.channelMask(element),
        element,
      }),
    );
  }

  /** A closure of a function with what it captures; `size` counts the code word. */
  closure(name: string, size: number, mask: Uint32Array, fields: readonly GoField[]): GoType {
    return this.types.make(`closure ${name} ${size}`, () =>
      madeType({ name: `closure ${name}`, size, role: 'closure', mask, fields, function: name }),
    );
  }

  /** A closure of a function that has no name here: its code is its identity. */
  closureOfCode(code: number, size: number, mask: Uint32Array): GoType {
    const at = NAMELESS + code.toString(16);
    return this.types.make(`closure ${at} ${size}`, () =>
      madeType({ name: `closure with ${at}`, size, role: 'closure', mask, function: at }),
    );
  }

  private channelMask(element: GoType): Uint32Array | null {
    // With pointers in the elements the header is allocated as runtime.hchan, whose own mask is the right one.
    if (pointerFree(element)) return new Uint32Array(0);
    for (const type of this.types.runtimeTypes()) if (type.name === this.layout.channel.name) return type.mask;
    return this.layout.channel.mask;
  }
}

/** `internal/runtime/maps` of `internal/runtime/maps.table`: the runtime's parts of a map belong to it, whoever's the map is. */
function packageOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

/** A header is called by its key and element, whatever the map type's own name. */
function mapName(map: GoType): string {
  return map.key && map.element ? `map[${map.key.name}]${map.element.name}` : map.name;
}
