import { holderWords, ROOT_HOLDERS } from '../../../../workers/api';
import type { Holder } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { exactBytes, formatBytes, formatCount, formatShare } from '../../ui/format';
import { holderFilter } from '../../state/holder-filter';
import { places } from '../../state/place';
import type { Place } from '../../state/place';
import { PlaceLink } from '../../ui/PlaceLink';
import { HolderMark, holderColour } from '../../ui/HolderMark';
import { Card } from './Card';

/** What holds, by name: roots by kind where there are such roots, else the pools, else the objects themselves. */
function holdersOf(holder: Holder): Place {
  if (ROOT_HOLDERS.includes(holder)) return places.rootKinds({ holder: holderFilter(holder) });
  return holder === 'pool' ? places.pools() : places.objects({ held: holder });
}

/** The heap as one bar, split by what holds it. */
export function HeldByCard() {
  const { heap, heldBy } = useSummary();
  const shown = heldBy.filter(({ objects }) => objects > 0);
  return (
    <Card title="Held by" note="each byte counted once, what lasts longest first">
      <div className="held-bar" aria-hidden="true">
        {shown.map(({ holder, bytes }) => (
          <span
            key={holder}
            style={{ flexGrow: bytes, background: holderColour(holder) }}
            title={holderWords(holder)}
          />
        ))}
      </div>
      <ul className="held-legend">
        {shown.map(({ holder, objects, bytes }) => (
          <li
            key={holder}
            title={`${formatCount(objects)} objects, ${exactBytes(bytes)}, ${formatShare(bytes, heap.bytes)}`}
          >
            <HolderMark holder={holder} />
            <PlaceLink to={holdersOf(holder)}>{holderWords(holder)}</PlaceLink>{' '}
            <PlaceLink to={places.objects({ held: holder })}>{formatBytes(bytes)}</PlaceLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
