import type { ObjectDetail } from '../../../../workers/api';
import { isAddress } from '../../state/place-query';
import { AddressLink } from '../../ui/figures';

/** Why the type is believed, from the object back to something that is exact by itself. Nothing where one sentence says it all: the head has it. */
export function Reasons({ object: { reasons } }: { object: ObjectDetail }) {
  if (reasons.length < 2) return null;
  return (
    <section className="reasons" aria-labelledby="reasons">
      <h2 id="reasons">Why we believe it</h2>
      <ol>
        {reasons.map((reason, index) => (
          // A chain never repeats itself, but two of its sentences may be alike.
          <li key={index}>
            <Linked sentence={reason} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A sentence whose addresses lead to their objects. */
function Linked({ sentence }: { sentence: string }) {
  // Offsets are written +0x10: only what stands alone is an address.
  const parts = sentence.split(/((?<!\+)0x[0-9a-f]+)/);
  return parts.map((part, index) => (isAddress(part) ? <AddressLink key={index} address={part} /> : part));
}
