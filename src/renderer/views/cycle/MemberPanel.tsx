import type { DrawnNode } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { Button } from '../../ui/controls';
import { AddressLink, Bytes, Count, Fact, TypeText } from '../../ui/figures';
import { ContentsTable } from '../../parts/contents/ContentsTable';
import { ReferencesTable } from '../../parts/reference-tables';

/** What the selected node is: an object's contents and references; of other nodes what they stand for. */
export function MemberPanel({ node, onOpen }: { node: DrawnNode; onOpen: (node: DrawnNode) => void }) {
  const { dump } = useSummary();
  const { address } = node;
  return (
    <section className="member" aria-label="The selected node">
      <header className="member-head">
        {address === null ? <strong className="mono">{node.title}</strong> : <AddressLink address={address} />}
        {node.label && address !== null && <TypeText label={node.label} />}
        {address === null && <span className="muted">{node.detail}</span>}
        {address !== null && <ObjectFacts node={node} />}
        {node.kind === 'class' && (
          <Button
            className="button-small"
            onClick={() => {
              onOpen(node);
            }}
          >
            Show members
          </Button>
        )}
      </header>
      {address !== null && (
        <div className="member-body">
          <ContentsTable address={address} mode="words" pointerBytes={dump.pointerBytes} />
          <ReferencesTable address={address} />
        </div>
      )}
    </section>
  );
}

function ObjectFacts({ node }: { node: DrawnNode }) {
  return (
    <span className="member-facts">
      <Fact name="size">
        <Bytes value={node.bytes} />
      </Fact>
      {node.retainedSize !== null && (
        <Fact name="retains">
          <Bytes value={node.retainedSize} />
        </Fact>
      )}
      {node.objects > 1 && (
        <Fact name="objects">
          <Count value={node.objects} />
        </Fact>
      )}
    </span>
  );
}
