import type { CycleShapeColumn, CycleShapeRow } from '../../../../workers/api';
import { useAnswer } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places, select } from '../../state/place';
import type { Place, PlaceOf } from '../../state/place';
import { Button } from '../../ui/controls';
import { Count, Fact } from '../../ui/figures';
import { counted } from '../../ui/format';
import { listHandlers } from '../../ui/list';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { CycleTools } from './CycleTools';
import { ShapeMenu } from './ShapeMenu';
import { HARMLESS, NOT_HARMLESS } from '../../state/harmless';
import { shapeColumns } from './shape-columns';
import './cycles.css';

type ShapesPlace = PlaceOf<'shapes'>;

/** Cycles by what they look like: one row for all that have the same members, joined by the same fields. */
export function CycleShapesView({ place }: { place: ShapesPlace }) {
  const { sort, filters, graph, selected } = place;
  const folded = isFolded(place);
  const asked = folded ? { ...filters, class: NOT_HARMLESS } : filters;
  const source = usePages('cycleShapes', (range) => [{ ...range, sort, filters: asked, graph }]);
  return (
    <>
      <ViewHead
        title="Cycles"
        facts={
          <>
            <Fact name="shapes">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>
            <span>one row for all cycles of the same members and fields; a cycle is no leak by itself</span>
          </>
        }
      />
      <ViewTools>
        <CycleTools place={place} />
      </ViewTools>
      <div className="view-body shapes-body">
        <Table<CycleShapeRow, CycleShapeColumn>
          label="Shapes of cycles"
          what="shapes"
          columns={shapeColumns(graph)}
          source={source}
          empty="No cycles but those that every program has."
          {...listHandlers(place)}
          isSelected={(row) => selected?.kind === 'cycle' && selected.id === row.largest}
          onSelect={(row) => {
            adjust(select(place, { kind: 'cycle', id: row.largest }));
          }}
          onOpen={(row) => {
            go(openedShape(row, graph));
          }}
          menu={(row) => <ShapeMenu shape={row} graph={graph} />}
        />
        {folded && <FoldedShapes place={place} />}
      </div>
    </>
  );
}

/** The cycles of a shape; the cycle itself where it is the only one. */
function openedShape(row: CycleShapeRow, graph: ShapesPlace['graph']): Place {
  return row.count === 1 ? places.cycle(row.first) : places.cyclesLike(row.first, graph);
}

/** Whoever filters by class means what they write. */
function isFolded({ harmless, filters }: ShapesPlace): boolean {
  return !harmless && filters.class === undefined;
}

/** How many rows are left out, and the way to them. */
function FoldedShapes({ place }: { place: ShapesPlace }) {
  const { filters, graph } = place;
  const { value } = useAnswer('cycleShapes', [
    { offset: 0, limit: 0, filters: { ...filters, class: HARMLESS }, graph },
  ]);
  if (value === null || value.total === 0) return null;
  return (
    <div className="shapes-folded">
      <span className="muted">
        {counted(value.total, 'shape')} of the runtime’s own and of pools: harmless, and folded.
      </span>
      <Button
        onClick={() => {
          go({ ...place, harmless: true });
        }}
      >
        Show them
      </Button>
    </div>
  );
}
