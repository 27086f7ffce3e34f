import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Address } from '../../../../workers/api';
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
import { useTreeLines } from './dominator-tree';
import type { PagesOf, TreeLine, TreeNode } from './dominator-tree';
import './dominators.css';

/** Who alone holds what: the dominator tree as a table, unfolded level by level. */
export function DominatorsView({ place }: { place: PlaceOf<'dominators'> }) {
  const [pages, setPages] = useState<PagesOf>(new Map());
  const open = new Set(place.expanded);
  const lines = useTreeLines(open, pages);
  const { heap } = useSummary();
  const { selected } = place;

  const toggle = (address: Address): void => {
    const rest = place.expanded.filter((known) => known !== address);
    adjust({ ...place, expanded: open.has(address) ? rest : [...rest, address] });
  };
  const more = (of: TreeNode): void => {
    setPages((before) => new Map(before).set(of, (before.get(of) ?? 1) + 1));
  };
  const onKey = ({ key, altKey }: KeyboardEvent, line: TreeLine): boolean => {
    if (altKey) return false;
    if (line.kind === 'more' && key === 'Enter') return (more(line.of), true);
    if (line.kind !== 'object' || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false;
    if (line.open === (key === 'ArrowLeft') && line.row.children > 0) toggle(line.row.address);
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
          isSelected={(line) =>
            line.kind === 'object' && selected?.kind === 'object' && selected.address === line.row.address
          }
          onSelect={(line) => {
            if (line.kind === 'object') adjust(selectObject(place, line.row.address));
          }}
          onOpen={(line) => {
            if (line.kind === 'object') go(places.object(line.row.address));
          }}
          onKey={onKey}
          menu={(line) => (line.kind === 'object' ? <ObjectMenu object={line.row} /> : null)}
        />
      </div>
    </>
  );
}
