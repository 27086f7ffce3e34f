import type { ReactNode } from 'react';
import { holderWords } from '../../../../workers/api';
import type { RetentionNode } from '../../../../workers/api';
import { nodeName } from '../../../../workers/report';
import type { FlameBox } from '../../../../workers/report';
import { Bytes, Count } from '../../ui/figures';
import { counted, formatBytes, formatCount, formatShare } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';

/** What a box is, in figures: shown beside it while the mouse is over it. */
export function NodeCard({ box, whole }: { box: FlameBox; whole: number }) {
  if (box.node === null) return <FoldedFacts box={box} whole={whole} />;
  const { node } = box;
  return (
    <>
      <p className="node-card-name mono">
        {node.field !== null && <span className="muted">{node.field} </span>}
        {nodeName(node)}
      </p>
      <dl className="node-card-facts">
        <NodeFact name="with all below">
          <Bytes value={node.bytes} /> in {counted(node.totalObjects, 'object')}
        </NodeFact>
        <NodeFact name="share">{formatShare(node.bytes, whole)}</NodeFact>
        {node.kind === 'object' ? <OwnFacts node={node} /> : <RootFacts node={node} />}
        <NodeFact name="held by">
          <HolderMark holder={node.holder} /> {holderWords(node.holder)}
        </NodeFact>
        {!node.named && <NodeFact name="evidence">by shape only</NodeFact>}
        {node.folded.nodes > 0 && (
          <NodeFact name="not drawn">
            {counted(node.folded.nodes, 'smaller node')}, {formatBytes(node.folded.bytes)}
          </NodeFact>
        )}
      </dl>
    </>
  );
}

function OwnFacts({ node }: { node: RetentionNode }) {
  return (
    <>
      <NodeFact name="own">
        <Bytes value={node.ownBytes} /> in {counted(node.objects, 'object')}
      </NodeFact>
      {node.longestChain > 1 && (
        <NodeFact name="longest chain">
          <Count value={node.longestChain} /> objects
        </NodeFact>
      )}
    </>
  );
}

function RootFacts({ node }: { node: RetentionNode }) {
  return node.roots > 1 ? <NodeFact name="roots">{formatCount(node.roots)}</NodeFact> : null;
}

function FoldedFacts({ box, whole }: { box: FlameBox; whole: number }) {
  return (
    <p>
      {counted(box.folded?.nodes ?? 0, 'smaller node')}, {formatBytes(box.bytes)}, {formatShare(box.bytes, whole)}. Zoom
      to the node above to see them.
    </p>
  );
}

function NodeFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
