/** Pools as a list and as rows, and their items. */
import type { PoolItem, PoolItemKind, PoolRow, PoolShare } from '../../api/lens-rows';
import type { PoolColumn } from '../../api/session';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import type { PoolItem as FoundItem } from '../../values/pool-summary';
import { formatAddress, objectAddress } from '../dump/address';
import { addressColumn, bytesColumn, countColumn, numbered, ownTextColumn, type Table } from '../list/table';
import type { AnalysedDump, OpenedDump } from '../dump/opened-dump';
import { typeLabel, typeText } from '../dump/type-labels';
import type { PoolFacts } from '../computed/pool-facts';

type Part = PoolItem['where'];

const PART_OF: Record<FoundItem['place'], Part> = {
  private: 'private',
  shared: 'shared',
  'victim private': 'victim',
  'victim shared': 'victim',
};

export function poolTable({ pools, bytes, retainedBytes }: PoolFacts): Table<PoolColumn> {
  const { length } = pools;
  const inPart = (part: Part) => countColumn((pool) => countIn(pools[pool].items, part));
  return numbered('pools', length, {
    name: ownTextColumn(length, (pool) => pools[pool].where),
    address: addressColumn((pool) => pools[pool].address),
    new: ownTextColumn(length, (pool) => pools[pool].create ?? ''),
    items: countColumn((pool) => pools[pool].items.length),
    private: inPart('private'),
    shared: inPart('shared'),
    victim: inPart('victim'),
    bytes: bytesColumn((pool) => bytes[pool]),
    retained: bytesColumn((pool) => retainedBytes[pool]),
  });
}

export function poolRow(dump: OpenedDump, { pools, bytes, retainedBytes }: PoolFacts, pool: number): PoolRow {
  const { address, where, objectId, create, items } = pools[pool];
  return {
    address: formatAddress(address),
    name: where,
    object: objectId === NONE ? null : objectAddress(dump.graph, objectId),
    create,
    items: items.length,
    private: countIn(items, 'private'),
    shared: countIn(items, 'shared'),
    victim: countIn(items, 'victim'),
    bytes: bytes[pool],
    retainedBytes: retainedBytes[pool],
    processors: sharesOf(items),
    kinds: kindsOf(dump, items),
  };
}

export function poolItemRow(dump: AnalysedDump, { objectId, place, processor }: FoundItem): PoolItem {
  return {
    ...typeLabel(dump.labels, objectId),
    address: objectAddress(dump.graph, objectId),
    where: PART_OF[place],
    processor,
    size: shallowSize(dump.graph, objectId),
    retainedSize: dump.dominators.retainedSize[objectId],
  };
}

function countIn(items: readonly FoundItem[], part: Part): number {
  return items.reduce((count, { place }) => count + (PART_OF[place] === part ? 1 : 0), 0);
}

function sharesOf(items: readonly FoundItem[]): PoolShare[] {
  const shares = new Map<number, PoolShare>();
  for (const { processor, place } of items) {
    const share = shares.get(processor) ?? { processor, private: 0, shared: 0, victim: 0 };
    share[PART_OF[place]]++;
    shares.set(processor, share);
  }
  return [...shares.values()].sort((a, b) => a.processor - b.processor);
}

function kindsOf({ graph, labels }: OpenedDump, items: readonly FoundItem[]): PoolItemKind[] {
  const kinds = new Map<string, PoolItemKind>();
  for (const { objectId } of items) {
    const label = typeLabel(labels, objectId);
    const size = shallowSize(graph, objectId);
    const key = `${size} ${typeText(label)}`;
    const kind = kinds.get(key);
    if (kind) kind.objects++;
    else kinds.set(key, { ...label, size, objects: 1 });
  }
  return [...kinds.values()].sort((a, b) => b.size * b.objects - a.size * a.objects);
}
