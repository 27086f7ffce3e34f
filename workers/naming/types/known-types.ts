/** Types that exist only between the runtime's lines: parts of maps and channels, closures, raw bytes. Made once each, from the types around them. */
import { KIND } from '../../program/type-kinds';
import { madeType, NAMELESS, pointerFree, type GoField, type GoType } from './go-type';
import type { NamedOffset } from '../../go/named-offset';
import type { RuntimeLayout } from '../../go/runtime-layout';
import type { TypeSpace } from './type-space';

export class KnownTypes {
  /** Pointer words of a map's header; kept, because the search for maps asks for each object. */
  readonly mapHeaderMask: Uint32Array;

  constructor(
    private readonly types: TypeSpace,
    readonly layout: RuntimeLayout,
  ) {
    const wide = layout.pointerBytes === 8;
    this.mapHeaderMask = Uint32Array.from(layout.swissMaps ? [wide ? 16 : 12] : wide ? [16, 24, 40] : [12, 16, 24]);
  }

  typeById(id: number): GoType | null {
    return this.types.byId(id);
  }

  /** What strings and byte slices point at. */
  get bytes(): GoType {
    return this.types.make('bytes', () => madeType({ name: 'string', size: 1, kind: KIND.uint8, role: 'bytes' }));
  }

  mapHeader(map: GoType): GoType {
    return this.types.make(`map ${map.id}`, () =>
      madeType({
        name: mapName(map),
        size: this.mapHeaderBytes,
        role: 'map header',
        mask: this.mapHeaderMask,
        element: map,
      }),
    );
  }

  /** Fields of a map's header that references leave from, by layout. */
  get mapHeaderFields(): readonly NamedOffset[] {
    const P = this.layout.pointerBytes;
    if (this.layout.swissMaps)
      return [
        { name: 'used', offset: 0 },
        { name: 'seed', offset: 8 },
        { name: 'dirPtr', offset: 8 + P },
        { name: 'dirLen', offset: 8 + 2 * P },
        { name: 'globalDepth', offset: 8 + 3 * P },
      ];
    return [
      { name: 'count', offset: 0 },
      { name: 'flags', offset: P },
      { name: 'buckets', offset: 8 + P },
      { name: 'oldbuckets', offset: 8 + 2 * P },
      { name: 'nevacuate', offset: 8 + 3 * P },
      { name: 'extra', offset: 8 + 4 * P },
    ];
  }

  get mapTableFields(): readonly NamedOffset[] {
    return [
      { name: 'used', offset: 0 },
      { name: 'index', offset: 8 },
      { name: 'groups', offset: this.layout.pointerBytes === 8 ? 16 : 12 },
    ];
  }

  get channelFields(): readonly NamedOffset[] {
    return this.layout.channel.fields;
  }

  /** A header that its structure shows, of a map whose type nothing tells. */
  get unknownMap(): GoType {
    return this.types.make('map of unknown type', () =>
      madeType({
        name: this.layout.swissMaps ? 'internal/runtime/maps.Map' : 'runtime.hmap',
        size: this.mapHeaderBytes,
        role: 'map header',
        mask: this.mapHeaderMask,
      }),
    );
  }

  /** Its tables, and what holds its entries: known by what they are, not of what. */
  get unknownTable(): GoType {
    const wide = this.layout.pointerBytes === 8;
    return this.types.make('table of unknown type', () =>
      madeType({
        name: 'internal/runtime/maps.table',
        size: wide ? 32 : 20,
        role: 'map table',
        mask: Uint32Array.of(wide ? 16 : 12),
      }),
    );
  }

  /** Groups or buckets of a map whose type nothing tells: of any size and with any pointers. */
  get unknownEntries(): GoType {
    return this.types.make('entries of unknown type', () =>
      madeType({ name: this.layout.swissMaps ? 'map groups' : 'map buckets', size: 0, role: 'identity', mask: null }),
    );
  }

  /** A header that its structure shows, of a channel whose elements nothing tells, and the buffer behind it. */
  get unknownChannel(): GoType {
    const { bytes, mask } = this.layout.channel;
    return this.types.make('channel of unknown type', () =>
      madeType({ name: 'runtime.hchan', size: bytes, role: 'channel', mask }),
    );
  }

  get unknownBuffer(): GoType {
    return this.types.make('buffer of unknown type', () =>
      madeType({ name: 'channel buffer', size: 0, role: 'identity', mask: null }),
    );
  }

  get mapHeaderBytes(): number {
    const wide = this.layout.pointerBytes === 8;
    return wide ? 48 : this.layout.swissMaps ? 32 : 28;
  }

  /** A table of a map since 1.24: {used, capacity, growthLeft, localDepth, index, groups {data, lengthMask}}. */
  mapTable(map: GoType): GoType {
    const P = this.layout.pointerBytes;
    return this.types.make(`table ${map.id}`, () =>
      madeType({
        name: 'internal/runtime/maps.table',
        size: P === 8 ? 32 : 20,
        role: 'map table',
        mask: Uint32Array.of(P === 8 ? 16 : 12),
        element: map,
      }),
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

  /** Overflow bookkeeping of a map up to 1.23: {overflow, oldoverflow *[]*bucket, nextOverflow *bucket}. */
  mapExtra(map: GoType): GoType | null {
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
        { name: 'overflow', offset: 0, type: list },
        { name: 'oldoverflow', offset: P, type: list },
        { name: 'nextOverflow', offset: 2 * P, type: toBucket },
      ];
      return madeType({ name: 'runtime.mapextra', size: 3 * P, mask: Uint32Array.of(0, P, 2 * P), fields });
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
    for (const type of this.types.runtimeTypes()) if (type.name === 'runtime.hchan') return type.mask;
    return this.layout.channel.mask;
  }
}

/** A header is called by its key and element, whatever the map type's own name. */
function mapName(map: GoType): string {
  return map.key && map.element ? `map[${map.key.name}]${map.element.name}` : map.name;
}
