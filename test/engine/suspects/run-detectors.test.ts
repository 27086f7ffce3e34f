// Order, ids and what becomes of a detector that fails: with detectors made up for the test.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { OutOfMemory } from '../../../workers/lib/errors';
import type { Detector } from '../../../workers/suspects/detector';
import { DETECTORS } from '../../../workers/suspects/detectors';
import type { Finding } from '../../../workers/suspects/finding';
import { runDetectors } from '../../../workers/suspects/run-detectors';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { bytesOf } from '../../support/dumps';
import { heapOf } from '../../support/analysed-heap';

let heap: AnalysedHeap;
beforeAll(async () => {
  heap = await heapOf(new ArraySource(bytesOf('go1.27.4/finalizers.heap'), 'test.heap'), null);
});

const finding = (parts: Partial<Finding>): Finding => ({
  detector: 'one',
  key: 'main.T',
  severity: 'note',
  confidence: 'certain',
  basis: 'The dump records it.',
  title: 'A title',
  objects: 1,
  bytes: 100,
  proofs: [],
  why: 'Because.',
  fix: { text: 'Do not.', before: null, after: null },
  cuts: [],
  ...parts,
});

const finds = (name: string, findings: Finding[], skipped: string | null = null): Detector => ({
  name,
  title: `What ${name} looks for`,
  detect: () => Promise.resolve({ findings, skipped }),
});

const fails = (name: string, error: Error): Detector => ({
  name,
  title: name,
  detect: () => Promise.reject(error),
});

describe('findings', () => {
  test('come by severity, then bytes, then detector and key', async () => {
    const { findings } = await runDetectors(heap, undefined, [
      finds('two', [
        finding({ detector: 'two', key: 'b', bytes: 5 }),
        finding({ detector: 'two', key: 'a', bytes: 5 }),
        finding({ detector: 'two', key: 'c', severity: 'warning', bytes: 1 }),
      ]),
      finds('one', [
        finding({ key: 'd', bytes: 5 }),
        finding({ key: 'e', severity: 'leak', bytes: 0 }),
        finding({ key: 'f', bytes: 6 }),
      ]),
    ]);
    expect(findings.map(({ detector, key }) => `${detector} ${key}`)).toEqual([
      'one e',
      'two c',
      'one f',
      'one d',
      'two a',
      'two b',
    ]);
  });

  test('have ids that depend on detector and key alone; equal keys are numbered', async () => {
    const ids = async (...found: Finding[]) =>
      (await runDetectors(heap, undefined, [finds('one', found)])).findings.map(({ id }) => id);
    const [alone] = await ids(finding({}));
    expect(alone).toMatch(/^one-[0-9a-f]{8}$/);
    expect(await ids(finding({ bytes: 7, title: 'Another' }))).toEqual([alone]);
    expect(await ids(finding({ bytes: 3 }), finding({ bytes: 9 }))).toEqual([alone, `${alone}-2`]);
    expect((await ids(finding({ key: 'main.U' })))[0]).not.toBe(alone);
  });
});

describe('a detector', () => {
  test('that fails is skipped with a sentence, and the others go on', async () => {
    const begun: string[] = [];
    const { findings, detectors } = await runDetectors(heap, ({ name }, index) => begun.push(`${index} ${name}`), [
      fails('broken', new TypeError('x is undefined')),
      fails('hungry', new OutOfMemory('marks needs 3 GiB')),
      finds('partial', [], 'Channels could not be read without names.'),
      finds('one', [finding({})]),
    ]);
    expect(findings).toHaveLength(1);
    expect(begun).toEqual(['0 broken', '1 hungry', '2 partial', '3 one']);
    expect(detectors.map(({ name, found, skipped }) => [name, found, skipped])).toEqual([
      ['broken', 0, 'It failed, which is a defect of this program: x is undefined'],
      ['hungry', 0, 'This dump is too large for it here: marks needs 3 GiB'],
      ['partial', 0, 'Channels could not be read without names.'],
      ['one', 1, null],
    ]);
  });

  test('that is cancelled ends them all', async () => {
    const cancelled = Object.assign(new Error('Stopped on request'), { name: 'Cancelled' });
    const begun: string[] = [];
    const run = runDetectors(heap, ({ name }) => begun.push(name), [fails('first', cancelled), finds('second', [])]);
    await expect(run).rejects.toBe(cancelled);
    expect(begun).toEqual(['first']);
  });
});

test('each detector has a name and a title of its own', () => {
  for (const { name, title } of DETECTORS) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title.length).toBeGreaterThan(name.length / 2);
  }
  expect(new Set(DETECTORS.map(({ name }) => name)).size).toBe(DETECTORS.length);
  expect(new Set(DETECTORS.map(({ title }) => title)).size).toBe(DETECTORS.length);
});

test('docs/findings.md has a row and a section for each detector, and for no other', () => {
  const guide = readFileSync(fileURLToPath(new URL('../../../docs/findings.md', import.meta.url)), 'utf8');
  const names = DETECTORS.map(({ name }) => name).sort();
  const [table, tried] = guide.split('### Tried on\n');
  const rowsOf = (text: string) => Array.from(text.matchAll(/^\| `([a-z-]+)`/gm), ([, name]) => name).sort();
  expect(rowsOf(table)).toEqual(names);
  expect(names).toEqual(expect.arrayContaining(rowsOf(tried)));
  const headings = Array.from(guide.matchAll(/^### (.+)$/gm), ([, heading]) => heading.split(', ')).flat();
  expect(headings.filter((heading) => !['Tried on', 'What would let go'].includes(heading)).sort()).toEqual(names);
});
