import { useState } from 'react';
import type { BorderReference, ObjectColumn, ObjectRow } from '../../../../workers/api';
import { adjust, go } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import type { Listed, PlaceOf } from '../../state/place';
import { OBJECT_COLUMNS } from '../../ui/object-columns';
import { ObjectMenu } from '../../ui/ObjectMenu';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ENTERING_COLUMNS, LEAVING_COLUMNS } from './border-columns';

type CyclePlace = PlaceOf<'cycle'>;

const MEMBER_COLUMNS = OBJECT_COLUMNS.filter(({ key }) => key !== 'cycle' && key !== 'held');

/** The objects on the cycle. How they are sorted is forgotten with the tab: their list among the objects keeps it. */
export function MembersTable({ place }: { place: CyclePlace }) {
  const [listed, setListed] = useState<Listed<ObjectColumn>>({
    sort: { column: 'retained', descending: true },
    filters: {},
  });
  const source = usePages('objects', (range) => [{ ...range, ...listed, cycle: place.id }]);
  return (
    <Table<ObjectRow, ObjectColumn>
      label="Members"
      what="members"
      columns={MEMBER_COLUMNS}
      source={source}
      empty="This cycle has no members."
      sort={listed.sort}
      onSort={(sort) => {
        setListed({ ...listed, sort });
      }}
      filters={listed.filters}
      onFilters={(filters) => {
        setListed({ ...listed, filters });
      }}
      isSelected={(row) => isSelected(place, row.address)}
      onSelect={(row) => {
        adjust(selectObject(place, row.address));
      }}
      onOpen={(row) => {
        go(places.object(row.address));
      }}
      menu={(row) => <ObjectMenu object={row} />}
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
