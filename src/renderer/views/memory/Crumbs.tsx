import { Fragment } from 'react';
import type { RetentionStep, RetentionTree } from '../../../../workers/api';
import { nodeName } from '../../../../workers/report';
import type { PlaceOf } from '../../state/place';
import { formatBytes, shortGoName } from '../../ui/format';
import { PlaceLink } from '../../ui/PlaceLink';

/** From the whole tree down to the node that is zoomed to, each step a way back. */
export function Crumbs({ place, tree }: { place: PlaceOf<'memory'>; tree: RetentionTree }) {
  const { above, nodes } = tree;
  const zoomed = place.under === null ? undefined : nodes.at(0);
  if (zoomed === undefined) return null;
  return (
    <nav className="memory-crumbs" aria-label="Zoomed to">
      <PlaceLink to={{ ...place, under: null, turned: [] }}>all {formatBytes(tree.whole.bytes)}</PlaceLink>
      {above.map((step) => (
        <Fragment key={step.id}>
          <span aria-hidden="true">→</span>
          <PlaceLink
            className="mono"
            title={wordsOf(step, (name) => name)}
            to={{ ...place, under: step.id, turned: [] }}
          >
            {wordsOf(step, shortGoName)}
          </PlaceLink>
        </Fragment>
      ))}
      <span aria-hidden="true">→</span>
      <strong className="mono" aria-current="true">
        {wordsOf(zoomed, shortGoName)}
      </strong>
    </nav>
  );
}

function wordsOf({ field, name }: Pick<RetentionStep, 'field' | 'name'>, words: (name: string) => string): string {
  const called = words(nodeName({ name }));
  return field === null ? called : `${field} ${called}`;
}
