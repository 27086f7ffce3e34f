// Clients that are made again and again: by their types, which are given here to objects of a dump that was built.
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { KIND } from '../../../workers/go/type-kinds';
import type { GoType } from '../../../workers/naming/types/go-type';
import type { Naming } from '../../../workers/naming/naming';
import { clientCrowd } from '../../../workers/suspects/detectors/client-crowd';
import { heapOf } from '../../support/analysed-heap';
import { lines } from './detected';

/** As much of a belief as is asked. */
interface StubBelief {
  readonly type: Pick<GoType, 'name' | 'kind' | 'fields' | 'element'> | null;
  readonly count: number;
}

interface Made {
  readonly type: string;
  readonly count: number;
  /** Nothing holds them. */
  readonly garbage?: boolean;
  /** Values side by side in each object. */
  readonly values?: number;
}

/** Names of the objects of a heap, as an executable would tell them: number of a belief → type. */
function named(heap: AnalysedHeap, beliefs: StubBelief[], numbers: Uint32Array) {
  const naming = Object.create(heap.naming, {
    hasExecutable: { value: true },
    beliefs: { value: { all: beliefs, numberOf: (id: number) => numbers[id] } },
  }) as Naming; // as much of one as the detector asks
  return { ...heap, naming } as AnalysedHeap;
}

async function toldOf(made: readonly Made[]) {
  const shape = new Shape();
  const beliefs: StubBelief[] = [{ type: null, count: 1 }];
  const beliefOf = new Map<number, number>();
  for (const { type, count, garbage = false, values = 1 } of made) {
    const belief =
      beliefs.push({ type: { name: type, kind: KIND.struct, fields: [], element: null }, count: values }) - 1;
    for (let i = 0; i < count; i++) {
      const id = shape.object(1024);
      beliefOf.set(id, belief);
      if (!garbage) shape.bss.push({ offset: 8 * shape.bss.length, target: id });
    }
  }
  const built = buildDump(shape, platform('go1.24.4'));
  const heap = await heapOf(new ArraySource(built.bytes, 'built.heap'), null);
  const numbers = Uint32Array.from([0, ...Array.from(built.order, (id) => beliefOf.get(id) ?? 0)]);
  return clientCrowd.detect(named(heap, beliefs, numbers));
}

const TRANSPORT = 'net/http.Transport';

describe('made again and again', () => {
  test.each<[string, Made[], string[]]>([
    [
      'a transport for each request, with connections',
      [
        { type: TRANSPORT, count: 40 },
        { type: 'net/http.persistConn', count: 25 },
      ],
      ['note/likely 40 × net/http.Transport are alive, with 25 connections between them: one is made to be shared'],
    ],
    ['a few', [{ type: TRANSPORT, count: 29 }], []],
    [
      'at the limit',
      [{ type: 'database/sql.DB', count: 30 }],
      ['note/likely 30 × database/sql.DB are alive, with 0 connections between them: one is made to be shared'],
    ],
    ['gone, and not yet collected', [{ type: TRANSPORT, count: 40, garbage: true }], []],
    ['arrays of them', [{ type: TRANSPORT, count: 40, values: 2 }], []],
    ['of a type of that name elsewhere', [{ type: 'example.org/net/http.Transport', count: 40 }], []],
    [
      'two kinds',
      [
        { type: TRANSPORT, count: 30 },
        { type: 'google.golang.org/grpc.ClientConn', count: 31 },
      ],
      [
        'note/likely 30 × net/http.Transport are alive, with 0 connections between them: one is made to be shared',
        'note/likely 31 × google.golang.org/grpc.ClientConn are alive, with 0 connections between them: one is made to be shared',
      ],
    ],
  ])('%s', async (_, made, expected) => {
    expect(lines((await toldOf(made)).findings)).toEqual(expected);
  });

  test('they go together, and the advice is that of their kind', async () => {
    const { findings } = await toldOf([{ type: 'database/sql.DB', count: 30 }]);
    expect(findings[0]).toMatchObject({ key: 'database/sql.DB', objects: 30, bytes: 30 * 1024 });
    expect(findings[0].fix.text).toContain('Open the database once');
  });
});
