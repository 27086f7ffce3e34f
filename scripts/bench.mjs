// Measures the engine on large seeded heaps: `npm run bench -- [--objects 1000000,10000000] [--runs 3] [--json] [--write]`.
// Dumps are written to a temporary folder and deleted. Each run is a fresh process with one thread. `--write` updates docs/performance.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { bundleBench } from './bench-bundle.mjs';
import { asMarkdown, asTable, machine, median } from './bench-report.mjs';

const { values: options } = parseArgs({
  options: {
    objects: { type: 'string', default: '1000000,10000000' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const SEED = 1;
/** The phases from the file to cycles and dominators: what the aim of 8 seconds for ten million objects counts. */
const TO_DOMINATORS = ['read', 'link', 'reach', 'components', 'dominators'];

const folder = mkdtempSync(join(tmpdir(), 'heapknot-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const SCRIPTS = ['write-dump', 'measure', 'measure-findings', 'measure-knot'];
await bundleBench(
  SCRIPTS.map((name) => `test/bench/${name}.ts`),
  folder,
);
const results = options.objects.split(',').map((objects) => measure(Number(objects)));
const knot = measureKnot();
const report = { machine: machine(), runs: Number(options.runs), results, knot };

if (options.write) {
  const filepath = 'docs/performance.md';
  mkdirSync('docs', { recursive: true });
  writeFileSync(filepath, await format(asMarkdown(report), { ...(await resolveConfig(filepath)), filepath }));
}
console.log(options.json ? JSON.stringify(report, null, 2) : asTable(report));

function measure(objects) {
  const dump = join(folder, `${objects}.heap`);
  progress(`writing a dump of ${objects} objects`);
  const facts = run('write-dump', objects, SEED, dump);
  const runs = [];
  for (let k = 1; k <= Number(options.runs); k++) {
    progress(`${facts.objects} objects, run ${k}`);
    runs.push({ ...run('measure', dump), ...run('measure-findings', dump) });
  }
  rmSync(dump);
  for (const { found } of runs) expectSame(found, facts);
  return { ...facts, ...summary(runs) };
}

/** What ties a planted knot: the same whatever heaps are measured. */
function measureKnot() {
  progress('a knot');
  const runs = Array.from({ length: Number(options.runs) }, () => run('measure-knot').knot);
  const timed = (ties) => {
    const all = runs.map((one) => one[ties]);
    return {
      ...all[0],
      cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
      firstBest: median(all.map(({ firstBest }) => firstBest)),
    };
  };
  return { ...runs[0], one: timed('one'), many: timed('many') };
}

function run(script, ...args) {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [join(folder, `${script}.mjs`), ...args.map(String)],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
    },
  );
  if (status !== 0) throw new Error(`bench: ${script} failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}

/** A bench that gives a wrong answer measures nothing. */
function expectSame(found, facts) {
  for (const [name, value] of Object.entries(found)) {
    if (value !== facts[name]) throw new Error(`bench: expected ${facts[name]} ${name}, found ${value}`);
  }
}

function summary(runs) {
  const phases = medians(runs, 'phases');
  const total = (run, key) =>
    run.phases.filter(({ name }) => TO_DOMINATORS.includes(name)).reduce((sum, phase) => sum + phase[key], 0);
  return {
    phases,
    detectors: medians(runs, 'detectors'),
    toDominators: {
      ms: median(runs.map((run) => total(run, 'ms'))),
      cpuMs: median(runs.map((run) => total(run, 'cpuMs'))),
    },
    peakBytes: runs[0].peakBytes,
    peakBytesAll: runs[0].peakBytesAll,
    residentBytes: median(runs.map((run) => run.residentBytes)),
  };
}

/** The phases of a list that every run has, with the median of their times. */
function medians(runs, list) {
  return runs[0][list].map((phase, k) => ({
    ...phase,
    ms: median(runs.map((run) => run[list][k].ms)),
    cpuMs: median(runs.map((run) => run[list][k].cpuMs)),
  }));
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text} … `);
}
