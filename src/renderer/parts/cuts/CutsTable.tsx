import { useMemo } from 'react';
import { MAX_PAGE } from '../../../../workers/api';
import type { Address, Cuts, CutsOf, RatedCutRow } from '../../../../workers/api';
import { useAnswer } from '../../state/dump';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import { Failed, Sentence, Waiting } from '../../ui/controls';
import { AddressLink, Bytes, Count, TypeText } from '../../ui/figures';
import { ObjectMenu } from '../../ui/ObjectMenu';
import { OriginField, OriginText } from '../../ui/OriginText';
import type { Column } from '../../ui/table/columns';
import { arraySource } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import './cuts.css';

interface CutsTableProps {
  of: CutsOf;
  selected: Address | null;
  onSelect: (address: Address) => void;
}

/** What would let go of a cycle or an object: one reference a row, with what goes without it. */
export function CutsTable({ of, selected, onSelect }: CutsTableProps) {
  const answer = useAnswer('cuts', [of, MAX_PAGE]);
  const rows = answer.value?.rows;
  const source = useMemo(() => arraySource(rows ?? []), [rows]);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  if (answer.state === 'waiting') return <Waiting what="references" />;
  if (answer.value.entering === 0) {
    return (
      <Sentence>Nothing recorded holds it, so nothing can let go of it: the next collection may free it.</Sentence>
    );
  }
  return (
    <div className="cuts-part">
      <p className="cuts-head secondary">
        <Together cuts={answer.value} />
      </p>
      <Table
        label="What would let go"
        what="references"
        columns={COLUMNS}
        source={source}
        empty="Nothing refers to it."
        isSelected={(row) =>
          selected !== null && (row.from === selected || (row.from === 'root' && row.to === selected))
        }
        onSelect={(row) => {
          onSelect(otherEnd(row));
        }}
        onOpen={(row) => {
          go(places.object(otherEnd(row)));
        }}
        menu={(row) => <ObjectMenu object={{ ...(row.fromLabel ?? row.toLabel), address: otherEnd(row) }} />}
      />
    </div>
  );
}

/** Who refers; of a root, what it refers to. */
function otherEnd({ from, to }: RatedCutRow): Address {
  return from === 'root' ? to : from;
}

function Together({ cuts: { entering, together, complete, rows, total, tried } }: { cuts: Cuts }) {
  return (
    <>
      <Count value={entering} /> {entering === 1 ? 'holder' : 'holders'} outside.
      {' Without '}
      {entering === 1 ? 'it' : 'all of them together'}, {together.exact ? '' : 'at least '}
      <Bytes value={together.bytes} /> in <Count value={together.objects} />{' '}
      {together.objects === 1 ? 'object' : 'objects'} would go.
      {!complete && (
        <>
          {' '}
          Of <Count value={total} /> references <Count value={tried} /> were tried.
        </>
      )}
      {rows.length < total && (
        <>
          {' '}
          The best <Count value={rows.length} /> of <Count value={total} /> are listed.
        </>
      )}
    </>
  );
}

type Key = 'frees' | 'objects' | 'kind' | 'from' | 'fromType' | 'field' | 'to' | 'toType';

const COLUMNS: readonly Column<RatedCutRow, Key>[] = [
  {
    key: 'frees',
    title: 'Frees',
    width: '116px',
    numeric: true,
    sortable: false,
    cell: (row) => <Frees row={row} />,
    bar: (row) => row.bytes,
  },
  {
    key: 'objects',
    title: 'Objects',
    width: '84px',
    numeric: true,
    sortable: false,
    cell: (row) => <Count value={row.objects} />,
  },
  {
    key: 'kind',
    title: 'Where',
    width: '96px',
    sortable: false,
    wide: true,
    cell: (row) => (row.kind === 'inner' ? 'in the cycle' : 'from outside'),
  },
  {
    key: 'from',
    title: 'Cut',
    width: 'minmax(150px, 1.25fr)',
    sortable: false,
    cell: (row) => <OriginText row={row} />,
  },
  {
    key: 'fromType',
    title: 'Type',
    width: 'minmax(120px, 1fr)',
    sortable: false,
    wide: true,
    cell: (row) => row.fromLabel && <TypeText label={row.fromLabel} />,
  },
  {
    key: 'field',
    title: 'Field',
    width: 'minmax(100px, 1fr)',
    sortable: false,
    cell: (row) => (row.pointers > 1 ? <Several row={row} /> : <OriginField row={row} />),
  },
  { key: 'to', title: 'To', width: '136px', sortable: false, cell: (row) => <AddressLink address={row.to} /> },
  {
    key: 'toType',
    title: 'Type',
    width: 'minmax(120px, 1fr)',
    sortable: false,
    cell: (row) => <TypeText label={row.toLabel} />,
  },
];

function Frees({ row }: { row: RatedCutRow }) {
  if (row.objects === 0) return <span className="faint">nothing alone</span>;
  return (
    <span title={row.exact ? undefined : 'The search was bounded: more may go.'}>
      {row.exact ? '' : '≥ '}
      <Bytes value={row.bytes} />
    </span>
  );
}

function Several({ row }: { row: RatedCutRow }) {
  return (
    <span className="table-clip" title="Cut together: one of them alone would free nothing.">
      <Count value={row.pointers} /> pointers
    </span>
  );
}
