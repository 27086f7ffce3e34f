/** What is written in objects of every kind, read back as the programs wrote it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeObject, type ValueRow } from '../../../workers/values/decode-value';
import type { Naming } from '../../../workers/naming/naming';
import { truthOf } from '../../support/dumps';
import { executableOf, nameGraph, namingOf, programOf } from '../../support/programs';
import { typedDump } from '../../support/typed-dumps';

const DUMP = 'go1.19.8/values';

let naming: Naming;
beforeAll(async () => {
  naming = await namingOf(DUMP, DUMP);
});

/** Rows of a planted object. */
function rowsOf(name: string): Promise<ValueRow[]> {
  const address = truthOf(DUMP).objects.find((object) => object.name === name)?.addr;
  return decodeObject(naming, naming.graph.index.objectAt(Number(address)));
}

async function textsOf(name: string): Promise<Record<string, string>> {
  return Object.fromEntries((await rowsOf(name)).map(({ path, text }) => [path, text]));
}

/** What a row leads to, by its type. */
function typeBehind({ to }: ValueRow): string | null {
  return to <= naming.graph.objectCount ? naming.label(to).type : null;
}

const ADDRESS: unknown = expect.stringMatching(/^0x[0-9a-f]+$/);

describe('by the program of Go 1.19', () => {
  test('numbers of every width', async () => {
    expect(await textsOf('numbers')).toEqual({
      ...{ '.I8': '-8', '.I16': '-1600', '.I32': '-320000', '.I64': '-64000000000' },
      ...{ '.U8': '200', '.U16': '60000', '.U32': '4000000000', '.U64': '18000000000000000000' },
      ...{ '.F32': '1.5', '.F64': '-2.25', '.C64': '(1-2i)', '.C128': '(-0.5+4i)' },
      ...{ '.R': '223', '.K': '7', '.P': '2748', '.Yes': 'true', '.No': 'false' },
    });
  });

  test('structs and arrays inside structs', async () => {
    expect(await textsOf('nested')).toEqual({
      '.ID': '1',
      '.Inner.Name': '"INNER"',
      ...{ '.Inner.Flags[0]': 'true', '.Inner.Flags[1]': 'false', '.Inner.Flags[2]': 'true' },
      ...{ '.Inner.At.X': '1', '.Inner.At.Y': '2' },
      '.List[0].Name': '""',
      ...{ '.List[0].Flags[0]': 'false', '.List[0].Flags[1]': 'false', '.List[0].Flags[2]': 'false' },
      ...{ '.List[0].At.X': '0', '.List[0].At.Y': '0' },
      '.List[1].Name': '"SECOND"',
      ...{ '.List[1].Flags[0]': 'false', '.List[1].Flags[1]': 'false', '.List[1].Flags[2]': 'false' },
      ...{ '.List[1].At.X': '-1', '.List[1].At.Y': '0.5' },
      '.next': truthOf(DUMP).objects.find(({ name }) => name === 'nested')?.addr,
      '.Tail': '-9',
    });
  });

  test('times, with a monotonic part, of another zone, of long ago and of none', async () => {
    const now = truthOf(DUMP).notes.find((note) => note.startsWith('now is '));
    expect(await textsOf('times')).toEqual({
      '.UTC': '2021-03-04T05:06:07.089Z',
      '.Zone': '2021-03-04T03:06:07.000Z',
      '.Mono': now?.slice('now is '.length),
      '.Zero': 'the zero time',
      '.Before': '1066-10-14T09:00:00.000Z',
      '.Length': '90000000000',
    });
  });

  test('interfaces, functions, channels, maps, slices, strings and pointers', async () => {
    expect(await textsOf('holder')).toEqual({
      ...{ '.Any': '*main.Inner', '.Small': 'int', '.Text': 'string("TEXT")', '.Err': '*main.problem' },
      ...{ '.Reader': '*strings.Reader', '.Nil': 'nil' },
      ...{ '.Func': 'main.counter.func1', '.Static': 'main.heapString', '.NoFunc': 'nil' },
      ...{ '.Chan': ADDRESS, '.Ints': ADDRESS, '.Map': ADDRESS, '.NoMap': 'nil' },
      ...{ '.Bytes': 'len 3, cap 16', '.Strings': 'len 2, cap 2', '.NoSlice': 'nil' },
      ...{ '.Str': '"HELLO"', '.Const': '"a constant"', '.Blank': '""', '.Ptr': ADDRESS },
      '.Long': `"${'0123456789'.repeat(26).slice(0, 256)}"… (300 bytes)`,
    });
    const behind = Object.fromEntries((await rowsOf('holder')).map((row) => [row.path, typeBehind(row)]));
    expect(behind).toMatchObject({
      ...{ '.Any': 'main.Inner', '.Func': 'closure main.counter.func1', '.Chan': 'chan *main.Inner' },
      ...{ '.Ints': 'chan int', '.Map': 'map[string]int', '.Strings': '[2]string', '.Static': null, '.Const': null },
    });
  });

  test('a closure’s captured variables', async () => {
    const rows = await rowsOf('counter');
    expect(rows.map((row) => [row.path, row.type, typeBehind(row)])).toEqual([
      ['captured start', '*int', 'tiny'],
      ['captured inner', '*main.Inner', 'main.Inner'],
    ]);
  });

  test('elements side by side, and what interfaces among them hold', async () => {
    expect(await textsOf('texts')).toEqual({ '[0]': '"FIRST"', '[1]': '""', '[2]': '"THIRD"' });
    expect(Object.values(await textsOf('boxed')).slice(3)).toEqual(['nil', '*main.Inner', 'main.Point']);
  });

  test('what waits in a channel, the next first', async () => {
    expect(await textsOf('ints')).toMatchObject({ '.qcount': '1', '.dataqsiz': '8', 'queued[0]': '5' });
    const chan = await rowsOf('chan');
    expect(chan.filter(({ path }) => path.startsWith('queued')).map(typeBehind)).toEqual(['main.Inner', 'main.Inner']);
  });

  test('maps of buckets, by key', async () => {
    expect(await textsOf('words')).toMatchObject({ '.count': '2', '["A"]': '1', '["B"]': '-2' });
    expect(await textsOf('points')).toMatchObject({ '[-5].X': '1', '[-5].Y': '2' });
    expect((await rowsOf('structs')).filter(({ path }) => path === '[3]').map(typeBehind)).toEqual(['main.Inner']);
    const large = await textsOf('large');
    for (let i = 0; i < 100; i++) expect(large[`[${i}]`]).toBe(`"${'v'.repeat((i % 7) + 1)}"`);
  });
});

test('maps of groups and tables, by the program of Go 1.24', async () => {
  const { graph } = await typedDump('go1.24/mix');
  const mix = await nameGraph(graph, programOf(executableOf('go1.24/mix')));
  const entries = async (type: string, size: number): Promise<Map<string, string>> => {
    for (let id = 1; id <= graph.objectCount; id++) {
      if (mix.label(id).type !== type) continue;
      const rows = await decodeObject(mix, id);
      const found = rows.filter(({ path }) => path.startsWith('['));
      if (found.length >= size) return new Map(found.map(({ path, text }) => [path, text]));
    }
    return new Map();
  };
  // "k0" to "k499" to "v0" to "v499", but a page of values ends before all of them.
  const strings = await entries('map[string]string', 400);
  expect(strings.size).toBeGreaterThan(400);
  for (const [path, text] of strings) expect(text).toBe(path.replace('["k', '"v').replace('"]', '"'));
  // A session's attributes: {"n": int, "t": time.Time}.
  const attributes = await entries('map[string]interface {}', 2);
  expect([...attributes.keys()].sort()).toEqual(['["n"]', '["t"]']);
  expect(attributes.get('["t"]')).toBe('time.Time');
});
