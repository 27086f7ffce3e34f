// Opens one dump, analyses it, and runs every detector, one after the other, on this thread: `measure-findings PATH`. Prints, as JSON, how long
// each took. What other views need too (figures of cycles, holdings of goroutines, tables of cuts) is there before.
import { openFileSource } from '../../workers/hosts/file-source';
import { DETECTORS } from '../../workers/suspects/detectors';
import { runDetectors } from '../../workers/suspects/run-detectors';
import { heapOf } from '../support/analysed-heap';
import { Laps } from './laps';

const source = await openFileSource(process.argv[2]);
const heap = await heapOf(source, null);
const laps = new Laps(heap.account);
for (const detector of DETECTORS) {
  const { detectors } = await runDetectors(heap, undefined, [detector]);
  const [{ skipped }] = detectors;
  if (skipped?.includes('defect')) throw new Error(`${detector.name}: ${skipped}`);
  laps.end(detector.name);
}
await source.close();

process.stdout.write(JSON.stringify({ detectors: laps.phases }));
