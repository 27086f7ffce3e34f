import type { RootLabel } from '../../../workers/api';
import { places } from '../state/place';
import { GoName } from './figures';
import { HolderMark } from './HolderMark';
import { PlaceLink } from './PlaceLink';

/** A root as a line of a table: its mark, its place, the goroutine whose it is. */
export function RootText({ root }: { root: RootLabel }) {
  return (
    <>
      <HolderMark holder={root.holder} />
      <RootName root={root} />
      {root.weak && <span className="faint">weak</span>}
    </>
  );
}

/** The place that a root is, with the goroutine whose it is. A goroutine's own record is named after it. */
export function RootName({ root }: { root: RootLabel }) {
  const goroutine = root.goroutine === null ? null : places.goroutine(root.goroutine);
  if (goroutine !== null && root.kind === 'goroutine') {
    return (
      <PlaceLink to={goroutine} className="root-name mono" title={root.name}>
        {root.name}
      </PlaceLink>
    );
  }
  return (
    <>
      <GoName name={root.name} />
      {goroutine !== null && <PlaceLink to={goroutine}>goroutine&nbsp;{root.goroutine}</PlaceLink>}
    </>
  );
}
