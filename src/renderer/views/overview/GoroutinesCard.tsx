import { absentPart } from '../../../../workers/api';
import { useAnswer, useSummary } from '../../state/dump';
import { places } from '../../state/place';
import { Sentence } from '../../ui/controls';
import { Bytes, GoName } from '../../ui/figures';
import { formatCount } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';
import { Card } from './Card';

/** States and goroutines shown at most: the card below has more to say. */
const STATES = 4;
const HOLDERS = 3;

/** The goroutines by state, and those that hold most. */
export function GoroutinesCard() {
  const { dump, goroutines } = useSummary();
  const absent = absentPart(dump, 'goroutines and their stacks');
  const states = Object.entries(goroutines.byState).sort(([, a], [, b]) => b - a);
  return (
    <Card
      title="Goroutines by state"
      note={`${formatCount(goroutines.system)} of the runtime`}
      end={<PlaceLink to={places.stacks()}>all {formatCount(goroutines.total)}</PlaceLink>}
    >
      <div className="card-rows">
        <ul>
          {states.slice(0, STATES).map(([state, count]) => (
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
        {absent !== null && <Sentence>{absent}</Sentence>}
        <TopGoroutines />
      </div>
    </Card>
  );
}

/** The goroutines that retain most. */
function TopGoroutines() {
  const answer = useAnswer('goroutines', [
    { offset: 0, limit: HOLDERS, sort: { column: 'retained', descending: true } },
  ]);
  const holding = (answer.value?.rows ?? []).filter(({ retainedBytes }) => retainedBytes > 0);
  if (holding.length === 0) return null;
  return (
    <>
      <h3 className="card-subhead">Holding most</h3>
      <ul>
        {holding.map((goroutine) => (
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
