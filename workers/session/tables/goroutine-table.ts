/** Goroutines as a list and as rows. Items are indices of records.goroutines. */
import type { SoleHoldings } from '../../analysis/sole-holder';
import type { GoroutineRow } from '../../api/rows';
import type { GoroutineColumn } from '../../api/session';
import type { GoroutineFacts } from '../computed/goroutine-facts';
import { formatAddress, objectAddress } from '../dump/address';
import { typeLabel } from '../dump/type-labels';
import { placeWords } from '../../lib/format';
import { bytesColumn, countColumn, numbered, ownTextColumn, type Table } from '../list/table';
import type { OpenedDump } from '../dump/opened-dump';
import { entryOf, stateOf, topOf, waitReasonOf } from '../rows/goroutine-state';

/** Things a goroutine waits on that a row shows; the total says how many there are. */
const SHOWN_WAITS = 8;

/** What is computed of all goroutines, each in the order of the records. */
export interface GoroutineFigures {
  readonly holdings: SoleHoldings;
  readonly facts: readonly GoroutineFacts[];
}

export function goroutineTable({ graph }: OpenedDump, { holdings, facts }: GoroutineFigures): Table<GoroutineColumn> {
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
    waits: text((index) => placeWords(facts[index].waitsIn)),
    created: text((index) => placeWords(facts[index].createdBy)),
    waited: countColumn((index) => facts[index].waited ?? 0),
    entry: text((index) => entryOf(records, goroutines[index])),
    top: text((index) => topOf(records, goroutines[index])),
    frames: countColumn((index) => goroutines[index].frameCount),
    defers: countColumn((index) => goroutines[index].defers.length),
    retained: bytesColumn((index) => holdings.bytes[index]),
  });
}

export function goroutineRow(
  { graph, labels }: OpenedDump,
  { holdings, facts }: GoroutineFigures,
  index: number,
): GoroutineRow {
  const { waitsIn, createdBy, waited, waitsOn } = facts[index];
  const goroutine = graph.records.goroutines[index];
  return {
    id: goroutine.id,
    state: stateOf(goroutine),
    waitReason: waitReasonOf(goroutine),
    system: goroutine.system,
    entry: entryOf(graph.records, goroutine),
    top: topOf(graph.records, goroutine),
    waitsIn,
    createdBy,
    waitedAtLeast: waited,
    waitsOn: waitsOn
      .slice(0, SHOWN_WAITS)
      .map((objectId) => ({ address: objectAddress(graph, objectId), ...typeLabel(labels, objectId) })),
    waitsOnTotal: waitsOn.length,
    frames: goroutine.frameCount,
    defers: goroutine.defers.length,
    retainedObjects: holdings.objects[index],
    retainedBytes: holdings.bytes[index],
    address: formatAddress(goroutine.address),
  };
}
