/** A dump as the detectors see it, opened and analysed at one go. */
import { inflateSync } from 'node:zlib';
import { findKeepers } from '../../workers/cycles/keepers';
import { findCycleStructures } from '../../workers/session/computed/cycle-facts';
import { findCutTables } from '../../workers/analysis/cut-tables';
import { findDistances } from '../../workers/analysis/distances';
import type { ByteSource } from '../../workers/dump/byte-source';
import { MemoryAccount } from '../../workers/lib/alloc';
import { finish } from '../../workers/lib/work';
import { nameDump } from '../../workers/session/opening/name-dump';
import { readDump, type Opening } from '../../workers/session/opening/read-dump';
import { GivenNames } from '../../workers/session/dump/given-names';
import type { AnalysedDump } from '../../workers/session/dump/opened-dump';
import { ProgressLog } from '../../workers/session/running/progress-log';
import { RootIndex } from '../../workers/heap/root-index';
import { analysedHeap } from '../../workers/session/dump/analysed-heap';
import { findGoroutineHoldings } from '../../workers/session/computed/goroutine-holdings';
import type { AnalysedHeap } from '../../workers/heap/analysed-heap';
import { analyse } from './analyse';

/** `executable`: the bytes of the program that wrote the dump; null for the dump alone. */
export async function heapOf(source: ByteSource, executable: Uint8Array | null): Promise<AnalysedHeap> {
  const dump = await analysedDump(source, executable);
  const figures = {
    goroutineHoldings: finish(findGoroutineHoldings(dump)),
    cutTables: finish(findCutTables(dump.graph, dump.reachability, dump.dominators, dump.account)),
  };
  return analysedHeap(dump, figures, {
    checkpoint: () => undefined,
    drive: (work) => Promise.resolve(finish(work)),
  });
}

export async function analysedDump(source: ByteSource, executable: Uint8Array | null): Promise<AnalysedDump> {
  const found = executable && { file: { name: 'executable', bytes: executable }, named: true };
  const opening: Opening = {
    account: new MemoryAccount(),
    log: new ProgressLog(() => 0),
    checkpoint: () => undefined,
    drive: (work) => Promise.resolve(finish(work)),
    inflate: (stream, size) => inflateSync(stream, { maxOutputLength: Math.max(1, size) }),
    onRead: () => undefined,
  };
  const read = await readDump(source, false, opening);
  const given = GivenNames.none(read.graph.records.types);
  const dump = { ...read, ...(await nameDump(read, found, opening)), given };
  const { account, reachability, components, tree } = analyse(dump.graph);
  const distance = finish(findDistances(dump.graph, reachability, account));
  const roots = new RootIndex(dump.graph, reachability.effectiveRoots, account);
  const tools = { checkpoint: () => undefined, drive: opening.drive };
  const structures = await findCycleStructures({ ...dump, components }, tools);
  const keepers = finish(findKeepers({ ...dump, ...structures, reachability, components }, account));
  return { ...dump, reachability, components, dominators: tree, distance, roots, keepers };
}
