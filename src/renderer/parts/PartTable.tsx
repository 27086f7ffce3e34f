import { useState } from 'react';
import type { ObjectColumn, ObjectRow, ObjectsQuery } from '../../../workers/api';
import type { Listed } from '../state/place';
import { OBJECT_COLUMNS } from '../ui/object-columns';
import { usePages } from '../ui/table/row-source';
import { Table } from '../ui/table/Table';
import { itself, useObjectRows } from '../ui/use-object-rows';

interface PartTableProps {
  /** Its name, and what its rows are, in the counted. */
  label: string;
  what: string;
  /** Which objects. */
  only: Pick<ObjectsQuery, 'cycle' | 'of'>;
  columns: readonly ObjectColumn[];
  empty: string;
}

/** A part of the objects inside another view. How they are sorted is forgotten with the view: the list of objects keeps it. */
export function PartTable({ label, what, only, columns, empty }: PartTableProps) {
  const rows = useObjectRows<ObjectRow>(itself);
  const [listed, setListed] = useState<Listed<ObjectColumn>>({
    sort: { column: 'retained', descending: true },
    filters: {},
  });
  const source = usePages('objects', (range) => [{ ...range, ...listed, ...only }]);
  return (
    <Table<ObjectRow, ObjectColumn>
      label={label}
      what={what}
      columns={OBJECT_COLUMNS.filter(({ key }) => columns.includes(key))}
      source={source}
      empty={empty}
      sort={listed.sort}
      onSort={(sort) => {
        setListed({ ...listed, sort });
      }}
      filters={listed.filters}
      onFilters={(filters) => {
        setListed({ ...listed, filters });
      }}
      {...rows}
    />
  );
}
