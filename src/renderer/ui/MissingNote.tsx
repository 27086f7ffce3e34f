import { missingHolders } from '../../../workers/api';
import { useSummary } from '../state/dump';

/** Of a dump that is not whole: which of the parts that hold objects are missing. Nothing where none is. */
export function MissingNote() {
  const { state, problem } = useSummary().dump;
  const missing = missingHolders(problem?.lost ?? []);
  if (missing === null) return null;
  return (
    <div className="missing-note">
      The file {state === 'truncated' ? 'ends early' : 'is damaged'}, without {missing}: what only they hold looks
      unreachable.
    </div>
  );
}
