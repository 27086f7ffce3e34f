// Dumps of real programs, from Go 1.19 to 1.27, 32 and 64 bit, both byte orders, against what the programs said about their own heaps.
import { describe, expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { readHeapGraph } from '../../../workers/graph/build';
import { shallowSize, valueAddress, type HeapGraph } from '../../../workers/graph/heap-graph';
import { assertGraphIntegrity } from '../../support/graph-integrity';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { NONE } from '../../../workers/lib/none';
import { bytesOf, dumpsWithTruth, graphOf, truthOf, type Truth } from '../../support/dumps';

const TINY = 16;

test('there are dumps of every kind', () => {
  const kinds = new Set(dumpsWithTruth().map((name) => name.split('/')[0]));
  expect([...kinds]).toEqual(
    expect.arrayContaining(['go1.19.8', 'go1.22.12', 'go1.27.4', 'go1.27.4-386', 'go1.27.4-mips']),
  );
});

describe.each(dumpsWithTruth())('%s', (name) => {
  test('is whole, agrees with the runtime and holds what the program planted', async () => {
    const graph = await graphOf(bytesOf(`${name}.heap`));
    const { records } = graph;
    expect(records.state).toBe('whole');
    expect(records.notes).toEqual([]);
    expect(graph.objectCount).toBe(records.memstats?.['HeapObjects']);
    expect(graph.heapBytes).toBe(records.memstats?.['HeapAlloc']);
    assertGraphIntegrity(graph);
    expect(misplaced(graph, truthOf(name))).toEqual([]);
    expect(missingReferences(graph, truthOf(name))).toEqual([]);
  });
});

/** Planted objects that are not found at the address of their value, or do not fit their slot. */
function misplaced(graph: HeapGraph, { objects }: Truth): string[] {
  return objects
    .filter(({ where, live }) => where === 'heap' && live !== 'no' && live !== 'depends')
    .filter(({ addr, size }) => {
      const address = Number(addr);
      const id = graph.index.objectAt(address);
      if (id === NONE) return true;
      const slot = shallowSize(graph, id);
      const isTiny = size < TINY && slot === TINY;
      return (valueAddress(graph, id) !== address && !isTiny) || address + size > graph.slotAddress[id] + slot;
    })
    .map(({ name: planted }) => planted);
}

/** Planted pointers between planted objects that are no references. */
function missingReferences(graph: HeapGraph, { objects, refs }: Truth): string[] {
  const named = new Map(objects.map((object) => [object.name, object]));
  return (refs ?? [])
    .filter(({ from, to, toOffset = 0 }) => {
      const source = named.get(from);
      const target = named.get(to);
      if (source?.where !== 'heap' || target?.where !== 'heap' || ['no', 'depends'].includes(source.live)) return false;
      const id = graph.index.objectAt(Number(source.addr));
      const targets = graph.referenceTarget.subarray(graph.referenceStart[id], graph.referenceStart[id + 1]);
      return !targets.includes(graph.index.objectAt(Number(target.addr) + toOffset));
    })
    .map(({ from, field }) => `${from}.${field}`);
}

describe('the window does not matter', () => {
  test.each(['go1.27.4/cache', 'go1.19.8/panicdefer', 'go1.27.4-386/layout', 'go1.27.4-mips/poolcycle'])(
    '%s',
    async (name) => {
      const bytes = bytesOf(`${name}.heap`);
      const [small, large] = [await graphOf(bytes, 7), await graphOf(bytes)];
      expect(columnsOf(small)).toEqual(columnsOf(large));
      expect({ ...small.records, source: null }).toEqual({ ...large.records, source: null });
    },
  );
});

function columnsOf(graph: HeapGraph): unknown {
  const { index, records, shapes, ...columns } = graph;
  const { slotSize, valueOffset, pointerCount, fieldListAt, count } = shapes;
  const used = [slotSize, valueOffset, pointerCount, fieldListAt].map((column) => column.slice(0, count));
  return { ...columns, used, types: records.types.length, first: index.objectAt(columns.slotAddress[1]) };
}

describe('the file is read once, and what lies outside the heap a second time', () => {
  test.each([
    ['go1.27.4/cache', 4_096],
    ['go1.27.4/cache', 65_536],
    ['go1.19.8/memprof', 65_536],
  ])('%s with a window of %i bytes', async (name, windowBytes) => {
    const bytes = bytesOf(`${name}.heap`);
    const source = new ArraySource(bytes);
    const { records } = await readHeapGraph(source, { account: new MemoryAccount(), windowBytes });
    const outside = [records.data, records.bss, ...records.frames].reduce((sum, block) => sum + (block?.bytes ?? 0), 0);
    // pointer words are read again in buffers, which overlap by less than their number times the window
    expect(source.bytesServed).toBeLessThan(bytes.length + outside + 0.25 * bytes.length);
  });
});
