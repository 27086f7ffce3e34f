// What the benches over a dump and its executable share: their words, a fresh process for each run, and what figures depend on.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleBench } from './bench-bundle.mjs';
import { machine, median } from './bench-report.mjs';

/** Runs test/bench/SCRIPT.ts as often as `--runs` says: what each run printed, and for each phase the medians of its times. */
export async function measureProgram(command, script) {
  const { values: options, positionals } = parseArgs({
    options: { runs: { type: 'string', default: '3' } },
    allowPositionals: true,
  });
  if (positionals.length < 2) {
    console.error(`npm run ${command} -- DUMP EXECUTABLE [--runs 3]`);
    process.exit(2);
  }
  const folder = mkdtempSync(join(tmpdir(), 'heapknot-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await bundleBench([`test/bench/${script}.ts`], folder);
  const runs = Array.from({ length: Number(options.runs) }, () => run(join(folder, `${script}.mjs`), positionals));
  const phases = runs[0].phases.map(({ name }, k) => {
    const [ms, cpuMs] = ['ms', 'cpuMs'].map((key) => median(runs.map((one) => one.phases[k][key])));
    return { name, ms, cpuMs };
  });
  return { ...runs[0], runs: runs.length, phases };
}

function run(file, positionals) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...positionals], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench: ${stderr}`);
  return JSON.parse(stdout);
}

/** A line for each phase; `more` has what else is to be said of one. */
export function printPhases(phases, more = () => '') {
  const width = Math.max(...phases.map(({ name }) => name.length));
  for (const { name, ms, cpuMs } of phases)
    console.log(
      `  ${name.padEnd(width)} ${seconds(ms)} s  ${seconds(cpuMs)} s of processor time${more({ name, cpuMs })}`,
    );
}

export function printMachine(runs) {
  const { cores, processor, node, platform, load } = machine();
  console.log(
    `Medians of ${runs} runs. ${cores} cores (${processor}), Node ${node}, ${platform}, load average ${load.toFixed(1)}.`,
  );
}

function seconds(ms) {
  return (ms / 1000).toFixed(2).padStart(6);
}
