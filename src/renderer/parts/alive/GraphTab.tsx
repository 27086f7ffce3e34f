import { useRef, useState } from 'react';
import type { ObjectDetail } from '../../../../workers/api';
import { GraphFrame } from '../../graph/GraphFrame';
import type { GraphHandle } from '../../graph/GraphView';
import { useGraph } from '../../graph/use-graph';
import { adjust, go, usePlace } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import { PlaceLink } from '../../ui/PlaceLink';

/** The shortest path as a graph, from top to bottom: the pane is narrow. */
export function GraphTab({ object }: { object: ObjectDetail }) {
  const place = usePlace();
  const handle = useRef<GraphHandle>(null);
  const [expanded, setExpanded] = useState<string[]>([]);
  const drawn = useGraph({ pathOf: object.address }, expanded, true);
  return (
    <div className="alive-graph">
      <GraphFrame
        drawn={drawn}
        handle={handle}
        label="Nodes of the root path"
        direction="TB"
        onSelectObject={(address) => {
          adjust(selectObject(place, address));
        }}
        onOpen={(node) => {
          if (node.address !== null) go(places.object(node.address));
          else if (node.kind === 'more') setExpanded([...expanded, node.id]);
        }}
      />
      <PlaceLink to={places.object(object.address, 'graph')} className="alive-more">
        References and referrers as a graph
      </PlaceLink>
    </div>
  );
}
