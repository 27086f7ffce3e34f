/** The types behind a sync.Pool (sync/pool.go, poolqueue.go; the same from 1.13 to 1.27), for dumps whose executable is not at hand. */
import { KIND } from '../../program/type-kinds';
import { madeType, type GoField, type GoType } from '../types/go-type';
import type { TypeSpace } from '../types/type-space';

/** One for each processor, padded so that two never share a cache line. */
export const POOL_LOCAL_BYTES = 128;

/** {private any, shared {head, tail}}. Only the private value is followed: rings are told as what they are where they are found. */
export function poolLocalType(types: TypeSpace): GoType {
  const P = types.pointerBytes;
  return types.make('sync.poolLocal', () => {
    const pointer = pointerType(types);
    const empty = types.make('interface {}', () =>
      madeType({ name: 'interface {}', size: 2 * P, kind: KIND.interface, mask: Uint32Array.of(P) }),
    );
    return madeType({
      name: 'sync.poolLocal',
      packagePath: 'sync',
      size: POOL_LOCAL_BYTES,
      mask: Uint32Array.of(P, 2 * P, 3 * P),
      fields: [
        { name: 'private', offset: 0, type: empty },
        { name: 'shared.head', offset: 2 * P, type: pointer },
        { name: 'shared.tail', offset: 3 * P, type: pointer },
      ],
    });
  });
}

/** {headTail u64, vals []eface, next, prev}. `nextAt`: on 32 bits, padding stands before it where headTail is an atomic.Uint64. */
export function poolRingType(types: TypeSpace, nextAt: number): GoType {
  const P = types.pointerBytes;
  return types.make(`sync.poolChainElt ${nextAt}`, () => {
    const pointer = pointerType(types);
    const fields: GoField[] = [
      { name: 'headTail', offset: 0, type: wordType(types, 8) },
      { name: 'vals', offset: 8, type: slotsType(types) },
      { name: 'next', offset: nextAt, type: pointer },
      { name: 'prev', offset: nextAt + P, type: pointer },
    ];
    const mask = Uint32Array.of(8, nextAt, nextAt + P);
    return madeType({ name: 'sync.poolChainElt', packagePath: 'sync', size: nextAt + 2 * P, mask, fields });
  });
}

/** A slot of a ring: two words that are both pointers to the collector. */
export function poolSlotType(types: TypeSpace): GoType {
  const P = types.pointerBytes;
  return types.make('sync.eface', () => {
    const pointer = pointerType(types);
    const fields = [
      { name: 'typ', offset: 0, type: pointer },
      { name: 'val', offset: P, type: pointer },
    ];
    return madeType({ name: 'sync.eface', packagePath: 'sync', size: 2 * P, mask: Uint32Array.of(0, P), fields });
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
