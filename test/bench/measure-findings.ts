// Opens one dump, analyses it, and runs every detector, one after the other, on this thread: `measure-findings PATH`. Prints, as JSON, how long
// each took. What other views need too (figures of cycles, holdings of goroutines, tables of cuts) is there before.
import { openFileSource } from '../../workers/hosts/file-source';
import { DETECTORS } from '../../workers/suspects/detectors';
import { runDetectors } from '../../workers/suspects/run-detectors';
import type { Scene } from '../../workers/heap/analysed-heap';
import { sceneOf } from '../support/scene';
import { Laps } from './laps';

const source = await openFileSource(process.argv[2]);
const scene = await prepared(await sceneOf(source, null));
const laps = new Laps(scene.account);
for (const detector of DETECTORS) {
  const { detectors } = await runDetectors(scene, undefined, [detector]);
  const [{ skipped }] = detectors;
  if (skipped?.includes('defect')) throw new Error(`${detector.name}: ${skipped}`);
  laps.end(detector.name);
}
await source.close();

process.stdout.write(JSON.stringify({ detectors: laps.phases }));

/** The scene with its figures computed, as they are once somebody has looked at cycles and goroutines. */
async function prepared(bare: Scene): Promise<Scene> {
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
