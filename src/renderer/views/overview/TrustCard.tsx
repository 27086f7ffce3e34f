import type { Summary } from '../../../../workers/api';
import { executableNote, executableUse } from '../../../../workers/report';
import { differenceFromRuntime } from '../../parts/runtime-count';
import { takeNames, useSummary } from '../../state/dump';
import type { NamesNow } from '../../state/names-now';
import { useNamesNow } from '../../state/naming';
import { ChooseExecutable } from '../../ui/ChooseExecutable';
import { Button } from '../../ui/controls';
import { formatBytes, formatCount, formatShare } from '../../ui/format';
import { Card } from './Card';
import './trust.css';

/** How far what the window says can be relied on: what is named and by what, what was counted, and what this dump cannot tell. */
export function TrustCard() {
  const summary = useSummary();
  const { naming, heap, limits } = summary;
  const names = useNamesNow();
  const counted = names.state !== 'coming' || names.replacing;
  return (
    <Card title="How far to trust this">
      <div className="trust">
        {counted && (
          <dl className="trust-bars">
            <Share words="named exactly" part={naming.bytes.exact} whole={heap.bytes} tone="ok" />
            <Share words="likely" part={naming.bytes.likely} whole={heap.bytes} tone="accent" />
            <Share words="kind only" part={naming.bytes.kind} whole={heap.bytes} tone="faint" />
            <Share words="by shape only" part={naming.bytes.shape} whole={heap.bytes} tone="nothing" />
          </dl>
        )}
        <ul className="trust-notes">
          <li>{countSentence(summary)}</li>
          <li>
            <NamesFrom />
          </li>
          {heap.phantomRecords > 0 && (
            <li>
              {formatCount(heap.phantomRecords)} records ({formatBytes(heap.phantomBytes)}) are the allocator&apos;s own
              and are left out.
            </li>
          )}
          {otherWarnings(summary).map(({ code, message }) => (
            <li key={code + message} className="trust-warning">
              {message}
            </li>
          ))}
          {limits.map((limit) => (
            <li key={limit}>
              <details>
                <summary>{limit}</summary>
              </details>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

/** Which executable serves the names, what of it is used and how that was checked; the way to give one where there is none. */
function NamesFrom() {
  const { naming, dump } = useSummary();
  const { executable } = naming;
  const names = useNamesNow();
  if (names.state === 'coming') return <NamesComing names={names} />;
  if (names.state === 'stopped')
    return (
      <div className="trust-none">
        <strong className="trust-warning">Objects have no names: naming was stopped.</strong>
        <Button onClick={() => void takeNames().catch(() => undefined)}>Take names</Button>
      </div>
    );
  if (executable === null)
    return (
      <div className="trust-none">
        <strong>Names come from the dump alone.</strong>
        <ChooseExecutable />
      </div>
    );
  const note = executableNote(executable);
  const isDoubtful = dump.warnings.some(({ code }) => code === 'executable-mismatch');
  return (
    <>
      <strong className={isDoubtful ? 'trust-warning' : ''}>{executableUse(executable)}.</strong> {executable.verdict}
      {note !== null && ` ${note}`}
    </>
  );
}

function NamesComing({ names: { share, step, replacing } }: { names: NamesNow }) {
  return (
    <>
      <strong>{replacing ? 'Other names are being found' : 'Names are being found'}</strong>
      {share !== null && `: ${formatShare(share, 1)}`}
      {step !== null && ` (${step})`}.
    </>
  );
}

/** The executable has a line of its own. */
function otherWarnings({ dump }: Summary): Summary['dump']['warnings'] {
  return dump.warnings.filter(({ code }) => code !== 'executable-mismatch');
}

function Share({ words, part, whole, tone }: { words: string; part: number; whole: number; tone: string }) {
  const percent = whole > 0 ? (part / whole) * 100 : 0;
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        <span className="trust-bar">
          <span style={{ width: `${percent.toFixed(1)}%`, background: `var(--${tone})` }} />
        </span>
        <span className="trust-share mono">{formatShare(part, whole)}</span>
      </dd>
    </div>
  );
}

/** What was counted beside what the runtime says, whole numbers both. */
function countSentence(summary: Summary): string {
  const { heap, memstats } = summary;
  const counted = `${formatCount(heap.objects)} objects in ${formatCount(heap.bytes)} bytes were counted`;
  const difference = differenceFromRuntime(summary);
  if (memstats === null || difference === null) return `${counted}; the runtime's own count is not in this dump.`;
  if (difference.objects === 0 && difference.bytes === 0)
    return `${counted}: exactly HeapObjects and HeapAlloc of MemStats.`;
  const { HeapObjects = 0, HeapAlloc = 0 } = memstats;
  return `${counted}; MemStats says ${formatCount(HeapObjects)} in ${formatCount(HeapAlloc)}.`;
}
