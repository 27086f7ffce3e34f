import { useState } from 'react';
import type { Stage } from '../state/dump';
import { baseName, recover } from '../state/dump';
import { Button } from '../ui/controls';
import { StartPage } from './StartPage';

/** The engine has ended under the window: why, and the way to go on. */
export function GoneScreen({ stage }: { stage: Extract<Stage, { name: 'gone' }> }) {
  const [starting, setStarting] = useState(false);
  const { file, reason } = stage;
  const restart = (): void => {
    setStarting(true);
    void recover().finally(() => {
      setStarting(false);
    });
  };
  return (
    <StartPage>
      <div className="failed" role="alert">
        <h1>The engine has ended</h1>
        <p className="failed-message">{reason}</p>
        <p className="muted">The window and the dump on disk are untouched. Where you were is kept in the address.</p>
        <p className="failed-actions">
          <Button className="button-main" onClick={restart} disabled={starting}>
            {file === null ? 'Start it again' : `Start it again and reopen ${baseName(file)}`}
          </Button>
        </p>
      </div>
    </StartPage>
  );
}
