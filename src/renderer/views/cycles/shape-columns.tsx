import type { CycleGraph, CycleShapeColumn, CycleShapeRow } from '../../../../workers/api';
import { places } from '../../state/place';
import { Bytes, Count, CycleLink } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { HeldBy } from '../../ui/HolderMark';
import { PlaceLink } from '../../ui/PlaceLink';
import { OWN, RETAINED } from './weight-columns';
import { Through, throughWords } from '../../parts/Through';
import type { Column } from '../../ui/table/columns';

type ShapeColumn = Column<CycleShapeRow, CycleShapeColumn>;

const HELD_BY: ShapeColumn = {
  key: 'class',
  title: 'Held by',
  width: '138px',
  filter: 'finalizer',
  cell: (row) => <HeldBy cycle={row} />,
};

const FIGURES: readonly ShapeColumn[] = [
  {
    key: 'objects',
    wide: true,
    title: 'Objects',
    width: '80px',
    numeric: true,
    filter: '>2',
    cell: (row) => <Count value={row.objects} />,
  },
  { ...OWN, wide: true },
  RETAINED,
  {
    key: 'largest',
    title: 'Largest',
    width: '164px',
    numeric: true,
    filter: '>1MiB',
    cell: (row) => (
      <>
        <CycleLink id={row.largest} /> <Bytes value={row.largestBytes} />
      </>
    ),
  },
];

/** The columns of the list of shapes; its counts lead to the cycles. */
export function shapeColumns(graph: CycleGraph): readonly ShapeColumn[] {
  return [
    {
      key: 'shape',
      title: 'Shape',
      width: 'minmax(200px, 1fr)',
      filter: 'text or /re/',
      cell: (row) => <ShapeText row={row} />,
    },
    HELD_BY,
    {
      key: 'count',
      title: 'Cycles',
      width: '76px',
      numeric: true,
      filter: '>1',
      cell: (row) => (
        <PlaceLink to={places.cyclesLike(row.first, graph)}>
          <Count value={row.count} />
        </PlaceLink>
      ),
    },
    ...FIGURES,
  ];
}

/** What the cycles are made of, and by which fields they are joined. */
function ShapeText({ row }: { row: CycleShapeRow }) {
  return (
    <span className="type-shape" title={[...throughWords(row), row.shape, ...row.joints].join('\n')}>
      <Through row={row} />
      {shortGoName(row.shape)}
      {row.joints.length > 0 && (
        <span className="faint"> · {row.joints.map((joint) => shortGoName(joint)).join(', ')}</span>
      )}
    </span>
  );
}
