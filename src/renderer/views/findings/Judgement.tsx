import { useState } from 'react';
import type { FindingRow, IgnoreEntry, IgnoreState } from '../../../../workers/api';
import { ignoreFinding, restoreFinding } from '../../state/ignored';
import { Button, Segments } from '../../ui/controls';

const STATES = [
  { key: 'expected', words: 'Expected' },
  { key: 'ignored', words: 'Ignore' },
] as const;

interface JudgementProps {
  finding: FindingRow;
  entry: IgnoreEntry | null;
}

/** What the person has to say of a finding: that it is expected or ignored, and why. */
export function Judgement({ finding, entry }: JudgementProps) {
  const [asking, setAsking] = useState<'not yet' | 'now' | 'no more'>('not yet');
  if (entry !== null) {
    return (
      <Button
        className="button-small"
        onClick={() => {
          restoreFinding(finding);
        }}
      >
        Take back “{entry.state}”
      </Button>
    );
  }
  if (asking === 'now') {
    return (
      <ReasonForm
        finding={finding}
        onEnd={() => {
          setAsking('no more');
        }}
      />
    );
  }
  return (
    <Button
      className="button-small"
      // the keys go on from where they were
      autoFocus={asking === 'no more'}
      onClick={() => {
        setAsking('now');
      }}
    >
      Expected or ignore…
    </Button>
  );
}

function ReasonForm({ finding: { detector, key }, onEnd }: { finding: FindingRow; onEnd: () => void }) {
  const [state, setState] = useState<IgnoreState>('expected');
  const [reason, setReason] = useState('');
  return (
    <form
      className="judgement"
      onSubmit={(event) => {
        event.preventDefault();
        ignoreFinding({ detector, key, state, reason: reason.trim() });
        onEnd();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd();
      }}
    >
      <Segments label="How it is judged" choices={STATES} current={state} onChoose={setState} />
      <input
        className="field"
        aria-label="Reason"
        placeholder="Why? For whoever reads this next"
        value={reason}
        autoFocus
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <Button className="button-small button-main" type="submit" disabled={reason.trim() === ''}>
        Save
      </Button>
      <Button className="button-small" onClick={onEnd}>
        Cancel
      </Button>
    </form>
  );
}
