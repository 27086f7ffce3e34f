import { useMemo } from 'react';
import { SEVERITIES } from '../../../../workers/api';
import type { DetectorRow, FindingRow } from '../../../../workers/api';
import { findingsMarkdown, thatLooked } from '../../../../workers/report';
import { useExports } from '../../state/exports';
import { download } from '../../ui/download';
import { baseName, useOpenDump, useSummary } from '../../state/dump';
import { useFindings } from '../../state/findings';
import { useNamesNow } from '../../state/naming';
import type { IgnoredFinding, JudgedFindings } from '../../state/findings';
import type { PlaceOf } from '../../state/place';
import { ChooseExecutable } from '../../ui/ChooseExecutable';
import { Failed, Sentence } from '../../ui/controls';
import { Bytes, Count, Fact } from '../../ui/figures';
import { counted } from '../../ui/format';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { usePhase } from '../../ui/use-phase';
import { FindingCard } from './FindingCard';
import { IgnoreFileTools } from './IgnoreFileTools';
import { useCardKeys } from './use-card-keys';
import './findings.css';

/** What looks wrong: a card each, worst first; below them what somebody expects or ignores, and who could not look. */
export function FindingsView({ place }: { place: PlaceOf<'findings'> }) {
  const found = useFindings();
  const { answer, open, ignored } = found;
  useFindingsExport(found);
  const keys = useCardKeys();
  // the worst one stands open until the person has opened another
  const opened = place.finding ?? open.at(0)?.id ?? null;
  return (
    <>
      <ViewHead title="Findings" facts={<FindingFacts found={found} />} />
      <ViewTools>
        <IgnoreFileTools />
      </ViewTools>
      <div className="view-body findings" onKeyDown={keys}>
        {answer.state === 'waiting' && <Looking />}
        {answer.state === 'failed' && <Failed error={answer.error} retry={answer.retry} />}
        {answer.state === 'ready' && open.length === 0 && (
          <NothingFound detectors={answer.value.detectors} besides={ignored.length > 0} />
        )}
        {open.map((finding) => (
          <FindingCard key={finding.id} place={place} finding={finding} entry={null} isOpen={finding.id === opened} />
        ))}
        {answer.state === 'ready' && answer.value.total > answer.value.rows.length && (
          <Sentence>Only the first {counted(answer.value.rows.length, 'finding')} are shown.</Sentence>
        )}
        {ignored.length > 0 && <IgnoredCards place={place} ignored={ignored} opened={opened} />}
        {answer.state === 'ready' && <Skipped detectors={answer.value.detectors} />}
      </div>
    </>
  );
}

function FindingFacts({ found: { answer, open, ignored } }: { found: JudgedFindings }) {
  if (answer.state !== 'ready') return <span>looking…</span>;
  const worst = open.filter(({ severity }) => severity === 'leak');
  return (
    <>
      {SEVERITIES.map((severity) => (
        <Fact key={severity} name={`${severity}s`}>
          <Count value={open.filter((finding) => finding.severity === severity).length} />
        </Fact>
      ))}
      {worst.length > 0 && (
        <Fact name="largest leak" title="Findings may hold the same objects, so their bytes do not add up.">
          <Bytes value={Math.max(...worst.map(({ bytes }) => bytes))} />
        </Fact>
      )}
      {ignored.length > 0 && (
        <Fact name="expected or ignored">
          <Count value={ignored.length} />
        </Fact>
      )}
    </>
  );
}

/** What runs now, while detectors do. */
function Looking() {
  const names = useNamesNow();
  const progress = usePhase('findings', true);
  if (names.state === 'coming')
    return <Sentence>What is wrong is told by names: it is looked for as soon as they are found.</Sentence>;
  if (progress === null) return <Sentence>Looking for what is wrong…</Sentence>;
  const { done, total, part } = progress;
  return (
    <Sentence>
      <progress
        className="progress findings-progress"
        value={done}
        max={total}
        aria-label="Detectors that are through"
      />
      <span>
        {done} of {total} detectors{part !== undefined && `: ${part}`}
      </span>
    </Sentence>
  );
}

/** `besides`: there are findings that somebody expects or ignores. */
function NothingFound({ detectors, besides }: { detectors: readonly DetectorRow[]; besides: boolean }) {
  const nothing = besides ? 'Nothing else was found' : 'Nothing was found';
  return (
    <section className="findings-none" aria-label={nothing}>
      <p>{nothing}. This is what was looked for:</p>
      <ul>
        {thatLooked(detectors).map(({ name, title }) => (
          <li key={name}>{title}</li>
        ))}
      </ul>
    </section>
  );
}

interface IgnoredCardsProps {
  place: PlaceOf<'findings'>;
  ignored: readonly IgnoredFinding[];
  opened: string | null;
}

/** Folded, not hidden. */
function IgnoredCards({ place, ignored, opened }: IgnoredCardsProps) {
  return (
    <details className="findings-fold" open={ignored.some(({ finding }) => finding.id === place.finding)}>
      <summary>{counted(ignored.length, 'finding')} expected or ignored</summary>
      {ignored.map(({ finding, entry }) => (
        <FindingCard key={finding.id} place={place} finding={finding} entry={entry} isOpen={finding.id === opened} />
      ))}
    </details>
  );
}

function Skipped({ detectors }: { detectors: readonly DetectorRow[] }) {
  const skipped = detectors.filter((detector) => detector.skipped !== null);
  const { executable } = useSummary().naming;
  if (skipped.length === 0) return null;
  return (
    <section className="findings-skipped" aria-label="Not looked at, or not everywhere">
      <h2>Not looked at, or not everywhere</h2>
      {executable?.matches !== true && <ChooseExecutable />}
      <dl>
        {skipped.map(({ name, title, skipped: why }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useFindingsExport({ answer, open, ignored }: JudgedFindings): void {
  const { file, summary } = useOpenDump();
  const detectors = answer.value?.detectors;
  const exports = useMemo(() => {
    if (detectors === undefined) return [];
    const judged = [
      ...open.map((finding: FindingRow) => ({ finding, ignored: null })),
      ...ignored.map(({ finding, entry }) => ({ finding, ignored: entry })),
    ];
    const { goVersion, architecture } = summary.dump;
    const about = `${baseName(file)}: ${goVersion}, ${architecture}, ${counted(summary.heap.objects, 'object')}.`;
    return [
      {
        label: 'Findings as Markdown',
        run: () => {
          const text = findingsMarkdown(about, judged, detectors);
          download(`${baseName(file)}.findings.md`, new Blob([text], { type: 'text/markdown' }));
        },
      },
    ];
  }, [file, summary, detectors, open, ignored]);
  useExports(exports);
}
