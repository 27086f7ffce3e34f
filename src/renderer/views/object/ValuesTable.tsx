import type { Address, ObjectDetail, ValueRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { adjust, go, usePlace } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import { Sentence } from '../../ui/controls';
import { copyText } from '../../ui/copy';
import { AddressLink } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { NeedsExecutable } from '../../ui/NeedsExecutable';
import { MenuItem, ObjectMenu } from '../../ui/ObjectMenu';
import type { Column } from '../../ui/table/columns';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';

const COLUMNS: readonly Column<ValueRow, 'field' | 'type' | 'text'>[] = [
  {
    key: 'field',
    title: 'Field',
    width: 'minmax(110px, 0.9fr)',
    sortable: false,
    cell: (row) =>
      row.field === '' ? (
        <span className="faint">the value itself</span>
      ) : (
        <span className="table-clip mono" title={row.field}>
          {row.field}
        </span>
      ),
  },
  {
    key: 'type',
    title: 'Type',
    width: 'minmax(100px, 0.8fr)',
    sortable: false,
    cell: (row) => (
      <span className="table-clip mono muted" title={row.type}>
        {shortGoName(row.type)}
      </span>
    ),
  },
  { key: 'text', title: 'Value', width: 'minmax(150px, 1.6fr)', sortable: false, cell: (row) => <Value row={row} /> },
];

/** The value in words; where it leads to an object, that object. A pointer to an object's beginning is the link itself. */
function Value({ row: { text, target } }: { row: ValueRow }) {
  const words = text !== target && (
    <span className={text === 'nil' ? 'table-clip mono faint' : 'table-clip mono'} title={text}>
      {text}
    </span>
  );
  if (target === null) return words;
  return (
    <>
      {words}
      <span className="muted" aria-label="leads to">
        →
      </span>
      <AddressLink address={target} />
    </>
  );
}

/** What is written in an object, field by field as its type reads it. */
export function ValuesTable({ object }: { object: ObjectDetail }) {
  const place = usePlace();
  const { naming } = useSummary();
  const source = usePages('values', (range) => [object.address, range]);
  if (object.type === null && source.total === 0) {
    if (naming.executable?.matches !== true)
      return <NeedsExecutable what="Fields are read by the object's type, and types are in the executable." />;
    return <Sentence>Nothing tells the type of this object, so it has no fields to show: see its words.</Sentence>;
  }
  const explain = (target: Address | null): void => {
    if (target !== null) adjust(selectObject(place, target));
  };
  return (
    <Table
      label="Values"
      what="values"
      columns={COLUMNS}
      source={source}
      empty="Its type has no fields, or the dump does not hold its contents: see its words."
      isSelected={(row) => place.selected?.kind === 'object' && place.selected.address === row.target}
      onSelect={(row) => {
        explain(row.target);
      }}
      onOpen={(row) => {
        if (row.target !== null) go(places.object(row.target));
      }}
      menu={({ text, target }) =>
        target === null ? (
          <MenuItem onChoose={() => void copyText(text, 'The value')}>Copy value</MenuItem>
        ) : (
          <ObjectMenu object={{ address: target }} />
        )
      }
    />
  );
}
