/** What containers hold: their insides are passed through, by the names that the runtime's and the library's types have in every version. */
import { describe, expect, test } from 'vitest';
import { parseSketch } from '../../../fixtures/shapes/sketch';
import { KIND } from '../../../workers/go/type-kinds';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { entriesBelow } from '../../../workers/heap/containers';
import { Beliefs, type Belief } from '../../../workers/naming/beliefs/beliefs';
import { analyse } from '../../support/analyse';
import { objectGraph } from '../../support/object-graph';

/** What `top` of a drawing has; objects are structs, or by their role, of the types named. */
function entries(drawing: string, types: Record<string, [name: string, role?: string]>): string[] {
  const sketch = parseSketch(drawing);
  const graph = objectGraph(drawing);
  const all = [{ type: null, count: 1 } as unknown as Belief];
  const number = new Uint32Array(graph.vertexCount);
  for (const [object, [name, role = 'plain']] of Object.entries(types)) {
    const type = { name, role, kind: KIND.struct, element: null, fields: [] };
    number[sketch.id(object)] = all.push({ type, count: 1 } as unknown as Belief) - 1;
  }
  const naming = { beliefs: new Beliefs(all, { number, teller: number, tellerOffset: number }) };
  const heap = { dominators: analyse(graph).tree, naming } as unknown as AnalysedHeap; // as much of it as is asked
  const found = new Set(entriesBelow(heap, sketch.id('top')));
  return sketch.objects.flatMap(({ name }) => (found.has(sketch.id(name)) ? [name] : [])).sort();
}

const SYNC_MAP = `
  data -> top -> map
  map -> read -> clean -> bucket
  map -> dirty -> others
  bucket -> k; bucket -> e1; bucket -> e2
  others -> e1; others -> e2; others -> e3
  e1 -> s1; e2 -> s2; e3 -> s3`;

describe('a sync.Map up to Go 1.23', () => {
  const types: Record<string, [string, string?]> = {
    map: ['sync.Map'],
    read: ['sync.readOnly'],
    clean: ['map[interface {}]*sync.entry', 'map header'],
    dirty: ['map[interface {}]*sync.entry', 'map header'],
    bucket: ['map.bucket[interface {}]*sync.entry'],
    others: ['map.bucket[interface {}]*sync.entry'],
    e1: ['sync.entry'],
    e2: ['sync.entry'],
    e3: ['sync.entry'],
  };

  test('has the keys and values that either of its maps leads to', () => {
    expect(entries(SYNC_MAP, types)).toEqual(['k', 's1', 's2', 's3']);
  });

  test('is not what another package calls so', () => {
    expect(entries(SYNC_MAP, { ...types, map: ['main.Map'] })).toEqual(['map']);
  });
});

describe('a channel', () => {
  const CHANNEL = 'data -> top -> chan -> buffer; buffer -> a; buffer -> b';

  test('has what stands in its buffer', () => {
    expect(entries(CHANNEL, { chan: ['chan *main.Job', 'channel'], buffer: ['channel buffer'] })).toEqual(['a', 'b']);
  });

  test('that is empty is an entry itself', () => {
    expect(entries('data -> top -> chan', { chan: ['chan *main.Job', 'channel'] })).toEqual(['chan']);
  });
});

test('buckets whose overflow pointers lead into themselves end: each is passed once', () => {
  const drawing = 'data -> top -> map -> buckets -> buckets; buckets -> old -> buckets; buckets -> a; old -> b';
  const bucket: [string] = ['map.bucket[string]*main.T'];
  expect(entries(drawing, { map: ['map[string]*main.T', 'map header'], buckets: bucket, old: bucket })).toEqual([
    'a',
    'b',
  ]);
});
