import type { DrawnEdge, DrawnGraph } from '../../../workers/api';
import type { Point } from '../../../workers/report';
import { Bytes, Count } from '../ui/figures';

/** A reference that the mouse is over, and where the mouse is. */
export interface Hovered {
  id: string;
  at: Point;
}

/** What a reference holds: shown beside the mouse. The table of what would let go tells the same to the keyboard. */
export function EdgeCard({ graph, hovered }: { graph: DrawnGraph; hovered: Hovered }) {
  const edge = graph.edges.find(({ id }) => id === hovered.id);
  if (edge === undefined) return null;
  const title = (id: string): string => graph.nodes.find((node) => node.id === id)?.title ?? id;
  return (
    <div
      className="graph-edge-card"
      role="tooltip"
      style={{ left: place(hovered.at.x, 436), top: place(hovered.at.y, 68) }}
    >
      <span className="mono">
        {title(edge.from)} {edge.label ?? ''} → {title(edge.to)}
      </span>
      <EdgeHolds edge={edge} />
    </div>
  );
}

/** Beside the mouse, and inside the graph with its whole extent in pixels. */
function place(mouse: number, extent: number): string {
  return `max(0px, min(${String(mouse + 14)}px, 100% - ${String(extent)}px))`;
}

function EdgeHolds({ edge: { cut, count } }: { edge: DrawnEdge }) {
  const these = count === 1 ? 'this reference' : `these ${String(count)} references`;
  if (cut === null) return <span className="secondary">several references; not tried what they hold</span>;
  if (cut.objects === 0)
    return <span className="secondary">without {these} nothing goes: something else holds it too</span>;
  return (
    <span>
      without {these}, {cut.exact ? '' : 'at least '}
      <Bytes value={cut.bytes} /> in <Count value={cut.objects} /> {cut.objects === 1 ? 'object' : 'objects'} would go
      {cut.best && <strong> – most of all</strong>}
    </span>
  );
}
