import type { Stage } from '../state/dump';
import { baseName, closeDump, openDump, useDump } from '../state/dump';
import { Button } from '../ui/controls';
import { StartPage } from './StartPage';

/** What each kind of failure is called, and what to do that the message does not say. */
const TITLES: Record<string, { title: string; advice: string }> = {
  NotADump: {
    title: 'This is no Go heap dump',
    advice: 'A heap dump is what runtime/debug.WriteHeapDump writes. The heap profile of pprof is another thing.',
  },
  CannotRead: { title: 'The file cannot be read', advice: 'Check that it is there and that you may read it.' },
  EngineGone: {
    title: 'This window does not reach its engine',
    advice:
      'In a browser: heapknot serve prints an address that ends in #token=…. Open it here once; links to places work from then on.',
  },
  OutOfMemory: {
    title: 'This dump does not fit into memory',
    advice: 'Open it on a machine with more memory, or with the command line, which may use all of it.',
  },
};

const OTHERWISE = { title: 'The dump could not be opened', advice: 'Try again; another dump may open.' };

/** A dump that did not open: why, in the engine's words, and what to do. */
export function FailedScreen({ stage }: { stage: Extract<Stage, { name: 'failed' }> }) {
  const { file, error, message } = stage;
  const connected = useDump(({ host }) => host !== null);
  const { title, advice } = (error === null ? undefined : TITLES[error]) ?? OTHERWISE;
  return (
    <StartPage>
      <div className="failed" role="alert">
        <h1>{title}</h1>
        {file !== null && <p className="mono muted">{baseName(file)}</p>}
        <p className="failed-message">{message}</p>
        <p className="muted">{advice}</p>
        <p className="failed-actions">
          {connected && (
            <Button className="button-main" onClick={closeDump}>
              Back
            </Button>
          )}
          {file !== null && <Button onClick={() => void openDump(file)}>Try again</Button>}
        </p>
      </div>
    </StartPage>
  );
}
