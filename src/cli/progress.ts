/** One line on standard error that tells what runs, while it runs. Only for a person at a terminal. */
import type { AnalysisSession, Phase, PhaseProgress, Status } from '../../workers/api';
import type { Io } from './io';
import { counted, formatBytes, formatCount, formatShare } from '../../workers/lib/format';

const EVERY_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

const WORDS: Record<Phase, string> = {
  read: 'reading',
  link: 'linking references',
  name: 'naming objects',
  reach: 'marking what roots reach',
  components: 'finding cycles',
  dominators: 'computing dominators',
  cycles: 'describing cycles',
  distances: 'measuring distances',
  knot: 'finding what ties the cycle:',
  findings: 'looking for what is wrong',
  sort: 'sorting',
};

/** Starts showing; the returned function takes the line away again. */
export function showProgress(io: Io, session: AnalysisSession): () => Promise<void> {
  if (!io.err.isTerminal) return async () => {};
  let shown = false;
  let stopped = false;
  const show = async (): Promise<void> => {
    const status = await session.status();
    const line = progressLine(status);
    if (stopped || line === null) return;
    shown = true;
    await io.err.write(`${CLEAR_LINE}${line.slice(0, (io.err.columns ?? 80) - 1)}`);
  };
  // A status or a terminal that fails must not end the answer that it only accompanies.
  const timer = setInterval(() => void show().catch(() => {}), EVERY_MS);
  return async () => {
    stopped = true;
    clearInterval(timer);
    if (shown) await io.err.write(CLEAR_LINE);
  };
}

/** `reading 212.0 MiB of 471.0 MiB · 3,400,000 objects`; null while nothing runs. */
function progressLine(status: Status): string | null {
  const phase = status.phases.find((candidate) => candidate.phase === status.running);
  if (phase === undefined) return null;
  const amount = amountOf(phase);
  const objects = phase.unit === 'bytes' ? ` · ${counted(status.objects, 'object')}` : '';
  return `${WORDS[phase.phase]} ${amount}${objects}`;
}

function amountOf({ unit, done, total, part }: PhaseProgress): string {
  switch (unit) {
    case 'bytes':
      return `${formatBytes(done)} of ${formatBytes(total)}`;
    case 'objects':
      return `${formatCount(done)} of ${counted(total, 'object')}`;
    case 'steps':
      return `${formatShare(done, total)}${part === undefined ? '' : `: ${part}`}`;
    case 'kinds':
      return `${formatCount(done)} of ${counted(total, 'kind')} of references tried${part === undefined ? '' : `, ${part}`}`;
    case 'detectors':
      return `${formatCount(done)} of ${counted(total, 'detector')}${part === undefined ? '' : `: ${part}`}`;
  }
}
