import type { Severity } from '../../../workers/api';
import { useCounts } from '../state/counts';
import { usePlace } from '../state/navigation';
import { formatCount } from '../ui/format';
import { PlaceLink } from '../ui/PlaceLink';
import { SeverityMark } from '../ui/SeverityMark';
import { GROUPS, LINES, lineOf } from '../views/registry';

/** The views, in groups, with what is in them. */
export function Rail() {
  const { counts, worst } = useCounts();
  const current = lineOf(usePlace().view);
  return (
    <nav className="rail" aria-label="Views">
      {GROUPS.map((group) => (
        <div key={group} className="rail-group">
          {group !== '' && <h2>{group}</h2>}
          <ul>
            {LINES.filter((line) => line.group === group).map((line) => (
              <li key={line.view}>
                <RailLink
                  line={line}
                  current={line.view === current}
                  count={line.count === null ? null : counts[line.count]}
                  worst={line.view === 'findings' ? worst : null}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface RailLinkProps {
  line: (typeof LINES)[number];
  current: boolean;
  count: number | null;
  worst: Severity | null;
}

function RailLink({ line, current, count, worst }: RailLinkProps) {
  const Icon = line.icon;
  return (
    <PlaceLink
      to={line.place()}
      className="rail-link"
      title={`G ${line.key.toUpperCase()}`}
      aria-current={current ? 'page' : undefined}
    >
      <Icon size={15} aria-hidden="true" />
      <span className="rail-words">{line.word}</span>
      {worst && <SeverityMark severity={worst} />}
      {count !== null && <span className="rail-count">{formatCount(count)}</span>}
    </PlaceLink>
  );
}
