import { HOLDER_LOOKS, LARGE_CYCLE } from '../../../../workers/api';
import type { CycleRow, Knot } from '../../../../workers/api';
import { useRef } from 'react';
import { GraphTools } from '../../graph/GraphTools';
import type { GraphHandle } from '../../graph/GraphView';
import type { ShownGraph } from '../../graph/use-graph';
import { useGraph } from '../../graph/use-graph';
import type { Asking } from '../../state/requests';
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
import { CycleCuts, CycleFree, EnteringTable, LeavingTable, MembersTable } from './CycleTables';
import { KnotPart, useKnot, useKnotGraph } from './KnotPart';
import './cycle.css';

/** One cycle: what ties it where it is large, drawn, or as tables of its members and of what crosses its border. */
export function CycleView({ place }: { place: PlaceOf<'cycle'> }) {
  const answer = useAnswer('cycle', [place.id]);
  const tab = place.tab ?? (answer.value && firstTab(answer.value));
  const drawn = useGraph({ cycle: place.id }, place.expanded, tab === 'graph');
  const knot = useKnot(place, tab === 'ties');
  const kinds = useKnotGraph(knot);
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
        <CycleTabs place={place} tab={tab} cycle={answer.value} />
        <span className="view-tools-gap" />
        {tab === 'graph' && <GraphTools subject={`cycle-${place.id}`} drawn={drawn} handle={handle} />}
        {tab === 'ties' && <GraphTools subject={`knot-${place.id}`} drawn={kinds} handle={handle} ofKinds />}
      </ViewTools>
      <div className="view-body">
        {answer.state === 'waiting' || tab === null ? (
          <Waiting what="members" />
        ) : (
          <Body place={place} tab={tab} drawn={drawn} knot={knot} kinds={kinds} handle={handle} />
        )}
      </div>
    </>
  );
}

/** Small cycles can be looked at as they are. */
function firstTab({ objects }: CycleRow): CycleTab {
  return objects > LARGE_CYCLE ? 'ties' : 'graph';
}

interface PartProps {
  place: PlaceOf<'cycle'>;
  tab: CycleTab;
  drawn: ShownGraph;
  knot: Asking<Knot>;
  kinds: ShownGraph;
  handle: React.RefObject<GraphHandle | null>;
}

function Body({ place, tab, drawn, knot, kinds, handle }: PartProps) {
  switch (tab) {
    case 'ties':
      return (
        <KnotPart
          key={`${place.id} ${place.without.join()}`}
          place={place}
          answer={knot}
          drawn={kinds}
          handle={handle}
        />
      );
    case 'graph':
      return <CycleGraph place={place} drawn={drawn} handle={handle} />;
    case 'free':
      return <CycleFree place={place} />;
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

function CycleTabs({ place, tab, cycle }: { place: PlaceOf<'cycle'>; tab: CycleTab | null; cycle: CycleRow | null }) {
  const counted = (word: string, count: number | undefined) => (
    <>
      {word} {count !== undefined && <Count value={count} />}
    </>
  );
  return (
    <Segments<CycleTab>
      label="What is shown of the cycle"
      choices={[
        ...(tab === 'ties' || (cycle !== null && cycle.objects > LARGE_CYCLE)
          ? [{ key: 'ties' as const, words: 'What ties it' }]
          : []),
        { key: 'graph', words: 'Graph' },
        { key: 'free', words: 'What lets go' },
        { key: 'cuts', words: 'Single references' },
        { key: 'members', words: counted('Members', cycle?.objects) },
        { key: 'entering', words: counted('Entering', cycle?.enteringTotal) },
        { key: 'leaving', words: counted('Leaving', cycle?.leavingTotal) },
      ]}
      current={tab ?? 'graph'}
      onChoose={(tab) => {
        go({ ...place, tab });
      }}
    />
  );
}
