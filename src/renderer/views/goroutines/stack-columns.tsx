import type { GoroutineKindColumn, GoroutineKindRow, StateCount } from '../../../../workers/api';
import { places } from '../../state/place';
import { Count } from '../../ui/figures';
import { formatCount, shortGoName, variableWords, waitedWords } from '../../ui/format';
import { HOLDING_COLUMNS } from '../../ui/holding-columns';
import { PlaceLink } from '../../ui/PlaceLink';
import type { Column } from '../../ui/table/columns';
import { PlaceCell } from './PlaceCell';

export const STACK_COLUMNS: readonly Column<GoroutineKindRow, GoroutineKindColumn>[] = [
  {
    key: 'count',
    title: 'Count',
    width: '66px',
    numeric: true,
    filter: '>1',
    cell: (row) => (
      <PlaceLink to={row.count === 1 ? places.goroutine(row.first) : places.goroutinesLike(row.first)}>
        <Count value={row.count} />
      </PlaceLink>
    ),
  },
  {
    key: 'state',
    title: 'State',
    width: '116px',
    filter: 'chan',
    cell: (row) => <States states={row.states} system={row.system} />,
  },
  {
    key: 'waits',
    title: 'Waits in',
    width: 'minmax(150px, 1.3fr)',
    filter: 'text or /re/',
    cell: (row) => <PlaceCell place={row.waitsIn} otherwise={row.entry ?? row.top} />,
  },
  {
    key: 'created',
    title: 'Started by',
    width: 'minmax(110px, 0.9fr)',
    filter: 'text or /re/',
    cell: (row) => <PlaceCell place={row.createdBy} otherwise={null} />,
  },
  {
    key: 'waited',
    title: 'Waited',
    width: '88px',
    numeric: true,
    cell: (row) => waitedWords(row.waitedAtLeast) || <span className="faint">–</span>,
  },
  {
    key: 'variables',
    title: 'Holds by',
    width: 'minmax(90px, 0.6fr)',
    wide: true,
    filter: 'text or /re/',
    cell: (row) => <Variables row={row} />,
  },
  ...HOLDING_COLUMNS,
];

/** In Go's words, that of most first; how many are in each where they are not all in one. */
function States({ states, system }: { states: readonly StateCount[]; system: boolean }) {
  const words = states.map((one) => {
    const word = one.waitReason ?? one.state;
    return states.length === 1 ? word : `${word} ${formatCount(one.count)}`;
  });
  return (
    <span className={system ? 'table-clip muted' : 'table-clip'} title={words.join('\n')}>
      {words.join(', ')}
      {system && <span className="faint"> · runtime</span>}
    </span>
  );
}

function Variables({ row: { variables } }: { row: GoroutineKindRow }) {
  return (
    <span
      className="table-clip mono"
      title={variables.map(({ name, type }) => `${name}  ${shortGoName(type)}`).join('\n')}
    >
      {variables.map(({ name }) => shortGoName(variableWords(name))).join(', ')}
    </span>
  );
}
