import { holderWords } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { exactBytes, formatBytes, formatCount, formatShare } from '../../ui/format';
import { places } from '../../state/place';
import { PlaceLink } from '../../ui/PlaceLink';
import { HolderMark, holderColour } from '../../ui/HolderMark';
import { Card } from './Card';

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
            <PlaceLink to={places.objects({ held: holder })}>{holderWords(holder)}</PlaceLink> {formatBytes(bytes)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
