// Opens one dump, analyses it, and runs every detector, one after the other, on this thread: `measure-findings PATH`. Prints, as JSON, how long
// each took. What other views need too (figures of cycles, holdings of goroutines, tables of cuts) is there before.
import { openFileSource } from '../../workers/hosts/file-source';
import { DETECTORS } from '../../workers/suspects/detectors';
import { runDetectors } from '../../workers/suspects/run-detectors';
import type { AnalysedHeap } from '../../workers/heap/analysed-heap';
import { heapOf } from '../support/analysed-heap';
import { Laps } from './laps';

const source = await openFileSource(process.argv[2]);
const heap = await prepared(await heapOf(source, null));
const laps = new Laps(heap.account);
for (const detector of DETECTORS) {
  const { detectors } = await runDetectors(heap, undefined, [detector]);
  const [{ skipped }] = detectors;
  if (skipped?.includes('defect')) throw new Error(`${detector.name}: ${skipped}`);
  laps.end(detector.name);
}
await source.close();

process.stdout.write(JSON.stringify({ detectors: laps.phases }));

/** The heap with its figures computed, as they are once somebody has looked at cycles and goroutines. */
async function prepared(bare: AnalysedHeap): Promise<AnalysedHeap> {
  const cycleFigures = await bare.cycleFigures();
  const goroutineHoldings = await bare.goroutineHoldings();
  const cutTables = await bare.cutTables();
  return {
    ...bare,
    cycleFigures: () => Promise.resolve(cycleFigures),
    goroutineHoldings: () => Promise.resolve(goroutineHoldings),
    cutTables: () => Promise.resolve(cutTables),
  };
}
