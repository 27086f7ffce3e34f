import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import { AlivePane } from '../parts/alive/AlivePane';
import { adjust, usePlace } from '../state/navigation';
import type { Selection } from '../state/place';
import { useAnswer } from '../state/dump';
import { setFolded, useSettings } from '../state/settings';
import { Failed, IconButton, Waiting } from '../ui/controls';
import { engineErrorName, type Address } from '../../../workers/api';

/** The pane "Why is this alive?": its head, the way to fold it, and the explanation of whatever is selected. */
export function WhyPane() {
  const folded = useSettings((settings) => settings.folded);
  const { selected } = usePlace();
  if (folded) {
    return (
      <aside className="why why-folded" aria-label="Why is this alive?">
        <IconButton
          label="Unfold “Why is this alive?”"
          onClick={() => {
            setFolded(false);
          }}
        >
          <PanelRightOpen size={15} />
        </IconButton>
      </aside>
    );
  }
  return (
    <aside className="why" aria-label="Why is this alive?">
      <div className="why-head">
        <h2>Why is this alive?</h2>
        <IconButton
          label="Fold “Why is this alive?”"
          onClick={() => {
            setFolded(true);
          }}
        >
          <PanelRightClose size={15} />
        </IconButton>
      </div>
      <div className="why-body">
        {selected === null ? (
          <p className="why-hint">
            Select a node, a type, a cycle or an object: the shortest way from a root to it stands here, with what would
            let go of it.
          </p>
        ) : (
          <Explanation selected={selected} />
        )}
      </div>
    </aside>
  );
}

/** A cycle, a type or a node is explained by its member that retains most. */
function Explanation({ selected }: { selected: Selection }) {
  const place = usePlace();
  const largest = useAnswer('objects', selected.kind === 'object' ? null : [largestOf(selected)]);
  const explain = (address: Address): React.ReactNode => (
    <AlivePane
      key={address}
      address={address}
      tab={place.why}
      onTab={(why) => {
        adjust({ ...place, why });
      }}
      path={place.path}
      onPath={(path) => {
        adjust({ ...place, path });
      }}
    />
  );
  if (selected.kind === 'object') return explain(selected.address);
  if (largest.state === 'failed' && engineErrorName(largest.error) === 'NotFound')
    return (
      <p className="why-hint">
        What was selected is not in this dump, or is called something else by now: select it again.
      </p>
    );
  if (largest.state === 'failed') return <Failed error={largest.error} retry={largest.retry} />;
  if (largest.state === 'waiting') return <Waiting what="objects" />;
  const row = largest.value.rows.at(0);
  return row === undefined ? <p className="why-hint">No object of it is in this dump.</p> : explain(row.address);
}

function largestOf(selected: Exclude<Selection, { kind: 'object' }>) {
  return { ...onlyOf(selected), sort: { column: 'retained' as const, descending: true }, offset: 0, limit: 1 };
}

function onlyOf(selected: Exclude<Selection, { kind: 'object' }>) {
  switch (selected.kind) {
    case 'cycle':
      return { cycle: selected.id };
    case 'type':
      return { of: { name: selected.name, shape: selected.shape } };
    case 'node':
      return { node: { by: selected.by, id: selected.id } };
  }
}
