import type { BorderReference, ObjectRow } from '../../../../workers/api';
import { adjust, go } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { ObjectMenu } from '../../ui/ObjectMenu';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { PartTable } from '../../parts/PartTable';
import { ENTERING_COLUMNS, LEAVING_COLUMNS } from './border-columns';
import { CutsTable } from '../../parts/cuts/CutsTable';
import { FreePart } from '../../parts/free/FreePart';

type CyclePlace = PlaceOf<'cycle'>;

const MEMBER_COLUMNS = ['address', 'type', 'size', 'retained', 'distance', 'references', 'referrers'] as const;

/** The objects on the cycle. */
export function MembersTable({ place }: { place: CyclePlace }) {
  return (
    <PartTable
      label="Members"
      what="members"
      only={{ cycle: place.id }}
      columns={MEMBER_COLUMNS}
      empty="This cycle has no members."
    />
  );
}

/** What would let go of the cycle, by kind. */
export function CycleFree({ place }: { place: CyclePlace }) {
  const { selected } = place;
  return (
    <FreePart
      of={{ cycle: place.id }}
      cut={place.cut}
      onCut={(cut) => {
        adjust({ ...place, cut });
      }}
      selected={selected?.kind === 'object' ? selected.address : null}
      onSelect={(address) => {
        adjust(selectObject(place, address));
      }}
    />
  );
}

/** What would let go of the cycle, one reference at a time. */
export function CycleCuts({ place }: { place: CyclePlace }) {
  const { selected } = place;
  return (
    <CutsTable
      of={{ cycle: place.id }}
      selected={selected?.kind === 'object' ? selected.address : null}
      onSelect={(address) => {
        adjust(selectObject(place, address));
      }}
    />
  );
}

/** Who refers to members from outside. */
export function EnteringTable({ place }: { place: CyclePlace }) {
  const source = usePages('entering', (range) => [place.id, range]);
  return (
    <Table
      label="Entering references"
      what="references"
      columns={ENTERING_COLUMNS}
      source={source}
      empty="Nothing that the dump records refers to a member from outside."
      isSelected={(row) => isSelected(place, row.from === 'root' ? row.to : row.from)}
      onSelect={(row) => {
        adjust(selectObject(place, row.from === 'root' ? row.to : row.from));
      }}
      onOpen={(row) => {
        go(places.object(row.from === 'root' ? row.to : row.from));
      }}
      menu={(row) => <BorderMenu row={row} outer={row.from === 'root' ? null : row.from} />}
    />
  );
}

/** What members refer to outside. */
export function LeavingTable({ place }: { place: CyclePlace }) {
  const source = usePages('leaving', (range) => [place.id, range]);
  return (
    <Table
      label="Leaving references"
      what="references"
      columns={LEAVING_COLUMNS}
      source={source}
      empty="The members refer to nothing but each other."
      isSelected={(row) => isSelected(place, row.to)}
      onSelect={(row) => {
        adjust(selectObject(place, row.to));
      }}
      onOpen={(row) => {
        go(places.object(row.to));
      }}
      menu={(row) => <BorderMenu row={row} outer={row.to} />}
    />
  );
}

/** The menu of what stands outside; of the member where that is a root. */
function BorderMenu({ row, outer }: { row: BorderReference; outer: ObjectRow['address'] | null }) {
  const label = outer === row.from ? row.fromLabel : row.toLabel;
  return <ObjectMenu object={{ ...(label ?? row.toLabel), address: outer ?? row.to }} />;
}

function isSelected({ selected }: CyclePlace, address: ObjectRow['address']): boolean {
  return selected?.kind === 'object' && selected.address === address;
}
