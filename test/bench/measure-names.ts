// Names the objects of one dump by its executable, on this thread: `measure-names DUMP EXECUTABLE`. Prints a run as JSON. Debug information is
// read once by itself, and once more as a part of the naming, which is how it is used.
import { readFileSync } from 'node:fs';
import { readHeapGraph } from '../../workers/graph/build';
import { inflate } from '../../workers/hosts/executable-file';
import { openFileSource } from '../../workers/hosts/file-source';
import { MemoryAccount } from '../../workers/lib/alloc';
import { finish } from '../../workers/lib/work';
import { nameObjects } from '../../workers/naming/name-objects';
import { matchProgram } from '../../workers/naming/executable/program-match';
import { Dwarf } from '../../workers/program/dwarf/dwarf';
import { loadProgram } from '../../workers/program/program';
import { labelObjects } from '../../workers/session/dump/type-labels';
import { Laps } from './laps';

const [dump, executable] = process.argv.slice(2);
const account = new MemoryAccount();
const source = await openFileSource(dump);
const graph = await readHeapGraph(source, { account, checkpoint: () => undefined });
const before = account.used;
const bytes = new Uint8Array(readFileSync(executable));

const laps = new Laps(account);
const program = finish(loadProgram(bytes, { inflate, go: graph.records.params.go }));
const match = finish(matchProgram(graph.records, program));
if (match.level !== 'full') throw new Error(match.verdict);
laps.end('executable');
finish(Dwarf.read(program.image));
laps.end('debug information');
const naming = await nameObjects(graph, {
  executable: { program, ...match },
  account,
  windowBudget: 2 ** 28,
  checkpoint: () => undefined,
});
laps.end('naming');
const labels = finish(labelObjects(graph, naming, Array<string>(graph.shapes.count).fill('')));
laps.end('labels');
await source.close();

process.stdout.write(
  JSON.stringify({
    objects: graph.objectCount,
    references: graph.referenceTarget.length,
    named: labels.coverage.objects.exact + labels.coverage.objects.likely,
    keptBytes: account.used - before,
    peakBytes: account.peak - before,
    phases: laps.phases,
  }),
);
