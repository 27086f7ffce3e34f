import { describe, expect, it } from 'vitest';
import { listing, moreLine } from '../../../src/cli/lists';
import { writeDocument } from '../../../src/cli/output/json';
import { writeTable } from '../../../src/cli/output/table';
import type { Column } from '../../../src/cli/output/table';
import { placeOf, shortened, targetOf, wrapped } from '../../../src/cli/output/units';
import { counted } from '../../../workers/lib/format';
import type { Output } from '../../../src/cli/io';
import { pageOf } from './double';

const plain = { bold: (text: string) => text, dim: (text: string) => text, warn: (text: string) => text };

function output(columns: number | null): Output & { chunks: string[]; text: () => string } {
  const chunks: string[] = [];
  return {
    chunks,
    text: () => chunks.join(''),
    isTerminal: columns !== null,
    columns,
    write: async (chunk) => void chunks.push(String(chunk)),
  };
}

async function* streamed<Row>(rows: Iterable<Row>): AsyncGenerator<Row> {
  yield* rows;
}

describe('a table', () => {
  interface Line {
    name: string;
    size: string;
  }
  const columns: Column<Line>[] = [
    { title: 'Type', align: 'left', cell: (line) => line.name, flexible: true },
    { title: 'Size', align: 'right', cell: (line) => line.size },
  ];
  const lines = [
    { name: 'github.com/acme/server/internal/cache.(*Store).Get.func1', size: '1.2 KiB' },
    { name: 'main.T', size: '48 B' },
  ];

  it('aligns names to the left and numbers to the right', async () => {
    const out = output(null);
    await writeTable(out, plain, columns, lines);
    expect(out.text()).toBe(
      [
        'Type                                                         Size',
        'github.com/acme/server/internal/cache.(*Store).Get.func1  1.2 KiB',
        'main.T                                                       48 B',
        '',
      ].join('\n'),
    );
  });

  it('keeps within the terminal by cutting names', async () => {
    const out = output(40);
    await writeTable(out, plain, columns, lines);
    expect(out.text()).toBe(
      [
        'Type                                Size',
        '…/cache.(*Store).Get.func1       1.2 KiB',
        'main.T                              48 B',
        '',
      ].join('\n'),
    );
  });

  it('says nothing about no rows', async () => {
    const out = output(80);
    expect(await writeTable(out, plain, columns, [])).toBe(0);
    expect(out.text()).toBe('');
  });

  it('writes long lists in blocks, with one head', async () => {
    const out = output(null);
    const rows = Array.from({ length: 2500 }, (_, i) => ({ name: `t${i}`, size: `${i} B` }));
    expect(await writeTable(out, plain, columns, streamed(rows))).toBe(2500);
    expect(out.chunks).toHaveLength(3);
    expect(
      out
        .text()
        .split('\n')
        .filter((line) => line.startsWith('Type')),
    ).toHaveLength(1);
    expect(out.text().split('\n')).toHaveLength(2502);
  });
});

describe('names', () => {
  it.each([
    ['main.T', 20, 'main.T'],
    ['github.com/acme/server/cache.Store', 20, '…/cache.Store'],
    ['map[github.com/a/key.K]*github.com/b/val.V', 30, 'map[…/key.K]*…/val.V'],
    ['main.(*VeryLongReceiverName).VeryLongMethodName', 21, 'main.(*Ver…MethodName'],
    ['48 B, pointers at +0 +16 +24', 12, '48 B, …6 +24'],
    ['abc', 1, '…'],
  ])('%s in %i characters', (name, width, expected) => {
    expect(shortened(name, width)).toBe(expected);
    expect(shortened(name, width).length).toBeLessThanOrEqual(Math.max(width, 1));
  });

  it('counts and places in words', () => {
    expect([counted(1, 'object'), counted(1234, 'object'), counted(2, 'entry', 'entries')]).toEqual([
      '1 object',
      '1,234 objects',
      '2 entries',
    ]);
    expect(wrapped('one two three', '- ', 9)).toBe('- one two\n  three');
    expect(wrapped('unbreakable word', '', 5)).toBe('unbreakable\nword');
    expect(wrapped('one two three', '- ', null)).toBe('- one two three');
    expect([placeOf({ field: 'next', offset: 8 }), placeOf({ field: null, offset: 8 })]).toEqual(['next', '+8']);
    expect([placeOf({ field: null, offset: -8 }), placeOf({ field: null, offset: null })]).toEqual(['-8', '']);
    expect([targetOf('0x10', 0), targetOf('0x10', 8), targetOf('0x10', -8)]).toEqual(['0x10', '0x10+8', '0x10-8']);
  });
});

describe('a document', () => {
  it('has its keys in order and one line for each element of a stream', async () => {
    const out = output(null);
    await writeDocument(out, {
      schema: 's/1',
      rows: streamed([{ a: 1 }, { a: 2 }]),
      none: streamed([]),
      deep: { b: [1] },
    });
    expect(out.text()).toBe(
      '{\n  "schema": "s/1",\n  "rows": [\n    {"a":1},\n    {"a":2}\n  ],\n  "none": [],\n  "deep": {\n    "b": [\n      1\n    ]\n  }\n}\n',
    );
  });

  it('is never held whole: long streams are handed on in pieces', async () => {
    const out = output(null);
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ address: `0x${i.toString(16)}`, size: i }));
    await writeDocument(out, { rows: streamed(rows) });
    expect(out.chunks.length).toBeGreaterThan(3);
    expect(JSON.parse(out.text())).toEqual({ rows });
  });
});

describe('a listing', () => {
  const rows = Array.from({ length: 1234 }, (_, i) => i);

  it.each([
    [10, [10]],
    [500, [500]],
    [501, [500, 1]],
    [Infinity, [500, 500, 234]],
  ])('of %d rows asks for no page above 500 and for nothing it does not show', async (limit, pages) => {
    const asked: number[] = [];
    const list = await listing(limit, async (range) => {
      const page = pageOf(rows, range);
      asked.push(page.rows.length);
      return page;
    });
    expect(list.total).toBe(1234);
    const seen: number[] = [];
    for await (const row of list.rows) seen.push(row);
    expect(seen).toEqual(rows.slice(0, limit));
    expect(list.shown).toBe(seen.length);
    expect(asked).toEqual(pages);
  });

  it('ends when a page comes back empty', async () => {
    const list = await listing(Infinity, async ({ offset }) => ({ total: 5, offset, rows: [] }));
    for await (const row of list.rows) expect.fail(`a row out of nowhere: ${String(row)}`);
  });

  it('says how much it left out', () => {
    expect(moreLine(1234, 25)).toBe('1,209 more: --limit all\n');
    expect(moreLine(25, 25)).toBe('');
  });
});
