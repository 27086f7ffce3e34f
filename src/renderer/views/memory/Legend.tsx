import type { FlameFills } from '../../../../workers/report';
import { shortGoName } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';

/** What the hues say: those that occur. */
export function Legend({ legend }: { legend: FlameFills['legend'] }) {
  return (
    <ul className="memory-legend" aria-label="Legend">
      {legend.map(({ words, holder, fill }) => (
        <li key={words} title={words}>
          <span className="memory-hue" style={{ background: fill }}>
            {holder !== null && <HolderMark holder={holder} />}
          </span>
          {holder === null ? shortGoName(words) : words}
        </li>
      ))}
    </ul>
  );
}
