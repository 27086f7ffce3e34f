import { useAnswer, useSummary } from '../../state/dump';
import { places } from '../../state/place';
import { Bytes, GoName } from '../../ui/figures';
import { formatCount } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';
import { Card } from './Card';
import { useFitting } from './use-fitting';

/** Rows asked for: more than any screen shows. */
const ASKED = 24;

/** The goroutines by state, and those that hold most. */
export function GoroutinesCard() {
  const { goroutines } = useSummary();
  const [list, fitting] = useFitting<HTMLDivElement>();
  const states = Object.entries(goroutines.byState).sort(([, a], [, b]) => b - a);
  const shown = Math.min(states.length, Math.max(fitting - 3, 2));
  return (
    <Card
      title="Goroutines by state"
      note={`${formatCount(goroutines.system)} of the runtime`}
      end={<PlaceLink to={places.goroutines()}>all {formatCount(goroutines.total)}</PlaceLink>}
    >
      <div className="card-rows" ref={list}>
        <ul>
          {states.slice(0, shown).map(([state, count]) => (
            <li key={state} className="card-row">
              <PlaceLink to={places.goroutines({ state })} className="card-name">
                {state}
              </PlaceLink>
              <span className="card-bar">
                <span style={{ width: `${((count / goroutines.total) * 100).toFixed(1)}%` }} />
              </span>
              <span className="card-figure">{formatCount(count)}</span>
            </li>
          ))}
        </ul>
        <TopGoroutines rows={fitting - shown - 1} />
      </div>
    </Card>
  );
}

/** The goroutines that retain most, as far as there is room. */
function TopGoroutines({ rows }: { rows: number }) {
  const answer = useAnswer('goroutines', [{ offset: 0, limit: ASKED, sort: { column: 'retained', descending: true } }]);
  const holding = (answer.value?.rows ?? []).filter(({ retainedBytes }) => retainedBytes > 0);
  if (rows < 1 || holding.length === 0) return null;
  return (
    <>
      <h3 className="card-subhead">Holding most</h3>
      <ul>
        {holding.slice(0, rows).map((goroutine) => (
          <li key={goroutine.id} className="card-row">
            <PlaceLink to={places.goroutine(goroutine.id)} className="card-name">
              {formatCount(goroutine.id)}
            </PlaceLink>
            <span className="card-detail">
              {goroutine.entry === null ? goroutine.state : <GoName name={goroutine.entry} />}
            </span>
            <span className="card-figure">
              <Bytes value={goroutine.retainedBytes} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
