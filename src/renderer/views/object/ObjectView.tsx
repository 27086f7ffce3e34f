import { useRef } from 'react';
import type { ObjectDetail } from '../../../../workers/api';
import type { GraphHandle } from '../../graph/GraphView';
import { useGraph } from '../../graph/use-graph';
import { useAnswer } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places } from '../../state/place';
import type { ObjectTab, PlaceOf } from '../../state/place';
import { CopyButton, Failed, Segments, Sentence, Waiting } from '../../ui/controls';
import { Count } from '../../ui/figures';
import { PlaceLink } from '../../ui/PlaceLink';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { ObjectCuts, ObjectFree } from './ObjectCuts';
import { ObjectContents, Readings } from './ObjectContents';
import { ObjectGraph, ObjectGraphTools } from './ObjectGraph';
import { ObjectChips, ObjectFacts, ObjectTitle } from './ObjectHead';
import { DominatedTable, ReferencesTable, ReferrersTable } from '../../parts/reference-tables';
import './object.css';

/** One object: what it is, why that is believed, what it holds and what holds it. */
export function ObjectView({ place }: { place: PlaceOf<'object'> }) {
  const answer = useAnswer('object', [place.address]);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  if (answer.state === 'waiting') return <Waiting what="its facts" />;
  if (answer.value === null) {
    return (
      <Sentence>
        No object of this dump contains <span className="mono">{place.address}</span>: it lies between objects or
        outside of the heap.
      </Sentence>
    );
  }
  return <KnownObject place={place} object={answer.value} />;
}

function KnownObject({ place, object }: { place: PlaceOf<'object'>; object: ObjectDetail }) {
  const reading = place.reading ?? (object.type === null ? 'words' : 'values');
  const handle = useRef<GraphHandle>(null);
  const drawn = useGraph({ address: object.address }, place.expanded, place.tab === 'graph');
  return (
    <>
      <ViewHead
        crumb={<PlaceLink to={places.objects()}>Objects</PlaceLink>}
        title={<ObjectTitle object={object} />}
        chips={
          <>
            <CopyButton text={object.address} label="Copy the address" />
            <ObjectChips object={object} />
          </>
        }
        facts={<ObjectFacts object={object} asked={place.address} />}
      />
      <ViewTools>
        <ObjectTabs place={place} object={object} />
        <span className="view-tools-gap" />
        {place.tab === 'contents' && (
          <Readings
            current={reading}
            onChoose={(chosen) => {
              adjust({ ...place, reading: chosen });
            }}
          />
        )}
        {place.tab === 'graph' && <ObjectGraphTools address={object.address} drawn={drawn} handle={handle} />}
      </ViewTools>
      <div className="view-body">
        {place.tab === 'contents' && <ObjectContents object={object} reading={reading} />}
        {place.tab === 'references' && <ReferencesTable address={object.address} />}
        {place.tab === 'referrers' && <ReferrersTable address={object.address} />}
        {place.tab === 'free' && <ObjectFree place={place} address={object.address} />}
        {place.tab === 'cuts' && <ObjectCuts place={place} address={object.address} />}
        {place.tab === 'dominated' && <DominatedTable address={object.address} />}
        {place.tab === 'graph' && <ObjectGraph place={place} drawn={drawn} handle={handle} />}
      </div>
    </>
  );
}

function ObjectTabs({ place, object }: { place: PlaceOf<'object'>; object: ObjectDetail }) {
  const counted = (word: string, count: number) => (
    <>
      {word} <Count value={count} />
    </>
  );
  return (
    <Segments<ObjectTab>
      label="What is shown of the object"
      choices={[
        { key: 'contents', words: 'Contents' },
        { key: 'references', words: counted('References', object.references) },
        { key: 'referrers', words: counted('Referrers', object.referrers) },
        { key: 'free', words: 'What lets go' },
        { key: 'cuts', words: 'Single references' },
        { key: 'dominated', words: 'Dominated' },
        { key: 'graph', words: 'Graph' },
      ]}
      current={place.tab}
      onChoose={(tab) => {
        go({ ...place, tab });
      }}
    />
  );
}
