import { ContextMenu } from 'radix-ui';
import { useState } from 'react';
import type { EvidenceRow } from '../../../../workers/api';
import { adjust } from '../../state/navigation';
import { places, sameSelection, select } from '../../state/place';
import type { PlaceOf, Selection } from '../../state/place';
import { Button } from '../../ui/controls';
import { AddressLink, CycleLink, GoName, TypeText } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { ObjectMenu } from '../../ui/ObjectMenu';
import { PlaceLink } from '../../ui/PlaceLink';

interface EvidenceListProps {
  place: PlaceOf<'findings'>;
  evidence: readonly EvidenceRow[];
}

/** Lines shown until the person asks for the rest: the strongest come first. */
const FIRST = 6;

/** What proves a finding, a line each; a line that is chosen is explained on the right, its link leads to the thing's page. */
export function EvidenceList({ place, evidence }: EvidenceListProps) {
  const [all, setAll] = useState(false);
  if (evidence.length === 0) return null;
  const shown = all || evidence.length <= FIRST + 1 ? evidence : evidence.slice(0, FIRST);
  return (
    <ul className="evidence">
      {shown.map((row, at) => (
        // The same thing may prove two things, and the list never changes.
        <Evidence key={at} place={place} row={row} />
      ))}
      {shown.length < evidence.length && (
        <li>
          <Button
            className="button-small"
            onClick={() => {
              setAll(true);
            }}
          >
            {evidence.length - shown.length} more
          </Button>
        </li>
      )}
    </ul>
  );
}

function Evidence({ place, row }: { place: PlaceOf<'findings'>; row: EvidenceRow }) {
  const selection = selectionOf(row);
  const selected = selection !== null && sameSelection(place.selected, selection);
  const line = (
    <li
      className={selected ? 'evidence-selected' : undefined}
      onClick={() => {
        if (selection !== null) adjust(select(place, selection));
      }}
    >
      <span className="evidence-what">
        <What row={row} />
      </span>
      <span title={row.text}>{shortGoName(row.text)}</span>
    </li>
  );
  if (row.kind !== 'object') return line;
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{line}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          <ObjectMenu object={{ ...row.label, address: row.address }} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function selectionOf(row: EvidenceRow): Selection | null {
  switch (row.kind) {
    case 'object':
      return { kind: 'object', address: row.address };
    case 'cycle':
      return { kind: 'cycle', id: row.cycle };
    case 'goroutine':
      return null;
  }
}

function What({ row }: { row: EvidenceRow }) {
  switch (row.kind) {
    case 'object':
      return (
        <>
          <AddressLink address={row.address} /> <TypeText label={row.label} />
        </>
      );
    case 'goroutine':
      return (
        <>
          <PlaceLink to={places.goroutine(row.goroutine)}>goroutine&nbsp;{row.goroutine}</PlaceLink>{' '}
          {row.entry !== null && <GoName name={row.entry} />}
        </>
      );
    case 'cycle':
      return <CycleLink id={row.cycle} />;
  }
}
