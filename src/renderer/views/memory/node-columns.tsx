import { ChevronDown, ChevronRight } from 'lucide-react';
import type { RetentionNode } from '../../../../workers/api';
import { manyOf, nodeName } from '../../../../workers/report';
import { Bytes, Count, GoName } from '../../ui/figures';
import { counted, formatShare, shortGoName } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import type { Column } from '../../ui/table/columns';
import type { NodeLine } from './node-lines';

type Key = 'node' | 'chain' | 'objects' | 'own' | 'share' | 'bytes';

interface NodeActions {
  /** Bytes that shares are of. */
  whole: number;
  /** From objects to what holds them, and not from roots down. */
  upsideDown: boolean;
  onTurn: (line: NodeLine) => void;
}

export function nodeColumns({ whole, upsideDown, onTurn }: NodeActions): Column<NodeLine, Key>[] {
  return [
    {
      key: 'node',
      title: upsideDown ? 'What is held, and by what, up to the roots' : 'From the roots down',
      width: 'minmax(300px, 1fr)',
      cell: (line) => <NodeCell line={line} onTurn={onTurn} />,
    },
    {
      key: 'objects',
      title: 'Objects',
      width: '92px',
      numeric: true,
      wide: true,
      cell: (line) => <Count value={line.kind === 'node' ? line.node.totalObjects : line.rest.objects} />,
    },
    {
      key: 'own',
      title: 'Own',
      width: '84px',
      numeric: true,
      cell: (line) => (line.kind === 'node' && line.node.objects > 0 ? <Bytes value={line.node.ownBytes} /> : null),
    },
    {
      key: 'share',
      title: 'Share',
      width: '70px',
      numeric: true,
      cell: (line) => (
        <span className="muted">
          {line.kind === 'node' && line.node.kind === 'unheld' ? 'apart' : formatShare(bytesOf(line), whole)}
        </span>
      ),
    },
    {
      key: 'bytes',
      title: 'With all below',
      width: '116px',
      numeric: true,
      cell: (line) => <Bytes value={bytesOf(line)} />,
      bar: bytesOf,
    },
  ];
}

function bytesOf(line: NodeLine): number {
  return line.kind === 'node' ? line.node.bytes : line.rest.bytes;
}

interface NodeCellProps {
  line: NodeLine;
  onTurn: (line: NodeLine) => void;
}

function NodeCell({ line, onTurn }: NodeCellProps) {
  return (
    <span className="node-cell" style={{ paddingLeft: `${String(Math.min(line.depth, 40) * 14)}px` }}>
      {line.kind === 'node' ? <NodeWords line={line} onTurn={onTurn} /> : <Smaller line={line} onTurn={onTurn} />}
    </span>
  );
}

function Smaller({ line, onTurn }: { line: NodeLine & { kind: 'smaller' }; onTurn: (line: NodeLine) => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className="node-smaller"
      onClick={(event) => {
        event.stopPropagation();
        onTurn(line);
      }}
    >
      {counted(line.rest.nodes, 'smaller node')}
    </button>
  );
}

function NodeWords({ line, onTurn }: { line: NodeLine & { kind: 'node' }; onTurn: (line: NodeLine) => void }) {
  const { node, open } = line;
  const Arrow = open === true ? ChevronDown : ChevronRight;
  return (
    <>
      {open === null ? (
        <span className="node-twisty" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="node-twisty"
          aria-label={open ? `Fold ${nodeName(node)}` : `Unfold ${nodeName(node)}`}
          onClick={(event) => {
            event.stopPropagation();
            onTurn(line);
          }}
          onDoubleClick={(event) => {
            event.stopPropagation();
          }}
        >
          <Arrow size={14} aria-hidden="true" />
        </button>
      )}
      {(node.kind === 'root' || node.kind === 'unheld') && <HolderMark holder={node.holder} />}
      {node.field !== null && <span className="node-field mono">{node.field}</span>}
      <NodeName node={node} />
      {manyOf(node) !== '' && <span className="muted node-many">{manyOf(node)}</span>}
    </>
  );
}

/** A name in the letters of the dump; what is known by its shape alone in words. */
function NodeName({ node }: { node: Pick<RetentionNode, 'name' | 'named'> }) {
  if (node.name === '') return <span className="type-shape">{nodeName(node)}</span>;
  return node.named ? <GoName name={node.name} /> : <span className="type-shape">{shortGoName(node.name)}</span>;
}
