/** The types behind a sync.Pool, for dumps whose executable is not at hand. */
import { POOL_LOCAL, poolLayout } from '../../go/pools';
import { KIND } from '../../go/type-kinds';
import { madeType, type GoField, type GoType } from '../types/go-type';
import type { TypeSpace } from '../types/type-space';

/** Only the private value is followed: rings are told as what they are where they are found. */
export function poolLocalType(types: TypeSpace): GoType {
  const P = types.pointerBytes;
  const { local } = poolLayout(P);
  return types.make(POOL_LOCAL, () => {
    const pointer = pointerType(types);
    const empty = types.make('interface {}', () =>
      madeType({ name: 'interface {}', size: 2 * P, kind: KIND.interface, mask: Uint32Array.of(P) }),
    );
    return madeType({
      name: POOL_LOCAL,
      packagePath: 'sync',
      size: local.bytes,
      mask: Uint32Array.of(local.privateData, local.head, local.tail),
      fields: [
        { name: 'private', offset: local.privateType, type: empty },
        { name: 'shared.head', offset: local.head, type: pointer },
        { name: 'shared.tail', offset: local.tail, type: pointer },
      ],
    });
  });
}

/** `nextAt`: one of those that the layout allows. */
export function poolRingType(types: TypeSpace, nextAt: number): GoType {
  const P = types.pointerBytes;
  const { ring } = poolLayout(P);
  return types.make(`sync.poolChainElt ${nextAt}`, () => {
    const pointer = pointerType(types);
    const fields: GoField[] = [
      { name: 'headTail', offset: 0, type: wordType(types, 8) },
      { name: 'vals', offset: ring.values, type: slotsType(types) },
      { name: 'next', offset: nextAt, type: pointer },
      { name: 'prev', offset: nextAt + P, type: pointer },
    ];
    const mask = Uint32Array.of(ring.values, nextAt, nextAt + P);
    return madeType({ name: 'sync.poolChainElt', packagePath: 'sync', size: nextAt + 2 * P, mask, fields });
  });
}

/** A slot of a ring: two words that are both pointers to the collector. */
export function poolSlotType(types: TypeSpace): GoType {
  return types.make('sync.eface', () => {
    const pointer = pointerType(types);
    const { bytes, type, data } = poolLayout(types.pointerBytes).slot;
    const fields = [
      { name: 'typ', offset: type, type: pointer },
      { name: 'val', offset: data, type: pointer },
    ];
    return madeType({ name: 'sync.eface', packagePath: 'sync', size: bytes, mask: Uint32Array.of(type, data), fields });
  });
}

function pointerType(types: TypeSpace): GoType {
  const P = types.pointerBytes;
  return types.make('unsafe.Pointer', () =>
    madeType({ name: 'unsafe.Pointer', size: P, kind: KIND.unsafePointer, mask: Uint32Array.of(0), direct: true }),
  );
}

function wordType(types: TypeSpace, size: number): GoType {
  return types.make(`uint${8 * size}`, () => madeType({ name: `uint${8 * size}`, size, kind: KIND.uint64 }));
}

function slotsType(types: TypeSpace): GoType {
  const P = types.pointerBytes;
  return types.make('[]sync.eface', () =>
    madeType({ name: '[]sync.eface', size: 3 * P, kind: KIND.slice, mask: Uint32Array.of(0) }),
  );
}
