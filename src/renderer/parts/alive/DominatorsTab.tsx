import type { ObjectDetail, ObjectRow } from '../../../../workers/api';
import { useAnswer } from '../../state/dump';
import { Failed, Waiting } from '../../ui/controls';
import { AddressLink, Bytes, TypeText } from '../../ui/figures';

/** The objects that all ways from the roots pass, from the roots down: letting go of one of them lets go of this. */
export function DominatorsTab({ object }: { object: ObjectDetail }) {
  const answer = useAnswer('dominatorChain', [object.address]);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  if (answer.state === 'waiting') return <Waiting what="dominators" />;
  const chain = answer.value.toReversed();
  return (
    <>
      <p className="alive-note">
        {chain.length === 0
          ? 'No single object holds it: roots, or several ways from them, lead to it.'
          : 'Every way from the roots passes each of these: without one of them, it would be let go of.'}
      </p>
      <ol className="steps">
        <li className="step">
          <span className="step-mark step-dot" aria-hidden="true" />
          <span className="step-name">the roots together</span>
        </li>
        {[...chain, object].map((row, index) => (
          <DominatorStep key={row.address} row={row} last={index === chain.length} />
        ))}
      </ol>
    </>
  );
}

function DominatorStep({ row, last }: { row: ObjectRow; last: boolean }) {
  return (
    <li className={last ? 'step step-last' : 'step'}>
      <span className="step-mark step-dot" aria-hidden="true" />
      <span className="step-name">
        {row.type === null ? <AddressLink address={row.address} /> : <TypeText label={row} />}
      </span>
      <span className="step-size mono">
        <Bytes value={row.retainedSize} />
      </span>
      <span className="step-under" title={row.shape}>
        {row.shape}
      </span>
    </li>
  );
}
