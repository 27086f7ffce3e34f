import { X } from 'lucide-react';
import type { GoroutineKindRow, GroupVariable } from '../../../../workers/api';
import { adjust } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { IconButton } from '../../ui/controls';
import { Count, GoName } from '../../ui/figures';
import { counted, formatCount } from '../../ui/format';
import { HOLDING_COLUMNS } from '../../ui/holding-columns';
import { PlaceLink } from '../../ui/PlaceLink';
import { SourceName } from '../../ui/SourceName';
import { arraySource } from '../../ui/table/row-source';
import type { Column } from '../../ui/table/columns';
import { Table } from '../../ui/table/Table';

const COLUMNS: readonly Column<GroupVariable, 'name' | 'type' | 'roots' | 'alone' | 'reaches'>[] = [
  {
    key: 'name',
    title: 'Variable',
    width: 'minmax(170px, 1.2fr)',
    cell: (row) => (
      <PlaceLink to={places.rootKinds({ name: `"${row.name}"` })} className="name-link">
        <GoName name={row.name} />
      </PlaceLink>
    ),
  },
  { key: 'type', title: 'Leads to', width: 'minmax(140px, 1fr)', cell: (row) => <GoName name={row.type} /> },
  { key: 'roots', title: 'Pointers', width: '76px', numeric: true, cell: (row) => <Count value={row.roots} /> },
  ...HOLDING_COLUMNS,
];

/** The variables by which the goroutines of one stack hold something. */
export function OpenedStack({ place, row }: { place: PlaceOf<'stacks'>; row: GoroutineKindRow }) {
  const { variables, variablesTotal } = row;
  const more = variablesTotal - variables.length;
  return (
    <section className="lens-part" aria-label="Variables of these goroutines">
      <header className="lens-head">
        <PlaceLink to={row.count === 1 ? places.goroutine(row.first) : places.goroutinesLike(row.first)}>
          {counted(row.count, 'goroutine')}
        </PlaceLink>
        {row.waitsIn !== null && <SourceName place={row.waitsIn} />}
        <span className="lens-facts muted">{more > 0 && `${formatCount(more)} more variables, which hold less`}</span>
        <IconButton
          label="Close these variables"
          onClick={() => {
            adjust({ ...place, opened: null });
          }}
        >
          <X size={14} />
        </IconButton>
      </header>
      <div className="lens-rows">
        <Table
          label="Variables"
          what="variables"
          columns={COLUMNS}
          source={arraySource(variables)}
          empty="No variable of these frames leads into the heap."
        />
      </div>
    </section>
  );
}
