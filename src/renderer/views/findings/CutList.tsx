import type { CutRow } from '../../../../workers/api';
import { adjust } from '../../state/navigation';
import { selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { FieldText } from '../../ui/FieldText';
import { AddressLink, Bytes, TypeText } from '../../ui/figures';
import { counted } from '../../ui/format';
import { RootName } from '../../ui/RootText';

interface CutListProps {
  place: PlaceOf<'findings'>;
  cut: readonly CutRow[];
}

/** References which, cut, let objects go: from where, to what, and how much each frees. */
export function CutList({ place, cut }: CutListProps) {
  return (
    <ul className="cuts">
      {cut.map((row, at) => (
        <li
          // The list never changes.
          key={at}
          onClick={() => {
            adjust(selectObject(place, row.to));
          }}
        >
          <span className="cut-source">
            {row.root !== null && <RootName root={row.root} />}
            {row.from !== 'root' && (
              <>
                <AddressLink address={row.from} /> {row.fromLabel !== null && <TypeText label={row.fromLabel} />}{' '}
                <FieldText field={row.field} offset={row.offset} />
              </>
            )}
          </span>
          <span aria-label="to">→</span>
          <span className="cut-target">
            <AddressLink address={row.to} /> <TypeText label={row.toLabel} />
          </span>
          <span className="cut-frees" title={row.exact ? undefined : 'The search was bounded: more or less may go.'}>
            {row.exact ? 'frees' : 'frees about'} <Bytes value={row.bytes} /> in {counted(row.objects, 'object')}
          </span>
        </li>
      ))}
    </ul>
  );
}
