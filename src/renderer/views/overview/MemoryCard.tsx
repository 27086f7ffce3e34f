import { useAnswer } from '../../state/dump';
import { places, select } from '../../state/place';
import { Failed, Waiting } from '../../ui/controls';
import { Bytes, GoName } from '../../ui/figures';
import { formatCount, formatShare } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import { PlaceLink } from '../../ui/PlaceLink';
import { Card } from './Card';

/** Top nodes that have room. */
const SHOWN = 4;

/** The top levels of Memory: what holds most, each byte counted once. */
export function MemoryCard() {
  const answer = useAnswer('retention', [{ by: 'path', depth: 0, limit: 24 }]);
  if (answer.state === 'failed')
    return (
      <Card title="Memory">
        <Failed error={answer.error} retry={answer.retry} />
      </Card>
    );
  const tops = (answer.value?.nodes ?? []).filter(({ kind }) => kind === 'root').slice(0, SHOWN);
  const whole = answer.value?.whole.bytes ?? 0;
  return (
    <Card
      title="Memory"
      note="what it hangs on, from the roots down"
      end={<PlaceLink to={places.memory()}>all</PlaceLink>}
    >
      {answer.state === 'waiting' && <Waiting what="memory" />}
      <ul className="card-rows memory-tops">
        {tops.map(({ id, name, roots, holder, bytes }) => (
          <li key={id} className="card-row">
            <HolderMark holder={holder} />
            <PlaceLink
              to={{ ...select(places.memory(), { kind: 'node', by: 'path', id }), under: id }}
              className="card-name card-type"
            >
              <GoName name={name} />
            </PlaceLink>
            {roots > 1 && <span className="muted">× {formatCount(roots)}</span>}
            <span className="memory-top-share muted">{formatShare(bytes, whole)}</span>
            <span className="card-retained">
              <span className="table-bar" style={{ width: `${((bytes / Math.max(whole, 1)) * 100).toFixed(1)}%` }} />
              <span className="table-over-bar">
                <Bytes value={bytes} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
