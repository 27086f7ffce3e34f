import type { RefObject } from 'react';
import type { Address, DrawnNode } from '../../../../workers/api';
import { GraphFrame } from '../../graph/GraphFrame';
import { GraphTools } from '../../graph/GraphTools';
import type { GraphHandle } from '../../graph/GraphView';
import type { ShownGraph } from '../../graph/use-graph';
import { adjust, go } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';

interface ObjectGraphProps {
  place: PlaceOf<'object'>;
  drawn: ShownGraph;
  handle: RefObject<GraphHandle | null>;
}

/** What is around an object: its referrers and references, those that retain most first. */
export function ObjectGraph({ place, drawn, handle }: ObjectGraphProps) {
  const open = (node: DrawnNode): void => {
    if (node.address !== null) go(places.object(node.address, 'graph'));
    else if (node.kind !== 'root') go({ ...place, expanded: [...place.expanded, node.id] });
  };
  return (
    <GraphFrame
      drawn={drawn}
      handle={handle}
      label="Nodes around the object"
      onSelectObject={(address) => {
        adjust(selectObject(place, address));
      }}
      onOpen={open}
    />
  );
}

export function ObjectGraphTools({ address, drawn, handle }: { address: Address } & Omit<ObjectGraphProps, 'place'>) {
  return <GraphTools subject={`object-${address}`} drawn={drawn} handle={handle} />;
}
