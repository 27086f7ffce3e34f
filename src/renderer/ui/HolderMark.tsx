import { HOLDER_LOOKS, holderWords } from '../../../workers/api';
import type { CycleRow, Holder } from '../../../workers/api';

/** The mark of what holds a thing: a shape of its own besides its colour. Beside its word, never alone. */
export function HolderMark({ holder }: { holder: Holder }) {
  const { tone, mark } = HOLDER_LOOKS[holder];
  return (
    <svg className={`mark mark-${tone}`} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <path
        d={mark.path}
        fill={mark.hollow ? 'none' : 'currentColor'}
        fillRule="evenodd"
        stroke={mark.hollow ? 'currentColor' : 'none'}
        strokeWidth="1.4"
      />
    </svg>
  );
}

/** The colour token of a holder, as a CSS value. */
export function holderColour(holder: Holder): string {
  return `var(--${HOLDER_LOOKS[holder].tone})`;
}

/** What keeps a cycle, or the cycles of a shape, with when it goes on hover. */
export function HeldBy({ cycle }: { cycle: Pick<CycleRow, 'holder' | 'reason'> }) {
  return (
    <span className="held-by" title={cycle.reason}>
      <HolderMark holder={cycle.holder} />
      {holderWords(cycle.holder)}
    </span>
  );
}
