// Measures answers by kind: `npm run bench:kinds -- DUMP EXECUTABLE [--runs 3]`. The seeded heaps of `npm run bench` have no names, so a
// dump and its executable are to be given; `fixtures/programs/mixed` writes large ones: `mixed FILE.heap 815000`.
import { measureProgram, printMachine, printPhases } from './bench-program.mjs';

/** What answers by kind are held against. */
const BASE = ['components', 'dominators'];

const { objects, references, kinds, fields, rootKinds, nodes, phases, runs } = await measureProgram(
  'bench:kinds',
  'measure-kinds',
);
console.log(
  `${objects} objects, ${references} references; ${kinds} kinds, ${fields} fields, ${rootKinds} kinds of roots, ${nodes} nodes`,
);
const base = phases.filter(({ name }) => BASE.includes(name)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
printPhases(phases, ({ name, cpuMs }) =>
  BASE.includes(name) ? '' : `  ${(cpuMs / base).toFixed(2)} × components and dominators`,
);
printMachine(runs);
