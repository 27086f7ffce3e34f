// Measures answers by kind: `npm run bench:kinds -- DUMP EXECUTABLE [--runs 3]`. The seeded heaps of `npm run bench` have no names, so a
// dump and its executable are to be given; `fixtures/programs/mixed` writes large ones: `mixed FILE.heap 815000`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleBench } from './bench-bundle.mjs';
import { machine, median } from './bench-report.mjs';

const { values: options, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' } },
  allowPositionals: true,
});
const [dump, executable] = positionals;
if (executable === undefined) {
  console.error('npm run bench:kinds -- DUMP EXECUTABLE [--runs 3]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'heapknot-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await bundleBench(['test/bench/measure-kinds.ts'], folder);
const runs = Array.from({ length: Number(options.runs) }, () => run());
const [{ objects, references, kinds, fields, rootKinds, nodes, phases }] = runs;
/** What answers by kind are held against. */
const BASE = ['components', 'dominators'];

console.log(
  `${objects} objects, ${references} references; ${kinds} kinds, ${fields} fields, ${rootKinds} kinds of roots, ${nodes} nodes`,
);
const timed = phases.map(({ name }, k) => {
  const [ms, cpuMs] = ['ms', 'cpuMs'].map((key) => median(runs.map((one) => one.phases[k][key])));
  return { name, ms, cpuMs };
});
const base = timed.filter(({ name }) => BASE.includes(name)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
for (const { name, ms, cpuMs } of timed) {
  const times = BASE.includes(name) ? '' : `  ${(cpuMs / base).toFixed(2)} × components and dominators`;
  console.log(`  ${name.padEnd(24)} ${seconds(ms)} s  ${seconds(cpuMs)} s of processor time${times}`);
}
const { cores, processor, node, platform, load } = machine();
console.log(
  `Medians of ${options.runs} runs. ${cores} cores (${processor}), Node ${node}, ${platform}, load average ${load.toFixed(1)}.`,
);

function run() {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'measure-kinds.mjs'), dump, executable],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`bench: ${stderr}`);
  return JSON.parse(stdout);
}

function seconds(ms) {
  return (ms / 1000).toFixed(2).padStart(6);
}
