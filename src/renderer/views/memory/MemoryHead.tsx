import type { RetentionTree } from '../../../../workers/api';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Bytes, Count, Fact } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';
import { ViewHead } from '../../ui/ViewHead';

/** What is shown, and what all of it comes to. */
export function MemoryHead({ place, tree }: { place: PlaceOf<'memory'>; tree: RetentionTree | null }) {
  const of = place.of === null ? null : (tree?.of ?? 'it');
  return (
    <ViewHead
      crumb={of === null ? undefined : <PlaceLink to={places.memory()}>Memory</PlaceLink>}
      title={of === null ? 'Memory' : <>What holds {shortGoName(of)}</>}
      facts={tree === null ? 'counting…' : <Facts place={place} tree={tree} />}
    />
  );
}

function Facts({ place, tree }: { place: PlaceOf<'memory'>; tree: RetentionTree }) {
  const unheld = tree.nodes.find(({ kind }) => kind === 'unheld');
  return (
    <>
      <Fact name={place.of === null ? 'reachable' : 'they are'}>
        <Bytes value={tree.whole.bytes} />
      </Fact>
      <Fact name="objects">
        <Count value={tree.whole.objects} />
      </Fact>
      <Fact name="nodes" title="Objects whose ways from a root are of the same kinds are one node">
        <Count value={tree.nodeCount} />
      </Fact>
      {unheld !== undefined && place.under === null && (
        <Fact name="apart, nothing holds">
          <PlaceLink to={{ ...place, under: unheld.id }}>
            <Bytes value={tree.unheld.bytes} />
          </PlaceLink>
        </Fact>
      )}
      <span>
        {place.by === 'path'
          ? 'each object once, on a shortest way from the roots'
          : 'each object once, below what it would go with'}
      </span>
    </>
  );
}
