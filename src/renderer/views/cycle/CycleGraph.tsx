import type { RefObject } from 'react';
import type { DrawnNode } from '../../../../workers/api';
import { GraphFrame } from '../../graph/GraphFrame';
import type { GraphHandle } from '../../graph/GraphView';
import type { ShownGraph } from '../../graph/use-graph';
import { adjust, go } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { MemberPanel } from './MemberPanel';

interface CycleGraphProps {
  place: PlaceOf<'cycle'>;
  drawn: ShownGraph;
  handle: RefObject<GraphHandle | null>;
}

/** The cycle drawn, and under it what the selected node is. */
export function CycleGraph({ place, drawn, handle }: CycleGraphProps) {
  const open = (node: DrawnNode): void => {
    if (node.address !== null) go(places.object(node.address));
    else if (node.kind !== 'root') go({ ...place, expanded: [...place.expanded, node.id] });
  };
  const shown = drawn.graph?.nodes.find((node) => node.id === drawn.selected);
  return (
    <div className="cycle">
      <GraphFrame
        drawn={drawn}
        handle={handle}
        label="Nodes of the cycle"
        onSelectObject={(address) => {
          adjust(selectObject(place, address));
        }}
        onOpen={open}
      />
      {shown !== undefined && <MemberPanel node={shown} onOpen={open} />}
    </div>
  );
}
