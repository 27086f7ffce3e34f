import { AlertTriangle } from 'lucide-react';
import { useSummary } from '../../state/dump';
import { formatCount } from '../../ui/format';

/** What is missing from a dump that is not whole, and where reading stopped being sure. Nothing for one that is. */
export function DamageNote() {
  const { dump } = useSummary();
  const { problem, state } = dump;
  if (problem === null) return null;
  const record = problem.record === null ? 'between two records' : `in a record of kind “${problem.record}”`;
  return (
    <section className="damage" role="alert" aria-label="This dump is not whole">
      <AlertTriangle size={16} aria-hidden="true" />
      <div>
        <p>
          <strong>
            This dump is {state} at byte {formatCount(problem.offset)} of {formatCount(dump.bytes)},
          </strong>{' '}
          {record}: expected {problem.expected}, found {problem.found}. What stood before it is shown.
        </p>
        {problem.lost.length > 0 && <p>Missing: {problem.lost.join(', ')}.</p>}
      </div>
    </section>
  );
}
