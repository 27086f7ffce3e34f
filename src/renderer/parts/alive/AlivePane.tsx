import { unheldMeans } from '../../../../workers/api';
import type { Address, ObjectDetail } from '../../../../workers/api';
import { useAnswer, useSummary } from '../../state/dump';
import type { WhyTab } from '../../state/place';
import { Failed, Segments, Waiting } from '../../ui/controls';
import { AddressLink, TypeText } from '../../ui/figures';
import { DominatorsTab } from './DominatorsTab';
import { GraphTab } from './GraphTab';
import { PathTab } from './PathTab';
import './alive.css';

export interface AlivePaneProps {
  /** The object to explain: the selected one, or the member that retains most of a selected cycle or type. */
  address: Address;
  tab: WhyTab;
  onTab: (tab: WhyTab) => void;
  /** Which root path, counted from 0. */
  path: number;
  onPath: (path: number) => void;
}

/** What keeps an object alive: under the pane's head, which the frame draws. */
export function AlivePane(props: AlivePaneProps) {
  const answer = useAnswer('object', [props.address]);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  if (answer.state === 'waiting') return <Waiting what="what holds it" />;
  if (answer.value === null) return <p className="alive-note">No object of this dump contains {props.address}.</p>;
  return <Explained object={answer.value} {...props} />;
}

const TABS: readonly { key: WhyTab; words: string }[] = [
  { key: 'path', words: 'Path' },
  { key: 'dominators', words: 'Dominators' },
  { key: 'graph', words: 'Graph' },
];

function Explained({ object, tab, onTab, path, onPath }: AlivePaneProps & { object: ObjectDetail }) {
  return (
    <div className="alive">
      <div className="alive-object">
        <AddressLink address={object.address} /> <TypeText label={object} />
      </div>
      <Tier object={object} />
      {object.reachable && (
        <>
          <Segments className="alive-tabs" label="How it is explained" choices={TABS} current={tab} onChoose={onTab} />
          <div className="alive-body">
            {tab === 'path' && <PathTab object={object} path={path} onPath={onPath} />}
            {tab === 'dominators' && <DominatorsTab object={object} />}
            {tab === 'graph' && <GraphTab object={object} />}
          </div>
        </>
      )}
    </div>
  );
}

/** What has to be said before any path: held weakly, or by nothing recorded. */
function Tier({ object }: { object: ObjectDetail }) {
  const { dump } = useSummary();
  if (object.held === 'strong') return null;
  if (object.held === 'weak') {
    return (
      <p className="alive-note">
        Only stack words that no pointer list names lead to it. They may be stale: then nothing recorded holds it.
      </p>
    );
  }
  return (
    <p className="alive-note">
      Nothing recorded holds it: {unheldMeans(dump)}.
      {object.referrers > 0 && ' What refers to it is held by nothing either.'}
    </p>
  );
}
