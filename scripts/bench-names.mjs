// Measures naming: `npm run bench:names -- DUMP EXECUTABLE [--runs 3]`. The seeded heaps of `npm run bench` have no program that wrote them, so a
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
  console.error('npm run bench:names -- DUMP EXECUTABLE [--runs 3]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'heapknot-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await bundleBench(['test/bench/measure-names.ts'], folder);
const runs = Array.from({ length: Number(options.runs) }, () => run());
const [{ objects, references, named, keptBytes, peakBytes, phases }] = runs;

console.log(`${objects} objects, ${references} references; ${((100 * named) / objects).toFixed(1)} % named by type`);
for (const [k, { name }] of phases.entries()) {
  const [ms, cpuMs] = ['ms', 'cpuMs'].map((key) => median(runs.map((one) => one.phases[k][key])));
  console.log(`  ${name.padEnd(18)} ${seconds(ms)} s  ${seconds(cpuMs)} s of processor time`);
}
console.log(
  `  kept ${(keptBytes / objects).toFixed(1)} bytes an object, at most ${(peakBytes / 2 ** 20).toFixed(0)} MiB while it runs`,
);
const { cores, processor, node, platform, load } = machine();
console.log(
  `Medians of ${options.runs} runs. ${cores} cores (${processor}), Node ${node}, ${platform}, load average ${load.toFixed(1)}.`,
);

function run() {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'measure-names.mjs'), dump, executable],
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
