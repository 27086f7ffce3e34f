import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ObjectDetail } from '../../../../workers/api';
import { useAnswer } from '../../state/dump';
import { Button, Failed, IconButton, Waiting } from '../../ui/controls';
import { Count, CycleLink } from '../../ui/figures';
import { avoidNothing, avoidWords, isEmpty } from './avoiding';
import type { Avoiding } from './avoiding';
import { PathSteps } from './PathSteps';

/** Paths asked for at once; the next ones come when a person walks there. */
const BATCH = 10;
const MOST_PATHS = 100;

interface PathTabProps {
  object: ObjectDetail;
  path: number;
  onPath: (path: number) => void;
}

/** The ways from roots to the object, shortest first, one at a time. */
export function PathTab({ object, path, onPath }: PathTabProps) {
  const [avoid, setAvoid] = useState<Avoiding>(avoidNothing);
  const count = Math.min((Math.floor(path / BATCH) + 1) * BATCH, MOST_PATHS);
  const answer = useAnswer('rootPaths', [{ address: object.address, count, avoid }]);
  const change = (next: Avoiding): void => {
    setAvoid(next);
    onPath(0);
  };
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  const avoided = !isEmpty(avoid) && <Avoided avoid={avoid} onChange={change} />;
  if (answer.state === 'waiting') {
    return (
      <>
        {avoided}
        <Waiting what="paths" />
      </>
    );
  }
  const { total, paths } = answer.value;
  const at = Math.max(Math.min(path, paths.length - 1), 0);
  const shown = paths.at(at);
  return (
    <>
      {avoided}
      {shown === undefined ? (
        <p className="alive-note">No other way leads to it: without what is avoided, it would be let go of.</p>
      ) : (
        <>
          <Pager at={at} known={paths.length} total={total} onPath={onPath} />
          <PathSteps path={shown} avoid={avoid} onAvoid={change} />
          {object.cycle !== null && (
            <p className="alive-cycle">
              ↻ on <CycleLink id={object.cycle} />
            </p>
          )}
        </>
      )}
    </>
  );
}

interface PagerProps {
  at: number;
  known: number;
  total: number;
  onPath: (path: number) => void;
}

function Pager({ at, known, total, onPath }: PagerProps) {
  const last = Math.min(total, MOST_PATHS) - 1;
  return (
    <div className="alive-pager" title="Paths from different roots, the nearest first">
      <span>
        path <Count value={at + 1} /> of <Count value={total} />
      </span>
      <IconButton
        label="Previous path"
        disabled={at <= 0}
        onClick={() => {
          onPath(at - 1);
        }}
      >
        <ChevronLeft size={14} />
      </IconButton>
      <IconButton
        label="Next path"
        disabled={at >= last || at >= known}
        onClick={() => {
          onPath(at + 1);
        }}
      >
        <ChevronRight size={14} />
      </IconButton>
    </div>
  );
}

/** What the paths shown do without, each with the way to allow it again. */
function Avoided({ avoid, onChange }: { avoid: Avoiding; onChange: (avoid: Avoiding) => void }) {
  return (
    <div className="alive-avoided">
      <span className="secondary">without</span>
      {avoidWords(avoid).map(({ words, without }) => (
        <Button
          key={words}
          className="button-small mono"
          title="Allow it again"
          onClick={() => {
            onChange(without);
          }}
        >
          {words} ×
        </Button>
      ))}
    </div>
  );
}
