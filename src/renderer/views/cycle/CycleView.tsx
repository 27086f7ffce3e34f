import { HOLDER_LOOKS } from '../../../../workers/api';
import type { CycleRow } from '../../../../workers/api';
import { useRef } from 'react';
import { GraphTools } from '../../graph/GraphTools';
import type { GraphHandle } from '../../graph/GraphView';
import type { ShownGraph } from '../../graph/use-graph';
import { useGraph } from '../../graph/use-graph';
import { useAnswer } from '../../state/dump';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { CycleTab, PlaceOf } from '../../state/place';
import { Failed, Segments, Waiting } from '../../ui/controls';
import { Bytes, Chip, Count, Fact } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import { PlaceLink } from '../../ui/PlaceLink';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { Through, throughWords } from '../../parts/Through';
import { CycleGraph } from './CycleGraph';
import { CycleCuts, EnteringTable, LeavingTable, MembersTable } from './CycleTables';
import './cycle.css';

/** One cycle: drawn, or as tables of its members and of what crosses its border. */
export function CycleView({ place }: { place: PlaceOf<'cycle'> }) {
  const answer = useAnswer('cycle', [place.id]);
  const drawn = useGraph({ cycle: place.id }, place.expanded, place.tab === 'graph');
  const handle = useRef<GraphHandle>(null);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  return (
    <>
      <ViewHead
        crumb={<PlaceLink to={places.shapes()}>Cycles</PlaceLink>}
        title={`Cycle ${place.id}`}
        chips={answer.value && <CycleChips cycle={answer.value} />}
        facts={answer.value && <CycleFacts cycle={answer.value} />}
      />
      <ViewTools>
        <CycleTabs place={place} cycle={answer.value} />
        <span className="view-tools-gap" />
        {place.tab === 'graph' && <GraphTools subject={`cycle-${place.id}`} drawn={drawn} handle={handle} />}
      </ViewTools>
      <div className="view-body">
        {answer.state === 'waiting' ? <Waiting what="members" /> : <Body place={place} drawn={drawn} handle={handle} />}
      </div>
    </>
  );
}

interface PartProps {
  place: PlaceOf<'cycle'>;
  drawn: ShownGraph;
  handle: React.RefObject<GraphHandle | null>;
}

function Body({ place, drawn, handle }: PartProps) {
  switch (place.tab) {
    case 'graph':
      return <CycleGraph place={place} drawn={drawn} handle={handle} />;
    case 'cuts':
      return <CycleCuts place={place} />;
    case 'members':
      return <MembersTable place={place} />;
    case 'entering':
      return <EnteringTable place={place} />;
    case 'leaving':
      return <LeavingTable place={place} />;
  }
}

function CycleChips({ cycle }: { cycle: CycleRow }) {
  return (
    <>
      <Chip tone={HOLDER_LOOKS[cycle.holder].tone} title={cycle.reason}>
        <HolderMark holder={cycle.holder} />
        {HOLDER_LOOKS[cycle.holder].words}
      </Chip>
      {cycle.held === 'weak' && (
        <Chip tone="warn" title="Only stack words that no pointer list names lead to it: they may be stale.">
          weakly held
        </Chip>
      )}
    </>
  );
}

function CycleFacts({ cycle }: { cycle: CycleRow }) {
  return (
    <>
      <Fact name="objects">
        <Count value={cycle.objects} />
      </Fact>
      <Fact name="own">
        <Bytes value={cycle.ownBytes} />
      </Fact>
      <Fact name="retains">
        <Bytes value={cycle.retainedBytes} />
      </Fact>
      {cycle.finalizers > 0 && (
        <Fact name="with a finalizer">
          <Count value={cycle.finalizers} />
        </Fact>
      )}
      <span className="cycle-shape" title={[...throughWords(cycle), cycle.shape].join('\n')}>
        <Through row={cycle} />
        {shortGoName(cycle.shape)}
      </span>
    </>
  );
}

function CycleTabs({ place, cycle }: { place: PlaceOf<'cycle'>; cycle: CycleRow | null }) {
  const counted = (word: string, count: number | undefined) => (
    <>
      {word} {count !== undefined && <Count value={count} />}
    </>
  );
  return (
    <Segments<CycleTab>
      label="What is shown of the cycle"
      choices={[
        { key: 'graph', words: 'Graph' },
        { key: 'cuts', words: 'What lets go' },
        { key: 'members', words: counted('Members', cycle?.objects) },
        { key: 'entering', words: counted('Entering', cycle?.enteringTotal) },
        { key: 'leaving', words: counted('Leaving', cycle?.leavingTotal) },
      ]}
      current={place.tab}
      onChoose={(tab) => {
        go({ ...place, tab });
      }}
    />
  );
}
