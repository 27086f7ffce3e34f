/** Goroutines as a list and as rows. Items are indices of records.goroutines. */
import type { SoleHoldings } from '../../analysis/sole-holder';
import type { GoroutineRow } from '../../api/rows';
import type { GoroutineColumn } from '../../api/session';
import { formatAddress } from '../dump/address';
import { bytesColumn, countColumn, numbered, ownTextColumn, type Table } from '../list/table';
import type { OpenedDump } from '../dump/opened-dump';
import { entryOf, stateOf, topOf, waitReasonOf } from '../rows/goroutine-state';

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
