/**
 * Detector × program × Go version: what is found in every dump of the fixtures, with the executable where there is one. The table is a text that
 * a person can review; after a wanted change `npx vitest run test/golden/findings -u` writes it anew; read the difference.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { ArraySource } from '../../workers/dump/byte-source';
import { formatBytes } from '../../workers/lib/format';
import { runDetectors, type Findings } from '../../workers/suspects/run-detectors';
import { bytesOf, dumpsWithTruth } from '../support/dumps';
import { executableOf } from '../support/programs';
import { wrapped } from './text';
import { heapOf } from '../support/analysed-heap';

/** A program, the version that built it, and what it was looked at with. */
interface Case {
  readonly program: string;
  readonly version: string;
  readonly executable: string | null;
}

const EXECUTABLES = fileURLToPath(new URL('../../fixtures/executables/', import.meta.url));

const CASES: readonly Case[] = dumpsWithTruth()
  .flatMap((name): Case[] => {
    const [version, program] = name.split('/');
    const executable = [name, `${name}-stripped`].find((file) => existsSync(`${EXECUTABLES}${file}.gz`));
    const alone: Case = { program, version, executable: null };
    return executable === undefined ? [alone] : [alone, { ...alone, executable }];
  })
  .sort((a, b) => (a.program < b.program ? -1 : a.program > b.program ? 1 : 0));

const results = new Map<Case, Findings>();

beforeAll(async () => {
  for (const one of CASES) {
    const file = `${one.version}/${one.program}.heap`;
    const executable = one.executable === null ? null : executableOf(one.executable);
    results.set(one, await runDetectors(await heapOf(new ArraySource(bytesOf(file), file), executable)));
  }
}, 120_000);

const nameOf = ({ program, version, executable }: Case): string =>
  `${program}, ${version}${executable === null ? '' : `, with ${executable}`}`;

function tableOf(): string {
  const lines: string[] = [];
  for (const [one, { findings }] of results) {
    lines.push(nameOf(one));
    if (findings.length === 0) lines.push('  nothing');
    for (const { severity, detector, confidence, title, bytes, objects } of findings) {
      const line = `${severity} · ${detector} · ${confidence} · ${title} (${formatBytes(bytes)} in ${objects})`;
      lines.push(...wrapped(line, 150).map((part) => `  ${part}`));
    }
  }
  return `${lines.join('\n')}\n`;
}

test('the table', async () => {
  await expect(tableOf()).toMatchFileSnapshot('answers/findings.txt');
});

test('no detector fails on any of them', () => {
  for (const [one, { detectors }] of results) {
    for (const { name, skipped } of detectors)
      expect(skipped ?? '', `${name} of ${nameOf(one)}`).not.toContain('defect');
  }
});

test('keys hold no addresses, and tell the findings of a dump apart', () => {
  for (const [one, { findings }] of results) {
    const keys = findings.map(({ detector, key }) => `${detector} ${key}`);
    expect(keys.filter((key) => /0x[0-9a-f]{5}/.test(key))).toEqual([]);
    expect(new Set(keys).size, `${nameOf(one)}: ${keys.join('; ')}`).toBe(keys.length);
  }
});

describe('programs without a fault', () => {
  test.each(['fresh', 'layout', 'ifaces'])('%s: nothing is found', (program) => {
    for (const [one, { findings }] of results) {
      if (one.program === program)
        expect(
          findings.map(({ title }) => title),
          nameOf(one),
        ).toEqual([]);
    }
  });

  test.each(['cache', 'cleanup', 'memprof', 'panicdefer', 'rangedefer', 'stackroots', 'syscallg'])(
    '%s: nothing is called a leak',
    (program) => {
      for (const [one, { findings }] of results) {
        const leaks = findings.filter(({ severity }) => severity === 'leak');
        if (one.program === program)
          expect(
            leaks.map(({ title }) => title),
            nameOf(one),
          ).toEqual([]);
      }
    },
  );
});

describe('each program gives the finding that it was written for', () => {
  /** Program, detector, and what it takes; on every version. */
  const WRITTEN_FOR: readonly [program: string, detector: string, needs: 'the dump alone' | 'the executable'][] = [
    ['chanleak', 'stuck-goroutines', 'the dump alone'],
    ['closureleak', 'closure-retains', 'the executable'],
    ['ctxleak', 'uncancelled-contexts', 'the dump alone'],
    ['deferleak', 'pending-defers', 'the dump alone'],
    ['finalizers', 'finalizer-backlog', 'the dump alone'],
    ['finalizers', 'finalizer-cycle', 'the dump alone'],
    ['orders-go1.19', 'finalizer-cycle', 'the dump alone'],
    ['panicdefer', 'stuck-panic', 'the dump alone'],
    ['poolcycle', 'pool-contents', 'the dump alone'],
    ['rangedefer', 'pending-defers', 'the dump alone'],
    ['timers', 'unstopped-timers', 'the dump alone'],
    ['waste', 'duplicate-strings', 'the dump alone'],
    ['waste', 'map-waste', 'the dump alone'],
    ['waste', 'pinned-by-sliver', 'the executable'],
    ['waste', 'slice-waste', 'the executable'],
    ['waste', 'stale-tail', 'the executable'],
  ];

  test.each(WRITTEN_FOR)('%s: %s, by %s', (program, detector, needs) => {
    const own = [...results].filter(
      ([one]) => one.program === program && (needs === 'the dump alone' || one.executable !== null),
    );
    expect(own.length).toBeGreaterThan(0);
    for (const [one, { findings }] of own) {
      expect(
        findings.map((finding) => finding.detector),
        nameOf(one),
      ).toContain(detector);
    }
  });
});
