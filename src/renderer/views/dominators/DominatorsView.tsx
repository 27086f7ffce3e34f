import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Address } from '../../../../workers/api';
import { branchKey, type Branch } from '../../state/branch';
import { useSummary } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Bytes, Fact } from '../../ui/figures';
import { ObjectMenu } from '../../ui/ObjectMenu';
import { arraySource } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead } from '../../ui/ViewHead';
import { treeColumns } from './tree-columns';
import { branchOf, useTreeLines } from './dominator-tree';
import type { PagesOf, TreeLine } from './dominator-tree';
import './dominators.css';

/** Who alone holds what: the dominator tree as a table, unfolded level by level; below each object one line a type. */
export function DominatorsView({ place }: { place: PlaceOf<'dominators'> }) {
  const [pages, setPages] = useState<PagesOf>(new Map());
  const open = new Set(place.expanded);
  const lines = useTreeLines(open, pages);
  const { heap } = useSummary();
  const { selected } = place;

  const toggle = (branch: Branch): void => {
    const key = branchKey(branch);
    const rest = place.expanded.filter((known) => known !== key);
    adjust({ ...place, expanded: open.has(key) ? rest : [...rest, key] });
  };
  const more = (of: Branch): void => {
    const key = branchKey(of);
    setPages((before) => new Map(before).set(key, (before.get(key) ?? 1) + 1));
  };
  const onKey = ({ key, altKey }: KeyboardEvent, line: TreeLine): boolean => {
    if (altKey) return false;
    if (line.kind === 'more' && key === 'Enter') return (more(line.of), true);
    const branch = branchOf(line);
    if (!('open' in line) || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false;
    if (line.open === (key === 'ArrowLeft') && branch !== null) toggle(branch);
    return true;
  };
  return (
    <>
      <ViewHead
        title="Dominators"
        facts={
          <>
            <Fact name="reachable">
              <Bytes value={heap.reachableBytes} />
            </Fact>
            <span>an object retains what would be freed with it: all that no root reaches past it</span>
          </>
        }
      />
      <div className="view-body">
        <Table
          label="Dominators"
          what="objects"
          columns={treeColumns({ whole: heap.bytes, toggle, more })}
          source={arraySource(lines)}
          empty="No root of this dump reaches an object."
          isSelected={(line) => selected?.kind === 'object' && selected.address === objectOf(line)}
          onSelect={(line) => {
            const object = objectOf(line);
            if (object !== null) adjust(selectObject(place, object));
          }}
          onOpen={(line) => {
            if (line.kind === 'object') go(places.object(line.row.address));
            if (line.kind === 'type') toggle(line.branch);
          }}
          onKey={onKey}
          menu={(line) => (line.kind === 'object' ? <ObjectMenu object={line.row} /> : null)}
        />
      </div>
    </>
  );
}

/** The object that a line is explained by: itself, or of a type the one that retains most. */
function objectOf(line: TreeLine): Address | null {
  if (line.kind === 'object') return line.row.address;
  return line.kind === 'type' && !line.open ? line.row.largest.address : null;
}
