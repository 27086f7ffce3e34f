import type { HeldObjects } from '../../../../workers/api';
import { FreePart } from '../../parts/free/FreePart';
import { useAnswer } from '../../state/dump';
import { adjust } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Sentence } from '../../ui/controls';
import { Bytes, Count, Fact } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';
import { ViewHead } from '../../ui/ViewHead';

/** What would free objects that have no page of their own: those of a type, of a finding, of a node of the Memory view. */
export function FreeView({ place }: { place: PlaceOf<'free'> }) {
  if (place.of === null)
    return (
      <Sentence>This link does not say what is to be freed: choose a type, a finding or a node of Memory.</Sentence>
    );
  return <OfObjects place={place} of={place.of} />;
}

function OfObjects({ place, of }: { place: PlaceOf<'free'>; of: HeldObjects }) {
  const { selected } = place;
  const answer = useAnswer('free', [{ of }]);
  const freeing = answer.state === 'ready' ? answer.value : null;
  return (
    <>
      <ViewHead
        crumb={<PlaceLink to={places.memory()}>Memory</PlaceLink>}
        title={freeing ? `What would free ${shortGoName(freeing.target)}` : 'What would free it'}
        facts={
          freeing && (
            <>
              <Fact name="objects">
                <Count value={freeing.objects} />
              </Fact>
              <Fact name="own">
                <Bytes value={freeing.bytes} />
              </Fact>
              <Fact name="led to by">
                <Count value={freeing.ancestors.objects} />
              </Fact>
            </>
          )
        }
      />
      <div className="view-body">
        <FreePart
          of={of}
          cut={place.cut}
          onCut={(cut) => {
            adjust({ ...place, cut });
          }}
          selected={selected?.kind === 'object' ? selected.address : null}
          onSelect={(address) => {
            adjust(selectObject(place, address));
          }}
        />
      </div>
    </>
  );
}
