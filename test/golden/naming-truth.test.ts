/**
 * How much of a heap is named right, wrong, and not at all, where the truth of every object is known: with debug information, without symbols, and
 * by the dump alone. The table is a golden answer; the floors hold whatever it says.
 */
import { describe, expect, test } from 'vitest';
import { NONE } from '../../workers/lib/none';
import type { Naming } from '../../workers/naming/naming';
import { plantedDifferences, plantedFields } from '../support/planted';
import { executableOf, nameGraph, namingOf, programOf } from '../support/programs';
import { scoreTypes, typedDump, type TypedDump, type TypeScore } from '../support/typed-dumps';

/** Percent of objects and of bytes that must be right, and of objects that may be wrong. */
interface Floor {
  right: number;
  bytes: number;
  wrong: number;
}

const TYPED: { program: string; full: Floor; stripped: Floor; alone: Floor }[] = [
  {
    program: 'app',
    full: { right: 99.8, bytes: 99.8, wrong: 0.02 },
    stripped: { right: 99.8, bytes: 99.6, wrong: 0.02 },
    alone: { right: 45.5, bytes: 19, wrong: 0 },
  },
  {
    program: 'httpd',
    full: { right: 99.3, bytes: 99.6, wrong: 0.02 },
    stripped: { right: 97.3, bytes: 97.6, wrong: 0.04 },
    alone: { right: 38, bytes: 31, wrong: 0.02 },
  },
  {
    program: 'mix',
    full: { right: 99.6, bytes: 99.7, wrong: 0.08 },
    stripped: { right: 98, bytes: 98, wrong: 0.08 },
    alone: { right: 36, bytes: 14.5, wrong: 0.02 },
  },
];

const table: string[] = [];

describe('programs whose every allocation is known', () => {
  for (const { program, full, stripped, alone } of TYPED) {
    for (const { suffix, floor } of [
      { suffix: '', floor: full },
      { suffix: '-stripped', floor: stripped },
    ]) {
      const name = `go1.24/${program}${suffix}`;
      test(`${name}, with its executable and alone`, async () => {
        const dump = await typedDump(name);
        expectWhole(dump);
        const known = scoreTypes(dump, await nameGraph(dump.graph, programOf(executableOf(name))));
        note(name, suffix === '' ? 'DWARF' : 'stripped', known);
        expectFloor(known, floor);
        const unaided = scoreTypes(dump, await nameGraph(dump.graph, null));
        note(name, 'alone', unaided);
        expectFloor(unaided, alone);
        const { maps, channels } = unaided;
        expect(maps).toEqual({ all: maps.all, found: maps.all, false: 0 });
        expect(channels).toEqual({ all: channels.all, found: channels.all, false: 0 });
        expect([known.maps.false, known.channels.false]).toEqual([0, 0]);
      });
    }
  }

  test('the table', async () => {
    await expect(`${HEAD}${table.join('')}`).toMatchFileSnapshot('answers/naming/types.txt');
  });
});

const HEAD = 'dump                    by         objects     right     bytes    wrong   maps  channels\n';

function note(name: string, by: string, score: TypeScore): void {
  const { objects, right, rightBytes, bytes, wrong, maps, channels } = score;
  const cells = [
    name.padEnd(22),
    by.padEnd(9),
    String(objects).padStart(7),
    percent(right, objects).padStart(8),
    percent(rightBytes, bytes).padStart(8),
    percent(wrong, objects, 2).padStart(7),
    `${maps.found}/${maps.all}`.padStart(9),
    `${channels.found}/${channels.all}`.padStart(8),
  ];
  table.push(`${cells.join('  ')}\n`);
}

function percent(part: number, whole: number, digits = 1): string {
  return `${((100 * part) / whole).toFixed(digits)} %`;
}

/** No phantom left and no object dropped. */
function expectWhole({ graph, allocations, phantoms }: TypedDump): void {
  expect(graph.objectCount).toBe(allocations.size);
  expect([...allocations.keys()].filter((address) => graph.index.objectAt(address) === NONE)).toEqual([]);
  expect(phantoms.length).toBeGreaterThan(0);
  expect(phantoms.filter((address) => graph.index.objectAt(address) !== NONE)).toEqual([]);
}

function expectFloor(score: TypeScore, floor: Floor): void {
  const { objects, right, rightBytes, bytes, wrong, examples } = score;
  expect((100 * right) / objects).toBeGreaterThanOrEqual(floor.right);
  expect((100 * rightBytes) / bytes).toBeGreaterThanOrEqual(floor.bytes);
  expect((100 * wrong) / objects, examples.join('; ')).toBeLessThanOrEqual(floor.wrong);
}

/** Dumps with planted objects, and the executables that wrote them; null is the dump alone. */
const PLANTED = [
  { dump: 'go1.27.4/poolcycle', executables: ['go1.27.4/poolcycle', 'go1.27.4/poolcycle-stripped', null] },
  { dump: 'go1.27.4/closureleak', executables: ['go1.27.4/closureleak', null] },
  { dump: 'go1.27.4/finalizers', executables: ['go1.27.4/finalizers', null] },
  { dump: 'go1.27.4/ifaces', executables: ['go1.27.4/ifaces', null] },
  { dump: 'go1.27.4/layout', executables: ['go1.27.4/layout', null] },
  { dump: 'go1.27.4/deferleak', executables: ['go1.27.4/deferleak-stripped', null] },
  { dump: 'go1.27.4-386/poolcycle', executables: ['go1.27.4-386/poolcycle-stripped', null] },
  { dump: 'go1.19.8/poolcycle', executables: ['go1.19.8/poolcycle-stripped', null] },
];

describe('what programs planted', () => {
  const rows: string[] = [];
  for (const { dump, executables } of PLANTED) {
    test(dump, async () => {
      for (const executable of executables) {
        const naming: Naming = await namingOf(dump, executable);
        const objects = plantedDifferences(naming, dump);
        const fields = plantedFields(naming, dump);
        const wrong = objects.wrong.filter(({ named }) => named !== 'nothing');
        const by = executable === null ? 'alone' : executable.endsWith('-stripped') ? 'stripped' : 'DWARF';
        rows.push(
          [
            dump.padEnd(22),
            by.padEnd(8),
            `${objects.planted - objects.wrong.length}/${objects.planted}`.padStart(8),
            String(wrong.length).padStart(6),
            `${fields.right}/${fields.planted}`.padStart(8),
          ].join('  '),
        );
        expect(wrong).toEqual([]);
        expect(fields.wrong).toEqual([]);
        if (executable !== null) expect(fields.planted).toBeGreaterThan(0);
      }
    });
  }

  test('the table', async () => {
    const head = 'dump                    by           right   wrong    fields';
    await expect(`${[head, ...rows].join('\n')}\n`).toMatchFileSnapshot('answers/naming/planted.txt');
  });
});
