import { HOLDER_LOOKS } from '../../../../workers/api';
import type { Address, ObjectDetail } from '../../../../workers/api';
import { askForName, canBeNamed } from '../../state/naming-dialog';
import { Button } from '../../ui/controls';
import { AddressLink, Bytes, Chip, Count, CycleLink, Fact, evidenceWords, GoName, TypeText } from '../../ui/figures';
import { HolderMark } from '../../ui/HolderMark';

export function ObjectTitle({ object }: { object: ObjectDetail }) {
  return (
    <>
      {(object.type ?? object.hint) !== null && <TypeText label={object} />}{' '}
      <span className="mono">{object.address}</span>
    </>
  );
}

const NO_REASON = 'Nothing tells its type: only its size and its pointers are known.';

/** What holds it, how surely its type is known, and what is particular about it. */
export function ObjectChips({ object }: { object: ObjectDetail }) {
  return (
    <>
      <Chip tone={HOLDER_LOOKS[object.holder].tone}>
        <HolderMark holder={object.holder} />
        {HOLDER_LOOKS[object.holder].words}
      </Chip>
      <Chip title={object.reason ?? NO_REASON}>{evidenceWords(object)}</Chip>
      {canBeNamed(object) && (
        <Button
          className="button-small"
          onClick={() => {
            askForName(object);
          }}
        >
          Name this type…
        </Button>
      )}
      {object.hasFinalizer && <Chip tone="finalizer">finalizer</Chip>}
    </>
  );
}

/** `asked` may point into the middle of the object. */
export function ObjectFacts({ object, asked }: { object: ObjectDetail; asked: Address }) {
  return (
    <>
      <span className="object-reason">
        {object.shape} · {object.reason ?? NO_REASON}
      </span>
      <Fact name="retains">
        <Bytes value={object.retainedSize} />
      </Fact>
      <Fact name="in">
        <Count value={object.retainedObjects} /> {object.retainedObjects === 1 ? 'object' : 'objects'}
      </Fact>
      <Fact name="distance">{object.distance === null ? 'not reached' : <Count value={object.distance} />}</Fact>
      <Fact name="dominated by">
        <Dominator object={object} />
      </Fact>
      {object.cycle !== null && (
        <Fact name="on">
          <CycleLink id={object.cycle} />
        </Fact>
      )}
      {object.finalizer !== null && (
        <Fact name="finalizer">
          <GoName name={object.finalizer} />
        </Fact>
      )}
      {object.slot !== object.address && (
        <Fact
          name="slot"
          title="The allocator's slot begins with a header that tells the type; the value comes after it."
        >
          <span className="mono">{object.slot}</span>
        </Fact>
      )}
      {asked !== object.address && (
        <Fact name="asked for">
          <span className="mono">{asked}</span>
        </Fact>
      )}
    </>
  );
}

function Dominator({ object: { dominator } }: { object: ObjectDetail }) {
  if (dominator === null) return <>nothing recorded</>;
  return dominator === 'root' ? <>the roots together</> : <AddressLink address={dominator} />;
}
