import type { PlacedNode } from '../../../workers/report';
import { cardOf, toneOf } from '../../../workers/report';
import { HolderMark } from '../ui/HolderMark';

interface CardProps {
  id: string;
  placed: PlacedNode;
  selected: boolean;
  faded: boolean;
}

/** A node as a card of two lines; its outline tells the kind. */
export function Card({ id, placed, selected, faded }: CardProps) {
  const { node, x, y, width, height } = placed;
  const { title, titleStyle, detail } = cardOf(node);
  const kinds = [
    'graph-card',
    `graph-card-${node.kind}`,
    `graph-tone-${toneOf(node)}`,
    node.isClosure && 'graph-card-closure',
    faded && 'graph-card-faded',
  ];
  return (
    <div
      id={id}
      className={kinds.filter(Boolean).join(' ')}
      role="option"
      aria-selected={selected}
      data-node={node.id}
      style={{ left: x, top: y, width, height }}
    >
      {node.rootKind !== null && (
        <span className="graph-card-mark">
          <HolderMark holder={node.holder} />
        </span>
      )}
      {node.hasFinalizer && <span className="graph-flag" role="img" aria-label="has a finalizer" />}
      <span className={`graph-card-title graph-title-${titleStyle}`}>{title}</span>
      <span className="graph-card-detail">{detail}</span>
    </div>
  );
}
