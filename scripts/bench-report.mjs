// Tables of a bench: for a terminal, and for docs/performance.md. No host name, no path: only what figures depend on.
import { cpus, loadavg, totalmem } from 'node:os';

const GIB = 2 ** 30;

export function machine() {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / GIB),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    // after the last run: the mean of the last minute, to which the bench adds one
    load: loadavg()[0],
  };
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const seconds = (ms) => (ms / 1000).toFixed(2);
const mib = (bytes) => (bytes / 2 ** 20).toFixed(0);
const count = (value) => value.toLocaleString('en-US');

const COLUMNS = ['phase', 's', 'CPU s', 'MB/s', 'M objects/s', 'held MiB', 'peak MiB'];

function rowsOf(result) {
  const { objects, fileBytes, phases, toDominators, residentBytes } = result;
  const row = (name, { ms, cpuMs, heldBytes, peakBytes }) => [
    name,
    seconds(ms),
    seconds(cpuMs),
    name === 'read' || name === 'file to dominators' ? (fileBytes / 1000 / ms).toFixed(0) : '',
    (objects / 1000 / ms).toFixed(1),
    heldBytes === undefined ? '' : mib(heldBytes),
    peakBytes === undefined ? '' : mib(peakBytes),
  ];
  const split = phases.findIndex(({ name }) => name === 'dominators') + 1;
  return [
    ...phases.slice(0, split).map((phase) => row(phase.name, phase)),
    row('file to dominators', { ...toDominators, peakBytes: result.peakBytes }),
    ...phases.slice(split).map((phase) => row(phase.name, phase)),
    row('findings', together(result.detectors)),
    ['resident at most', '', '', '', '', '', mib(residentBytes)],
  ];
}

function headline({ objects, references, fileBytes, cycles }) {
  return `${count(objects)} objects, ${count(references)} references, ${count(cycles)} cycles, ${(fileBytes / 1e6).toFixed(0)} MB`;
}

function together(detectors) {
  const sum = (key) => detectors.reduce((total, detector) => total + detector[key], 0);
  return { ms: sum('ms'), cpuMs: sum('cpuMs') };
}

/** Detectors beside what they stand on, and the slowest of them. */
function aboutDetectors({ phases, detectors }) {
  const base = phases.filter(({ name }) => name === 'components' || name === 'dominators');
  const times = (together(detectors).cpuMs / together(base).cpuMs).toFixed(1);
  const slowest = detectors.toSorted((a, b) => b.cpuMs - a.cpuMs).slice(0, 3);
  const named = slowest.map(({ name, cpuMs }) => `${name} ${seconds(cpuMs)} s`).join(', ');
  return `All ${detectors.length} detectors together take ${times} times the processor time of components and dominators; the slowest: ${named}.`;
}

/** Memory beyond the 8 bytes that a reference takes in both directions. */
function perObject({ objects, references, peakBytes, peakBytesAll }) {
  const bytes = (peak) => ((peak - 8 * references) / objects).toFixed(1);
  return `At most ${bytes(peakBytes)} bytes an object + 8 a reference up to the dominators, ${bytes(peakBytesAll)} in all.`;
}

/** The aim: one tie of 300,000 members and 300 kinds within 8 s, the first best within one. */
function aboutKnot({ members, references, kinds, one, many, peakBytes }) {
  return [
    `A knot of ${count(members)} members, ${count(references)} references of ${kinds} kinds: its first tie in ${seconds(one.cpuMs)} s of processor time,`,
    `a best so far after ${seconds(one.firstBest)} s, by ${one.searches} searches for components and ${one.markings} markings;`,
    `${many.ties} ties in ${seconds(many.cpuMs)} s, by ${many.searches} and ${many.markings}; at most ${mib(peakBytes)} MiB.`,
  ].join(' ');
}

export function asTable({ machine, runs, results, knot }) {
  const parts = results.map((result) => {
    const lines = [COLUMNS, ...rowsOf(result)];
    const widths = COLUMNS.map((_, k) => Math.max(...lines.map((line) => line[k].length)));
    const text = lines.map((line) =>
      line.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  '),
    );
    return [
      headline(result),
      ...text.map((line) => `  ${line}`),
      `  ${perObject(result)}`,
      `  ${aboutDetectors(result)}`,
    ].join('\n');
  });
  return [...parts, aboutKnot(knot), `Medians of ${runs} runs. ${describe(machine)}`].join('\n\n');
}

export function asMarkdown({ machine, runs, results, knot }) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = COLUMNS.map((_, k) => (k === 0 ? '-' : '-:'));
  const parts = results.map((result) =>
    [
      `## ${headline(result)}`,
      '',
      ...[COLUMNS, rule, ...rowsOf(result)].map(line),
      '',
      perObject(result),
      '',
      aboutDetectors(result),
    ].join('\n'),
  );
  const intro = [
    '# Performance',
    '',
    'Written by `npm run bench -- --write`. Heaps come from a seeded builder (`fixtures/builder/large-shape.ts`); each run is a fresh process',
    'with one thread, and its answers are held against what was planted. “CPU s” is processor time; where it is well below “s”, the',
    'machine was busy with something else.',
    '',
    `Medians of ${runs} runs. ${describe(machine)}`,
  ].join('\n');
  return `${[intro, ...parts, '## What ties a knot', aboutKnot(knot)].join('\n\n')}\n`;
}

function describe({ cores, processor, memoryGiB, node, platform, load }) {
  // there is no such figure on Windows
  const busy =
    load === 0 ? '' : ` Load average of the machine at the end: ${load.toFixed(1)}, of which the bench is 1.`;
  return `${cores} cores (${processor}), ${memoryGiB} GiB, Node ${node}, ${platform}.${busy}`;
}
