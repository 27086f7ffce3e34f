/** Goroutines as a list and as rows. Items are indices of records.goroutines. */
import { findSoleHoldings, type SoleHoldings } from '../../analysis/sole-holder';
import type { GoroutineRow } from '../../api/rows';
import type { GoroutineColumn } from '../../api/session';
import { goroutineOfRoot } from '../../graph/root-owner';
import type { Work } from '../../lib/work';
import { formatAddress } from '../rows/address';
import { bytesColumn, countColumn, numbered, ownTextColumn, type Table } from '../list/table';
import type { AnalysedDump, OpenedDump } from '../dump/opened-dump';
import { entryOf, stateOf, topOf, waitReasonOf } from '../rows/goroutine-state';

/** What each goroutine alone holds: roots of every other kind count as one more owner. */
export function findGoroutineHoldings({
  graph,
  reachability,
  account,
}: Pick<AnalysedDump, 'graph' | 'reachability' | 'account'>): Work<SoleHoldings> {
  const others = graph.records.goroutines.length;
  return findSoleHoldings(graph, reachability, others + 1, (root) => goroutineOfRoot(graph, root) ?? others, account);
}

export function goroutineTable({ graph }: OpenedDump, holdings: SoleHoldings): Table<GoroutineColumn> {
  const { records } = graph;
  const { goroutines } = records;
  const text = (textOf: (index: number) => string | null) =>
    ownTextColumn(goroutines.length, (index) => textOf(index) ?? '');
  return numbered('goroutines', goroutines.length, {
    id: countColumn((index) => goroutines[index].id),
    state: text((index) => {
      const reason = waitReasonOf(goroutines[index]);
      return reason === null ? stateOf(goroutines[index]) : `${stateOf(goroutines[index])} ${reason}`;
    }),
    entry: text((index) => entryOf(records, goroutines[index])),
    top: text((index) => topOf(records, goroutines[index])),
    frames: countColumn((index) => goroutines[index].frameCount),
    defers: countColumn((index) => goroutines[index].defers.length),
    retained: bytesColumn((index) => holdings.bytes[index]),
  });
}

export function goroutineRow({ graph }: OpenedDump, holdings: SoleHoldings, index: number): GoroutineRow {
  const goroutine = graph.records.goroutines[index];
  return {
    id: goroutine.id,
    state: stateOf(goroutine),
    waitReason: waitReasonOf(goroutine),
    system: goroutine.system,
    entry: entryOf(graph.records, goroutine),
    top: topOf(graph.records, goroutine),
    frames: goroutine.frameCount,
    defers: goroutine.defers.length,
    retainedObjects: holdings.objects[index],
    retainedBytes: holdings.bytes[index],
    address: formatAddress(goroutine.address),
  };
}
