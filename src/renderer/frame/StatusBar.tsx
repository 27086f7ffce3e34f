import type { NamesStatus, Status, Summary } from '../../../workers/api';
import { differenceFromRuntime, isTelling } from '../parts/runtime-count';
import { baseName, takeNames, useDump, useOpenDump } from '../state/dump';
import { useNamesNow } from '../state/naming';
import { Bytes, Count } from '../ui/figures';
import { formatBytes, formatCount, formatShare } from '../ui/format';
import { PHASE_WORDS } from '../ui/phases';

/** The line at the bottom: how much there is, how far it is understood, whether it agrees with the runtime, what runs. */
export function StatusBar() {
  const { file, summary } = useOpenDump();
  const { heap, dump } = summary;
  const status = useDump((state) => state.status);
  const { exact, likely, kind } = summary.naming.bytes;
  const names = useNamesNow();
  return (
    <footer className="status" aria-label="Status">
      <span>
        <Count value={heap.objects} /> objects · <Bytes value={heap.bytes} />
      </span>
      <span>reachable {formatShare(heap.reachableBytes, heap.bytes)}</span>
      <span>
        {names.state === 'coming' && !names.replacing
          ? 'names are being found'
          : `named ${formatShare(exact + likely + kind, heap.bytes)}`}
      </span>
      <AgreementNote summary={summary} />
      <span className="status-end">
        {status !== null && status.running !== null && <Running status={status} />}
        {status !== null && <NoNames names={status.names} summary={summary} />}
        {status !== null && (
          <span title={`at most ${formatBytes(status.memory.peak)} so far`}>
            engine {formatBytes(status.memory.used)}
          </span>
        )}
        <span className={dump.state === 'whole' ? undefined : 'status-bad'}>
          {baseName(file)} · {dump.state}
          {dump.problem !== null && ` at byte ${formatCount(dump.problem.offset)}`}
        </span>
      </span>
    </footer>
  );
}

/** Whether the objects counted are those that the runtime counted. */
function AgreementNote({ summary }: { summary: Summary }) {
  const off = differenceFromRuntime(summary);
  if (off === null) return <span>the runtime&apos;s own count is missing</span>;
  if (off.objects === 0 && off.bytes === 0) return <span>equals the runtime&apos;s own count</span>;
  return (
    <span className={isTelling(summary) ? 'status-bad' : undefined}>
      differs from the runtime&apos;s count: {signed(off.objects, formatCount)} objects,{' '}
      {signed(off.bytes, formatBytes)}
    </span>
  );
}

function signed(value: number, format: (value: number) => string): string {
  return value < 0 ? `−${format(-value)}` : `+${format(value)}`;
}

/** What the engine works at, with the way to stop it. */
function Running({ status }: { status: Status }) {
  const host = useDump((state) => state.host);
  // names come behind all questions: what goes first is told first
  const under = status.phases.filter(({ finished }) => !finished);
  const phase = under.find((entry) => entry.phase !== 'name') ?? under.at(0);
  if (phase === undefined) return null;
  return (
    <span className="status-running">
      {PHASE_WORDS[phase.phase]}
      {phase.total > 0 && ` ${formatShare(phase.done, phase.total)}`}
      {phase.phase === 'knot' && phase.part !== undefined && `: ${phase.part}`}
      <button type="button" className="status-cancel" onClick={() => void host?.session.cancel()}>
        Cancel
      </button>
    </span>
  );
}

/** Where naming was stopped or failed: why, and the way to take names after all. */
function NoNames({ names, summary }: { names: NamesStatus; summary: Summary }) {
  const missing = summary.dump.warnings.find(({ code }) => code === 'names-missing');
  if (names.running || (names.generation > 0 && missing === undefined)) return null;
  return (
    <span className="status-bad" title={missing?.message ?? names.problem ?? 'Naming was stopped.'}>
      objects have no names{' '}
      <button type="button" className="status-cancel" onClick={() => void takeNames().catch(() => undefined)}>
        Take names
      </button>
    </span>
  );
}
