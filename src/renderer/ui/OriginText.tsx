import type { Address, RootLabel } from '../../../workers/api';
import { FieldText } from './FieldText';
import { AddressLink } from './figures';
import { RootText } from './RootText';

/** What refers: an object by its address, or a root, of which more or less is known. */
interface Origin {
  from: Address | 'root';
  root: RootLabel | null;
}

/** Who refers, as a line of a table. */
export function OriginText({ row: { from, root } }: { row: Origin }) {
  if (root !== null) return <RootText root={root} />;
  return from === 'root' ? <span className="muted">a root</span> : <AddressLink address={from} />;
}

/** The field that refers. A root's name says all of its place: the offset beside it counts from its segment, not from its variable. */
export function OriginField({ row }: { row: Origin & { field: string | null; offset: number | null } }) {
  return row.from === 'root' ? null : <FieldText field={row.field} offset={row.offset} />;
}
