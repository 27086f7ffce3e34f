import type { ObjectDetail } from '../../../../workers/api';
import { Bytes, Count } from '../../ui/figures';

/** The stack that allocated the object, where the program's memory profile sampled it. */
export function AllocationStack({ object: { allocation } }: { object: ObjectDetail }) {
  if (allocation === null) return null;
  const { frames, size, allocs, frees } = allocation;
  return (
    <section className="reasons" aria-labelledby="allocation">
      <h2 id="allocation">Allocated by</h2>
      <ol>
        {frames.map(({ function: name, file, line }, index) => (
          // A recursive function appears as often as it is on the stack.
          <li key={index}>
            <span className="mono">{name}</span> <span className="muted">{`${file}:${line}`}</span>
          </li>
        ))}
      </ol>
      <p className="muted">
        <Bytes value={size} />, of which this stack allocated <Count value={allocs} /> and freed <Count value={frees} />{' '}
        in the program’s memory profile. Where a call was inlined, the function is the outer one; file and line are
        those of the inlined code.
      </p>
    </section>
  );
}
