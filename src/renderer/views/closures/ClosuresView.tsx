import { X } from 'lucide-react';
import type { ClosureRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places, select } from '../../state/place';
import type { PlaceOf, TypeKey } from '../../state/place';
import { IconButton } from '../../ui/controls';
import { Count, Fact, GoName } from '../../ui/figures';
import { listHandlers } from '../../ui/list';
import { NeedsExecutable } from '../../ui/NeedsExecutable';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead } from '../../ui/ViewHead';
import { PartTable } from '../../parts/PartTable';
import { Captured, CLOSURE_COLUMNS, ClosureFunction } from './closure-columns';
import '../../ui/lens.css';
import './closures.css';

type ClosuresPlace = PlaceOf<'closures'>;

/** Closures by function, with what they capture; under them the closures of the one that is opened. */
export function ClosuresView({ place }: { place: ClosuresPlace }) {
  const { sort, filters, opened } = place;
  const source = usePages('closures', (range) => [{ ...range, sort, filters }]);
  const { naming } = useSummary();
  const named = naming.executable?.matches === true;
  const none = source.total === 0 && Object.keys(filters).length === 0;
  return (
    <>
      <ViewHead
        title="Closures"
        facts={
          <>
            <Fact name="functions">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>
            <span>
              {named ? 'those that capture variables' : 'without the executable, only those that records name'}
            </span>
          </>
        }
      />
      <div className="view-body lens">
        {none && !named ? (
          <NeedsExecutable what="A closure is known by the function that its first word leads to, and functions are in the executable." />
        ) : (
          <div className="lens-list">
            <Table
              label="Closures"
              what="closures"
              columns={CLOSURE_COLUMNS}
              source={source}
              empty="No closure in this heap captures a variable."
              {...listHandlers(place)}
              isSelected={(row) => isOpened(opened, row)}
              onSelect={(row) => {
                adjust(openRow(place, row));
              }}
              onOpen={(row) => {
                go(places.objectsOf(row.name, row.shape));
              }}
            />
          </div>
        )}
        {opened !== null && (
          <OpenedClosures
            key={`${opened.name} ${opened.shape}`}
            place={place}
            opened={opened}
            row={source.loaded.find((row) => isOpened(opened, row)) ?? null}
          />
        )}
      </div>
    </>
  );
}

/** The place with the closures of a row shown, and the one of them that retains most explained. */
function openRow(place: ClosuresPlace, { name, shape }: ClosureRow): ClosuresPlace {
  return { ...select(place, { kind: 'type', name, shape }), opened: { name, shape } };
}

function isOpened(opened: TypeKey | null, row: ClosureRow): boolean {
  return opened !== null && opened.name === row.name && opened.shape === row.shape;
}

const COLUMNS = ['address', 'type', 'size', 'retained', 'held', 'distance', 'referrers', 'cycle'] as const;

/** The closures of one function. `row` is null while its line is not at hand. */
function OpenedClosures({ place, opened, row }: { place: ClosuresPlace; opened: TypeKey; row: ClosureRow | null }) {
  return (
    <section className="lens-part" aria-label={`Closures of ${row?.function ?? opened.name}`}>
      <header className="lens-head">
        {row === null ? <GoName name={opened.name} /> : <ClosureFunction closure={row} />}
        {row !== null && (
          <span className="lens-facts muted">
            captures <Captured variables={row.captured} />
          </span>
        )}
        <IconButton
          label="Close these closures"
          onClick={() => {
            adjust({ ...select(place, null), opened: null });
          }}
        >
          <X size={14} />
        </IconButton>
      </header>
      <div className="lens-rows">
        <PartTable
          label="Closures of the function"
          what="closures"
          only={{ of: opened }}
          columns={COLUMNS}
          empty="No closure of this function is in this dump."
        />
      </div>
    </section>
  );
}
