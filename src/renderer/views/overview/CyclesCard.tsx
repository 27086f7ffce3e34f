import { holderWords } from '../../../../workers/api';
import type { CycleShapeRow } from '../../../../workers/api';
import { useCycleCount } from '../../state/counts';
import { useAnswer } from '../../state/dump';
import { adjust, usePlace } from '../../state/navigation';
import { places, sameSelection, select } from '../../state/place';
import { Failed, Sentence, Waiting } from '../../ui/controls';
import { Bytes } from '../../ui/figures';
import { formatCount, counted, shortGoName } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import { PlaceLink } from '../../ui/PlaceLink';
import { NOT_HARMLESS } from '../../state/harmless';
import { Card } from './Card';
import { useFitting } from './use-fitting';

/** Rows asked for: more than any screen shows. */
const ASKED = 24;

/** The shapes of cycles that retain most, but for those that every program has. */
export function CyclesCard() {
  const count = useCycleCount();
  const [list, fitting] = useFitting<HTMLUListElement>();
  const answer = useAnswer('cycleShapes', [
    { offset: 0, limit: ASKED, sort: { column: 'retained', descending: true }, filters: { class: NOT_HARMLESS } },
  ]);
  return (
    <Card
      title="Largest cycles"
      note="by shape and retained size"
      end={<PlaceLink to={places.shapes()}>all{count === null ? '' : ` ${formatCount(count)}`}</PlaceLink>}
    >
      <ul className="card-rows" ref={list}>
        {answer.state === 'waiting' && <Waiting what="cycles" />}
        {answer.state === 'failed' && <Failed error={answer.error} retry={answer.retry} />}
        {answer.value?.total === 0 && <Sentence>No objects refer to each other in a ring.</Sentence>}
        {answer.value?.rows.slice(0, fitting).map((shape) => (
          <ShapeLine key={shape.first} row={shape} />
        ))}
      </ul>
    </Card>
  );
}

/** A click explains the largest of the cycles; the link leads to all of them, or to the only one. */
function ShapeLine({ row }: { row: CycleShapeRow }) {
  const place = usePlace();
  const largest = { kind: 'cycle', id: row.largest } as const;
  return (
    <li
      className={sameSelection(place.selected, largest) ? 'card-row card-selected' : 'card-row'}
      onClick={() => {
        adjust(select(place, largest));
      }}
    >
      <HolderMark holder={row.holder} />
      <PlaceLink
        to={row.count === 1 ? places.cycle(row.first) : places.cyclesLike(row.first, 'full')}
        className="card-name"
        title={row.shape}
      >
        {counted(row.count, 'cycle')}
      </PlaceLink>
      <span className="card-class muted" title={row.reason}>
        {holderWords(row.holder)}
      </span>
      <span className="card-detail faint" title={row.shape}>
        {shortGoName(row.shape)}
      </span>
      <span className="card-figure">
        <Bytes value={row.retainedBytes} />
      </span>
    </li>
  );
}
