import type { Address } from '../../../../workers/api';
import { adjust } from '../../state/navigation';
import { selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { CutsTable } from '../../parts/cuts/CutsTable';
import { FreePart } from '../../parts/free/FreePart';

/** What would let go of the object, one reference at a time. */
export function ObjectCuts({ place, address }: { place: PlaceOf<'object'>; address: Address }) {
  const { selected } = place;
  return (
    <CutsTable
      of={{ address }}
      selected={selected?.kind === 'object' ? selected.address : null}
      onSelect={(other) => {
        adjust(selectObject(place, other));
      }}
    />
  );
}

/** What would let go of the object, by kind. */
export function ObjectFree({ place, address }: { place: PlaceOf<'object'>; address: Address }) {
  const { selected } = place;
  return (
    <FreePart
      of={{ addresses: [address] }}
      cut={place.cut}
      onCut={(cut) => {
        adjust({ ...place, cut });
      }}
      selected={selected?.kind === 'object' ? selected.address : null}
      onSelect={(other) => {
        adjust(selectObject(place, other));
      }}
    />
  );
}
