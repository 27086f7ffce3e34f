import { useMemo } from 'react';
import type { KeyboardEvent } from 'react';
import type { RetentionTree } from '../../../../workers/api';
import { adjust } from '../../state/navigation';
import { select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { arraySource } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { nodeColumns } from './node-columns';
import { linesOf } from './node-lines';
import type { NodeLine } from './node-lines';
import { NodeMenu } from './NodeMenu';

interface NodeTableProps {
  place: PlaceOf<'memory'>;
  tree: RetentionTree;
  /** Bytes that shares are of. */
  whole: number;
  onZoom: (id: string, opens: boolean) => void;
}

/** The nodes of the flame graph as an indented table: the same rows, for who reads, counts or cannot see it. */
export function NodeTable({ place, tree, whole, onZoom }: NodeTableProps) {
  const lines = useMemo(() => linesOf(tree, new Set(place.turned)), [tree, place.turned]);
  const turn = (line: NodeLine): void => {
    const id = line.kind === 'node' ? line.node.id : line.turns;
    if (id === null) {
      // The answer does not have them: zooming brings them.
      if (line.kind === 'smaller' && line.under !== null) onZoom(line.under, true);
      return;
    }
    const rest = place.turned.filter((known) => known !== id);
    adjust({ ...place, turned: rest.length < place.turned.length ? rest : [...rest, id] });
  };
  const onKey = ({ key, altKey }: KeyboardEvent, line: NodeLine): boolean => {
    if (altKey) return false;
    if (line.kind === 'smaller' && key === 'Enter') return (turn(line), true);
    if (line.kind !== 'node' || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false;
    if (line.open === (key === 'ArrowLeft')) turn(line);
    return true;
  };
  const { selected } = place;
  return (
    <Table
      label="Nodes"
      what="nodes"
      columns={nodeColumns({ whole, upsideDown: tree.of !== null, onTurn: turn })}
      source={arraySource(lines)}
      empty="No recorded root reaches anything here."
      tree={(line) => ({ level: line.depth + 1, open: line.kind === 'node' ? line.open : null })}
      isSelected={(line) => line.kind === 'node' && selected?.kind === 'node' && selected.id === line.node.id}
      onSelect={(line) => {
        if (line.kind === 'node') adjust(select(place, { kind: 'node', by: place.by, id: line.node.id }));
      }}
      onOpen={(line) => {
        if (line.kind === 'node') onZoom(line.node.id, line.open !== null);
      }}
      onKey={onKey}
      menu={(line) => (line.kind === 'node' ? <NodeMenu place={place} tree={tree} node={line.node} /> : null)}
    />
  );
}
