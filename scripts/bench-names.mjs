// Measures naming: `npm run bench:names -- DUMP EXECUTABLE [--runs 3]`. The seeded heaps of `npm run bench` have no program that wrote them, so a
// dump and its executable are to be given; `fixtures/programs/mixed` writes large ones: `mixed FILE.heap 815000`.
import { measureProgram, printMachine, printPhases } from './bench-program.mjs';

const { objects, references, named, keptBytes, peakBytes, phases, runs } = await measureProgram(
  'bench:names',
  'measure-names',
);
console.log(`${objects} objects, ${references} references; ${((100 * named) / objects).toFixed(1)} % named by type`);
printPhases(phases);
console.log(
  `  kept ${(keptBytes / objects).toFixed(1)} bytes an object, at most ${(peakBytes / 2 ** 20).toFixed(0)} MiB while it runs`,
);
printMachine(runs);
