import type { DetectorRow } from '../../../../workers/api';
import { thatLooked } from '../../../../workers/report';
import { useFindings } from '../../state/findings';
import { useNamesNow } from '../../state/naming';
import { places } from '../../state/place';
import { Failed, Sentence } from '../../ui/controls';
import { Bytes } from '../../ui/figures';
import { counted, formatCount, shortGoName } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';
import { SeverityMark } from '../../ui/SeverityMark';
import { Card } from './Card';

/** Findings shown; all of them have a view of their own. */
const SHOWN = 4;

/** What looks worst. */
export function FindingsCard() {
  const { answer, open, ignored } = useFindings();
  const names = useNamesNow();
  return (
    <Card
      title="Findings"
      note={ignored.length > 0 ? `${formatCount(ignored.length)} expected or ignored` : 'worst first'}
      end={
        <PlaceLink to={places.findings()}>
          all{answer.state === 'ready' ? ` ${formatCount(open.length)}` : ''}
        </PlaceLink>
      }
    >
      <ul className="card-rows findings-card">
        {answer.state === 'waiting' && (
          <Sentence>
            {names.state === 'coming' ? 'Looked for as soon as names are found.' : 'Looking for what is wrong…'}
          </Sentence>
        )}
        {answer.state === 'failed' && <Failed error={answer.error} retry={answer.retry} />}
        {answer.state === 'ready' && open.length === 0 && (
          <Sentence>
            Nothing {ignored.length > 0 ? 'else ' : ''}was found by{' '}
            {counted(thatLooked(answer.value.detectors).length, 'detector')}
            <CouldNotLook detectors={answer.value.detectors} />.
          </Sentence>
        )}
        {open.slice(0, SHOWN).map((finding) => (
          <li key={finding.id} className="card-row">
            <SeverityMark severity={finding.severity} />
            <PlaceLink to={places.findings(finding.id)} className="card-name card-finding" title={finding.title}>
              {shortGoName(finding.title)}
            </PlaceLink>
            <span className="card-figure">
              <Bytes value={finding.bytes} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function CouldNotLook({ detectors }: { detectors: readonly DetectorRow[] }) {
  const others = detectors.length - thatLooked(detectors).length;
  return others === 0 ? null : <>; {formatCount(others)} could not look, or not everywhere</>;
}
