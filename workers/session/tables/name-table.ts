/** All objects with what names them, as a list and as rows. */
import type { NameRow } from '../../api/rows';
import { shallowSize, valueAddress } from '../../graph/heap-graph';
import { objectAddress } from '../dump/address';
import { addressColumn, type Table } from '../list/table';
import type { OpenedDump } from '../dump/opened-dump';

export function nameTable({ graph }: OpenedDump): Table<'address'> {
  return {
    name: 'names',
    count: graph.objectCount,
    itemAt: (position) => position + 1,
    columns: { address: addressColumn((id) => valueAddress(graph, id)) },
  };
}

export function nameRow({ graph, naming }: OpenedDump, objectId: number): NameRow {
  const { type, evidence, reason } = naming.reportLine(objectId);
  return {
    address: objectAddress(graph, objectId),
    type: type === '' ? null : type,
    evidence,
    size: shallowSize(graph, objectId),
    reason,
  };
}
