// Writes the dump of a large seeded heap: `write-dump OBJECTS SEED PATH`. Prints, as JSON, what an analysis must find in it.
import { writeDumpFile } from '../../fixtures/builder/file-sink';
import { LargeShape } from '../../fixtures/builder/large-shape';
import { platform } from '../../fixtures/builder/platform';

const [objects, seed, path] = process.argv.slice(2);
const large = new LargeShape(Number(objects), Number(seed));
const facts = large.make();
const built = writeDumpFile(large.shape, platform('go1.27.4'), path, {
  seed: Number(seed),
  freeOneIn: 16,
  shuffleWindow: 64,
});
process.stdout.write(JSON.stringify({ ...facts, fileBytes: built.fileBytes, heapBytes: built.heapBytes }));
