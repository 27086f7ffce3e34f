import { useSummary } from '../../state/dump';
import { places } from '../../state/place';
import { formatCount } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';
import { Card } from './Card';
import { useFitting } from './use-fitting';

/** The goroutines by state, those of the runtime told apart. */
export function GoroutinesCard() {
  const { goroutines } = useSummary();
  const [list, fitting] = useFitting<HTMLUListElement>();
  const states = Object.entries(goroutines.byState).sort(([, a], [, b]) => b - a);
  const most = Math.max(...states.map(([, count]) => count), 1);
  return (
    <Card
      title="Goroutines by state"
      note={`${formatCount(goroutines.user)} of the program, ${formatCount(goroutines.system)} of the runtime`}
      end={<PlaceLink to={places.goroutines()}>all {formatCount(goroutines.total)}</PlaceLink>}
    >
      <ul className="card-rows" ref={list}>
        {states.slice(0, fitting).map(([state, count]) => (
          <li key={state} className="card-row">
            <PlaceLink to={places.goroutines({ state })} className="card-name">
              {state}
            </PlaceLink>
            <span className="card-bar">
              <span style={{ width: `${((count / most) * 100).toFixed(1)}%` }} />
            </span>
            <span className="card-figure">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
