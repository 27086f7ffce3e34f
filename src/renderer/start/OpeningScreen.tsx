import type { PhaseProgress, Status } from '../../../workers/api';
import { PHASES } from '../../../workers/api';
import type { Stage } from '../state/dump';
import { baseName, cancelOpening } from '../state/dump';
import { Button } from '../ui/controls';
import { formatBytes, formatCount, formatDuration, formatShare } from '../ui/format';
import { PHASE_WORDS } from '../ui/phases';
import { StartPage } from './StartPage';

/** A dump on its way: each phase by name with what is done of it, speed, memory, and the way to stop. */
export function OpeningScreen({ stage }: { stage: Extract<Stage, { name: 'opening' }> }) {
  const { file, status, cancelling } = stage;
  return (
    <StartPage>
      <div className="opening">
        <div className="opening-head">
          <h1>
            Opening <span className="mono">{baseName(file)}</span>
          </h1>
          <Button onClick={cancelOpening} disabled={cancelling}>
            {cancelling ? 'Cancelling…' : 'Cancel'}
          </Button>
        </div>
        <ol className="phases" aria-label="Phases">
          {PHASES.map((phase) => (
            <PhaseLine
              key={phase}
              words={PHASE_WORDS[phase]}
              progress={status?.phases.find((entry) => entry.phase === phase) ?? null}
            />
          ))}
        </ol>
        <p className="secondary" role="status">
          {status === null ? 'Asking the engine…' : memoryLine(status)}
        </p>
      </div>
    </StartPage>
  );
}

function PhaseLine({ words, progress }: { words: string; progress: PhaseProgress | null }) {
  const share = progress === null ? 0 : progress.finished ? 1 : progress.total > 0 ? progress.done / progress.total : 0;
  const state = progress === null ? 'phase-waiting' : progress.finished ? 'phase-done' : 'phase-running';
  return (
    <li className={`phase ${state}`}>
      <span className="phase-words">{words}</span>
      <progress className="progress" value={share} max={1} aria-label={words} />
      <span className="phase-done">{progress === null ? '' : doneOf(progress)}</span>
      <span className="phase-speed">{progress === null ? '' : speed(progress)}</span>
    </li>
  );
}

function doneOf({ unit, done, total }: PhaseProgress): string {
  if (unit === 'objects') return `${formatCount(done)} of ${formatCount(total)} objects`;
  if (unit !== 'bytes') return formatShare(done, total);
  return `${formatBytes(done)} of ${formatBytes(total)} · ${formatShare(done, total)}`;
}

function speed({ unit, done, elapsedMs }: PhaseProgress): string {
  const time = formatDuration(elapsedMs);
  if (unit !== 'bytes' || elapsedMs < 50) return time;
  return `${time} · ${formatBytes((done / elapsedMs) * 1000)}/s`;
}

function memoryLine({ objects, memory }: Status): string {
  const expected = memory.estimate === null ? 'estimating the rest' : `about ${formatBytes(memory.estimate)} expected`;
  return `${formatCount(objects)} objects read · memory ${formatBytes(memory.used)} used, ${expected}`;
}
