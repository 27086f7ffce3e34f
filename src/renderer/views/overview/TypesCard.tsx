import { useAnswer } from '../../state/dump';
import { adjust, usePlace } from '../../state/navigation';
import { places, sameSelection, select } from '../../state/place';
import { Failed, Sentence, Waiting } from '../../ui/controls';
import { Bytes, Count, TypeText } from '../../ui/figures';
import { formatCount } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';
import { typeLabel } from '../../parts/type-label';
import { Card } from './Card';
import { useFitting } from './use-fitting';

/** Rows asked for: more than any screen shows. */
const ASKED = 24;

/** The types whose objects retain most. */
export function TypesCard() {
  const [list, fitting] = useFitting<HTMLUListElement>();
  const place = usePlace();
  const answer = useAnswer('types', [{ offset: 0, limit: ASKED, sort: { column: 'retained', descending: true } }]);
  const most = answer.value?.rows.at(0)?.retainedBytes ?? 0;
  return (
    <Card
      title="Types by retained size"
      end={
        <PlaceLink to={places.types()}>
          all{answer.value === null ? '' : ` ${formatCount(answer.value.total)}`}
        </PlaceLink>
      }
    >
      <div className="card-columns" aria-hidden="true">
        <span>Type</span>
        <span>Objects</span>
        <span>Retained</span>
      </div>
      <ul className="card-rows" ref={list}>
        {answer.state === 'waiting' && <Waiting what="types" />}
        {answer.state === 'failed' && <Failed error={answer.error} retry={answer.retry} />}
        {answer.value?.total === 0 && <Sentence>There are no objects in this dump.</Sentence>}
        {answer.value?.rows.slice(0, fitting).map((type) => {
          const selection = { kind: 'type' as const, name: type.name, shape: type.shape };
          return (
            <li
              key={`${type.name}|${type.shape}`}
              className={sameSelection(place.selected, selection) ? 'card-row card-selected' : 'card-row'}
              onClick={() => {
                adjust(select(place, selection));
              }}
            >
              <PlaceLink to={places.objectsOf(type.name, type.shape)} className="card-name card-type">
                <TypeText label={typeLabel(type)} />
              </PlaceLink>
              <span className="card-count">
                <Count value={type.objects} />
              </span>
              <span className="card-retained">
                <span
                  className="table-bar"
                  style={{ width: `${most > 0 ? ((type.retainedBytes / most) * 100).toFixed(1) : 0}%` }}
                />
                <span className="table-over-bar">
                  <Bytes value={type.retainedBytes} />
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
