import { useAnswer, useSummary } from '../../state/dump';
import { adjust, usePlace } from '../../state/navigation';
import { places, sameSelection, select } from '../../state/place';
import { Failed, Sentence, Waiting } from '../../ui/controls';
import { Bytes } from '../../ui/figures';
import { formatCount, plural } from '../../ui/format';
import { ClassMark, classWords } from '../../ui/HolderMark';
import { PlaceLink } from '../../ui/PlaceLink';
import { NOT_HARMLESS } from '../cycles/harmless';
import { Card } from './Card';
import { useFitting } from './use-fitting';

/** Rows asked for: more than any screen shows. */
const ASKED = 24;

/** The cycles of the heap that retain most, but for those that every program has. */
export function CyclesCard() {
  const { cycles } = useSummary();
  const [list, fitting] = useFitting<HTMLUListElement>();
  const place = usePlace();
  const answer = useAnswer('cycles', [
    { offset: 0, limit: ASKED, sort: { column: 'retained', descending: true }, filters: { class: NOT_HARMLESS } },
  ]);
  return (
    <Card
      title="Largest cycles"
      note="by retained size"
      end={<PlaceLink to={places.shapes()}>all {formatCount(cycles.count)}</PlaceLink>}
    >
      <ul className="card-rows" ref={list}>
        {answer.state === 'waiting' && <Waiting what="cycles" />}
        {answer.state === 'failed' && <Failed error={answer.error} retry={answer.retry} />}
        {answer.value?.total === 0 && <Sentence>No objects refer to each other in a ring.</Sentence>}
        {answer.value?.rows.slice(0, fitting).map((cycle) => (
          <li
            key={cycle.id}
            className={
              sameSelection(place.selected, { kind: 'cycle', id: cycle.id }) ? 'card-row card-selected' : 'card-row'
            }
            onClick={() => {
              adjust(select(place, { kind: 'cycle', id: cycle.id }));
            }}
          >
            <ClassMark cycle={cycle} />
            <PlaceLink to={places.cycle(cycle.id)} className="card-name" title={cycle.shape}>
              {plural(cycle.objects, 'object')}
            </PlaceLink>
            <span className="card-class muted" title={cycle.reason}>
              {classWords(cycle)}
            </span>
            <span className="card-detail faint" title={cycle.shape}>
              {cycle.shape}
            </span>
            <span className="card-figure">
              <Bytes value={cycle.retainedBytes} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
