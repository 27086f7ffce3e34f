import type { CapturedVariable, ClosureColumn, ClosureRow } from '../../../../workers/api';
import { Bytes, Count, TypeText } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { HOLDING_COLUMNS } from '../../ui/holding-columns';
import type { Column } from '../../ui/table/columns';

export const CLOSURE_COLUMNS: readonly Column<ClosureRow, ClosureColumn>[] = [
  {
    key: 'function',
    title: 'Function',
    width: 'minmax(150px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => <ClosureFunction closure={row} />,
  },
  {
    key: 'captured',
    title: 'Captured variables',
    width: 'minmax(120px, 0.9fr)',
    filter: 'text or /re/',
    cell: (row) => <Captured variables={row.captured} />,
  },
  {
    key: 'objects',
    title: 'Objects',
    width: '68px',
    numeric: true,
    filter: '>10',
    cell: (row) => <Count value={row.objects} />,
  },
  {
    key: 'bytes',
    title: 'Own',
    width: '86px',
    numeric: true,
    filter: '>1KiB',
    cell: (row) => <Bytes value={row.bytes} />,
  },
  ...HOLDING_COLUMNS,
  {
    key: 'retained',
    title: 'Retained',
    width: '104px',
    numeric: true,
    filter: '>1MiB',
    cell: (row) => <Bytes value={row.retainedBytes} />,
    bar: (row) => row.retainedBytes,
  },
];

/** The function, by what tells that these objects are its closures. */
export function ClosureFunction({ closure }: { closure: ClosureRow }) {
  const { function: name, evidence, shape } = closure;
  return <TypeText label={{ type: name, evidence, hint: null, shape }} />;
}

/** `r *main.Report, pool *main.Pool`: names in the letters of the dump, types after them in grey; the whole on hover. */
export function Captured({ variables }: { variables: readonly CapturedVariable[] }) {
  if (variables.length === 0) return <span className="faint">not known</span>;
  return (
    <span className="captured table-clip mono" title={variables.map(({ name, type }) => `${name} ${type}`).join('\n')}>
      {variables.map(({ name, type, offset }, index) => (
        <span key={offset}>
          {index > 0 && ', '}
          {name} <span className="muted">{shortGoName(type)}</span>
        </span>
      ))}
    </span>
  );
}
