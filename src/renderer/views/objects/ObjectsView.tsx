import type { ObjectRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { NodeKey, PlaceOf } from '../../state/place';
import { Button } from '../../ui/controls';
import { Bytes, Chip, Count, CycleLink, Fact } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { listHandlers } from '../../ui/list';
import { OBJECT_COLUMNS } from '../../ui/object-columns';
import { PlaceLink } from '../../ui/PlaceLink';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { itself, useObjectRows } from '../../ui/use-object-rows';
import { ViewHead } from '../../ui/ViewHead';

type Props = { place: PlaceOf<'objects'> };

/** All objects, or the members of a cycle, or those of a type or of a node of Memory, narrowed by filters. */
export function ObjectsView({ place }: Props) {
  const { sort, filters, cycle, of, node } = place;
  const source = usePages('objects', (range) => [
    {
      ...{ ...range, sort, filters },
      ...(cycle !== null && { cycle }),
      ...(of !== null && { of }),
      ...(node !== null && { node }),
    },
  ]);
  const rows = useObjectRows<ObjectRow>(itself);
  return (
    <>
      <ObjectsHead place={place} total={source.total} bytes={source.bytes} />
      <div className="view-body">
        <Table
          label="Objects"
          what="objects"
          columns={OBJECT_COLUMNS}
          source={source}
          empty="There are no objects here."
          {...listHandlers(place)}
          {...rows}
        />
      </div>
    </>
  );
}

interface ObjectsHeadProps {
  place: PlaceOf<'objects'>;
  total: number | null;
  bytes: number | null;
}

function ObjectsHead({ place, total, bytes }: ObjectsHeadProps) {
  const { heap } = useSummary();
  const { cycle, of, node } = place;
  const selected = cycle !== null || of !== null || node !== null;
  const narrowed = selected || Object.keys(place.filters).length > 0;
  return (
    <ViewHead
      crumb={selected ? <PlaceLink to={places.objects()}>Objects</PlaceLink> : undefined}
      title="Objects"
      chips={
        <>
          {cycle !== null && <Chip>members of {<CycleLink id={cycle} />}</Chip>}
          {of !== null && <Chip title={`${of.name}\n${of.shape}`}>of {shortGoName(of.name)}</Chip>}
          {node !== null && (
            <Chip>
              of <PlaceLink to={placeOfNode(node)}>a node of Memory</PlaceLink>
            </Chip>
          )}
          {selected && (
            <Button
              className="button-small"
              onClick={() => {
                go({ ...place, cycle: null, of: null, node: null });
              }}
            >
              All objects
            </Button>
          )}
        </>
      }
      facts={
        <>
          <Fact name={narrowed ? 'shown' : 'objects'}>{total === null ? 'counting…' : <Count value={total} />}</Fact>
          {narrowed && (
            <Fact name="of">
              <Count value={heap.objects} />
            </Fact>
          )}
          <Fact name="bytes">{narrowed && bytes === null ? 'counting…' : <Bytes value={bytes ?? heap.bytes} />}</Fact>
          {narrowed && (
            <Fact name="of">
              <Bytes value={heap.bytes} />
            </Fact>
          )}
        </>
      }
    />
  );
}

function placeOfNode({ by, id, without }: NodeKey): PlaceOf<'memory'> {
  return { ...places.memory(), by, without, selected: { kind: 'node', by, id } };
}
