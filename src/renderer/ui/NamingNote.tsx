import { useNamesNow } from '../state/naming';
import { formatShare } from './format';

/** While names are on their way: that they are, how far, and what stands in for them. Nothing where they stand. */
export function NamingNote() {
  const { state, share, step, replacing } = useNamesNow();
  if (state !== 'coming') return null;
  return (
    <div className="naming-note">
      <progress className="progress" value={share ?? 0} max={1} aria-label="Names found" />
      <span>
        {replacing ? 'Other names are being found' : 'Names are being found'}
        {share !== null && `: ${formatShare(share, 1)}`}
        {step !== null && ` (${step})`}.
      </span>
      <span className="faint">
        {replacing
          ? 'Those that are shown stay until then.'
          : 'Until then types are told by size and by where pointers lie.'}
      </span>
    </div>
  );
}
