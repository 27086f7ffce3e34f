import { ZoomIn, ZoomOut } from 'lucide-react';
import type { RefObject } from 'react';
import type { Address, DrawnNode } from '../../../workers/api';
import { Failed, IconButton, Waiting } from '../ui/controls';
import { ObjectMenu } from '../ui/ObjectMenu';
import type { Direction } from './cytoscape-graph';
import { GraphView } from './GraphView';
import type { GraphHandle } from './GraphView';
import { Legend } from './Legend';
import type { ShownGraph } from './use-graph';

interface GraphFrameProps {
  drawn: ShownGraph;
  handle: RefObject<GraphHandle | null>;
  label: string;
  direction?: Direction;
  /** Nodes that stand back. */
  isFaded?: (node: DrawnNode) => boolean;
  onSelectObject: (address: Address) => void;
  onOpen: (node: DrawnNode) => void;
}

/** A graph asked of the session, with its legend and the buttons that scale it; what stands there before it comes, or when it fails. */
export function GraphFrame({
  drawn,
  handle,
  label,
  direction = 'LR',
  isFaded,
  onSelectObject,
  onOpen,
}: GraphFrameProps) {
  const { graph, selected, error, retry, setSelected } = drawn;
  if (error !== null) return <Failed error={error} retry={retry} />;
  if (graph === null) return <Waiting what="references" />;
  return (
    <GraphView
      handle={handle}
      graph={graph}
      label={label}
      direction={direction}
      selected={selected}
      {...(isFaded && { isFaded })}
      onSelect={(node) => {
        setSelected(node);
        if (node.address !== null) onSelectObject(node.address);
      }}
      onOpen={onOpen}
      menu={(node) =>
        node.address !== null && node.label && <ObjectMenu object={{ ...node.label, address: node.address }} />
      }
    >
      <Legend graph={graph} />
      <div className="graph-buttons">
        <IconButton label="Smaller" onClick={() => handle.current?.zoomBy(0.8)}>
          <ZoomOut size={15} />
        </IconButton>
        <IconButton label="Larger" onClick={() => handle.current?.zoomBy(1.25)}>
          <ZoomIn size={15} />
        </IconButton>
      </div>
    </GraphView>
  );
}
