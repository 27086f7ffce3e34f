import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { FindingRow, IgnoreEntry } from '../../../../workers/api';
import { findingMarkdown } from '../../../../workers/report';
import { adjust } from '../../state/navigation';
import { NO_FINDING, places, select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { CopyButton } from '../../ui/controls';
import { shortGoName } from '../../ui/format';
import { Bytes, Chip, Count } from '../../ui/figures';
import { PlaceLink } from '../../ui/PlaceLink';
import { SeverityMark } from '../../ui/SeverityMark';
import { CutList } from './CutList';
import { EvidenceList } from './EvidenceList';
import { Judgement } from './Judgement';

interface FindingCardProps {
  place: PlaceOf<'findings'>;
  finding: FindingRow;
  /** What the person has said of it; null where nothing. */
  entry: IgnoreEntry | null;
  isOpen: boolean;
}

/** One finding: its line, and all about it while it is open. */
export function FindingCard({ place, finding, entry, isOpen }: FindingCardProps) {
  const { id, severity, title, bytes, objects, confidence } = finding;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const toggle = (): void => {
    adjust(isOpen ? { ...place, finding: NO_FINDING } : opened(place, finding));
  };
  const article = useRef<HTMLElement>(null);
  const isAskedFor = place.finding === id;
  useEffect(() => {
    if (isAskedFor) article.current?.scrollIntoView({ block: 'nearest' });
  }, [isAskedFor]);
  return (
    <article ref={article} className="finding" aria-label={title}>
      <button type="button" className="finding-head" aria-expanded={isOpen} onClick={toggle}>
        <Chevron size={14} aria-hidden="true" />
        <SeverityMark severity={severity} />
        <span className="finding-title" title={title}>
          {shortGoName(title)}
        </span>
        <span className="finding-bytes">
          <Bytes value={bytes} />
        </span>
      </button>
      <p className="finding-facts">
        <Chip tone={confidence === 'certain' ? 'ok' : confidence === 'likely' ? 'warn' : 'plain'}>{confidence}</Chip>
        <span>
          <Count value={objects} /> {objects === 1 ? 'object' : 'objects'}
        </span>
        {entry !== null && (
          <span className="finding-judged">
            {entry.state}: {entry.reason}
          </span>
        )}
      </p>
      {isOpen && <FindingBody place={place} finding={finding} entry={entry} />}
    </article>
  );
}

/** The place with a finding open, and its first object explained. */
function opened(place: PlaceOf<'findings'>, { id, evidence }: FindingRow): PlaceOf<'findings'> {
  const object = evidence.find((row) => row.kind === 'object');
  const there = { ...place, finding: id };
  return object === undefined ? there : select(there, { kind: 'object', address: object.address });
}

function FindingBody({ place, finding, entry }: Omit<FindingCardProps, 'isOpen'>) {
  const { basis, why, fix, before, after, evidence, cut } = finding;
  return (
    <div className="finding-body">
      <Section title="Why we believe it">
        <p>{basis}</p>
        <EvidenceList place={place} evidence={evidence} />
      </Section>
      <Section title="Why it matters">
        <p>{why}</p>
      </Section>
      <Section title="How to fix it">
        <p>{fix}</p>
        <div className="finding-code">
          {before !== null && <Code title="Before" code={before} />}
          {after !== null && <Code title="After" code={after} />}
        </div>
      </Section>
      {cut.length > 0 && (
        <Section title="What would let go">
          <CutList place={place} cut={cut} />
        </Section>
      )}
      <footer className="finding-foot">
        <Judgement finding={finding} entry={entry} />
        {evidence.length > 0 && <PlaceLink to={places.memory({ finding: finding.id })}>What holds it</PlaceLink>}
        <span className="finding-key faint mono" title="What an ignore file knows it by: the detector and a key">
          {finding.detector}: {finding.key}
        </span>
        {evidence.some(({ kind }) => kind !== 'goroutine') && (
          <PlaceLink to={places.free({ finding: finding.id })}>What would free it, by kind</PlaceLink>
        )}
        <CopyButton text={findingMarkdown(finding)} label="Copy as Markdown" />
      </footer>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Code({ title, code }: { title: string; code: string }) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <pre>{code.trimEnd()}</pre>
    </figure>
  );
}
