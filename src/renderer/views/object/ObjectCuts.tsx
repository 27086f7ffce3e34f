import type { Address } from '../../../../workers/api';
import { adjust } from '../../state/navigation';
import { selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { CutsTable } from '../../parts/cuts/CutsTable';

/** What would let go of the object. */
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
