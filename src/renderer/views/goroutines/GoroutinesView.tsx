import { absentPart } from '../../../../workers/api';
import type { GoroutineColumn, GoroutineRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';
import { Bytes, Chip, Count, Fact } from '../../ui/figures';
import { formatCount, waitedWords } from '../../ui/format';
import { listHandlers } from '../../ui/list';
import { PlaceLink } from '../../ui/PlaceLink';
import type { Column } from '../../ui/table/columns';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { GoroutineTools } from './GoroutineTools';
import { PlaceCell } from './PlaceCell';

const COLUMNS: readonly Column<GoroutineRow, GoroutineColumn>[] = [
  {
    key: 'id',
    title: 'Goroutine',
    width: '76px',
    filter: '=17',
    cell: (row) => <PlaceLink to={places.goroutine(row.id)}>{formatCount(row.id)}</PlaceLink>,
  },
  { key: 'state', title: 'State', width: '148px', filter: 'chan', cell: (row) => <GoroutineState row={row} /> },
  {
    key: 'waits',
    title: 'Waits in',
    width: 'minmax(140px, 1.2fr)',
    filter: 'text or /re/',
    cell: (row) => <PlaceCell place={row.waitsIn} otherwise={row.entry ?? row.top} />,
  },
  {
    key: 'created',
    title: 'Started by',
    width: 'minmax(120px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => <PlaceCell place={row.createdBy} otherwise={null} />,
  },
  {
    key: 'waited',
    title: 'Waited',
    width: '96px',
    numeric: true,
    cell: (row) => waitedWords(row.waitedAtLeast) || <span className="faint">–</span>,
  },
  {
    key: 'frames',
    title: 'Frames',
    width: '62px',
    wide: true,
    numeric: true,
    filter: '>1',
    cell: (row) => <Count value={row.frames} />,
  },
  {
    key: 'defers',
    title: 'Defers',
    width: '60px',
    wide: true,
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.defers} />,
  },
  {
    key: 'retained',
    title: 'Retained',
    width: '108px',
    numeric: true,
    filter: '>1KiB',
    cell: (row) => <Bytes value={row.retainedBytes} />,
    bar: (row) => row.retainedBytes,
  },
];

/** The state in Go's words, with the reason of a wait; the runtime's own goroutines say so. */
function GoroutineState({ row }: { row: GoroutineRow }) {
  return (
    <span className={row.system ? 'table-clip muted' : 'table-clip'} title={row.waitReason ?? row.state}>
      {row.waitReason ?? row.state}
      {row.system && <span className="faint"> · runtime</span>}
    </span>
  );
}

/** Single goroutines by what only they hold: all of them, or those of one stack. */
export function GoroutinesView({ place }: { place: PlaceOf<'goroutines'> }) {
  const { sort, filters, like } = place;
  const source = usePages('goroutines', (range) => [{ ...range, sort, filters, ...(like !== null && { like }) }]);
  const { dump, goroutines } = useSummary();
  const { state, ...others } = filters;
  const states = Object.entries(goroutines.byState).map(([key, count]) => ({
    key,
    words: `${key} ${formatCount(count)}`,
  }));
  return (
    <>
      <ViewHead
        title="Goroutines"
        crumb={<PlaceLink to={places.stacks()}>Goroutines by stack</PlaceLink>}
        chips={
          like !== null && (
            <Chip>
              of the same stack as <PlaceLink to={places.goroutine(like)}>{formatCount(like)}</PlaceLink>
            </Chip>
          )
        }
        facts={
          <>
            {like !== null && (
              <Fact name="of this stack">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>
            )}
            <Fact name="goroutines">
              <Count value={goroutines.total} />
            </Fact>
            <Fact name="of the program">
              <Count value={goroutines.user} />
            </Fact>
            <Fact name="of the runtime">
              <Count value={goroutines.system} />
            </Fact>
          </>
        }
      />
      <ViewTools>
        <GoroutineTools place={place} />
        <Segments
          label="State"
          choices={[{ key: '', words: 'All' }, ...states]}
          current={state ?? ''}
          onChoose={(key) => {
            go({ ...place, filters: key === '' ? others : { ...others, state: key } });
          }}
        />
      </ViewTools>
      <div className="view-body">
        <Table
          label="Goroutines"
          what="goroutines"
          columns={COLUMNS}
          source={source}
          empty={absentPart(dump, 'goroutines and their stacks') ?? 'This dump holds no goroutines.'}
          {...listHandlers(place)}
          onOpen={(row) => {
            go(places.goroutine(row.id));
          }}
        />
      </div>
    </>
  );
}
