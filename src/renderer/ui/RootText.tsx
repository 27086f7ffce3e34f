import type { RootLabel } from '../../../workers/api';
import { places } from '../state/place';
import { shortGoName } from './format';
import { HolderMark, holderOfRoot } from './HolderMark';
import { PlaceLink } from './PlaceLink';

/** A root as a line of a table: its mark, its place, the goroutine whose it is. */
export function RootText({ root }: { root: RootLabel }) {
  return (
    <>
      <HolderMark holder={root.weak ? 'stack word' : holderOfRoot(root.kind)} />
      <span className="root-name mono" title={root.name}>
        {shortGoName(root.name)}
      </span>
      {root.weak && <span className="faint">weak</span>}
      {root.goroutine !== null && (
        <PlaceLink to={places.goroutine(root.goroutine)}>goroutine&nbsp;{root.goroutine}</PlaceLink>
      )}
    </>
  );
}
