/** The same on dumps that Go programs wrote, one of each kind of heap and small enough for quadratic answers. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ArraySource } from '../../workers/dump/byte-source';
import { readHeapGraph } from '../../workers/graph/build';
import { MemoryAccount } from '../../workers/lib/alloc';
import { analyse } from '../support/analyse';
import { CHECKS } from './agreement';
import { NaiveGraph } from './naive';

const DUMPS = [
  'go1.19.8/poolcycle.heap',
  'go1.24.4/timers.heap',
  'go1.26.11/ctxleak.heap',
  'go1.27.4/chanleak.heap',
  'go1.27.4/stackroots.heap',
  'go1.27.4-386/closureleak.heap',
  'go1.27.4-mips/layout.heap',
  'broken/disk-full.heap',
];

describe.each(DUMPS)('%s', async (name) => {
  const bytes = await readFile(new URL(`../../fixtures/dumps/${name}`, import.meta.url));
  const graph = await readHeapGraph(new ArraySource(bytes), { account: new MemoryAccount() });
  const analysed = analyse(graph);
  const naive = new NaiveGraph(graph);

  test.each(Object.entries(CHECKS))('%s', (_, check) => {
    const { found, expected } = check(naive, analysed);
    expect(found).toEqual(expected);
  });
});
