import { describe, expect, it } from 'vitest';
import type { EdgeCut } from '../../../workers/api';
import type { DrawingQuery } from '../../../workers/api/session';
import { findCutTables } from '../../../workers/analysis/cut-tables';
import { finish } from '../../../workers/lib/work';
import { drawGraph } from '../../../workers/session/drawing/draw-graph';
import { sketchedDump } from './sketched-dump';

type Subject = { cycle: number } | { address: `0x${string}` } | { pathOf: `0x${string}` };

/** `from -> to` by card titles → what the edge frees. */
async function cutsOf(
  sketch: string,
  subject: (dump: ReturnType<typeof sketchedDump>) => Subject,
): Promise<Record<string, EdgeCut | null>> {
  const sketched = sketchedDump(sketch);
  const { dump } = sketched;
  const query: DrawingQuery = { budget: 120, expanded: [], ...subject(sketched) };
  const tables = finish(findCutTables(dump.graph, dump.reachability, dump.dominators, dump.account));
  const { nodes, edges } = await drawGraph(dump, query, async (work) => finish(work), null, tables);
  const title = new Map(nodes.map((node) => [node.id, node.title]));
  return Object.fromEntries(edges.map(({ from, to, cut }) => [`${title.get(from)} -> ${title.get(to)}`, cut]));
}

const frees = (objects: number, bytes: number, best = false): EdgeCut => ({ objects, bytes, exact: true, best });

describe('edges of a drawing', () => {
  it('tell what goes without them; of those that lead to the cycle, one frees most', async () => {
    const cuts = await cutsOf('bss -> r:64 -> a:48 -> b:32 -> a; b -> payload:1024', () => ({ cycle: 0 }));
    expect(cuts).toEqual({
      'bss+0x0 -> 0xc000010000': frees(4, 64 + 48 + 32 + 1024),
      '0xc000010000 -> 0xc000020000': frees(3, 48 + 32 + 1024, true),
      '0xc000020000 -> 0xc000030000': frees(2, 32 + 1024),
      '0xc000030000 -> 0xc000020000': frees(0, 0),
      '0xc000030000 -> 0xc000040000': frees(1, 1024),
    });
  });

  it('mark none where no single reference lets go', async () => {
    const cuts = await cutsOf('bss -> a:48 -> b:32 -> a; data -> b', () => ({ cycle: 0 }));
    expect(Object.values(cuts).filter((cut) => cut?.best)).toEqual([]);
  });

  it('that stand for several references tell what goes without all of them', async () => {
    const ring = Array.from({ length: 40 }, (_, i) => `m${i}:48`);
    const cuts = await cutsOf(`bss -> h:64 -> ${ring.join(', ')}; ${[...ring, ring[0]].join(' -> ')}`, () => ({
      cycle: 0,
    }));
    expect(cuts['0xc000010000 -> 48 B, no pointers']).toEqual(frees(40, 40 * 48, true));
  });

  it('leave out what was folded into “+N more”', async () => {
    const leaves = Array.from({ length: 80 }, (_, i) => `x${i}:16`);
    const cuts = await cutsOf(`bss -> a:48 -> a; ${leaves.join(', ')} -> a; bss -> ${leaves.join(', ')}`, () => ({
      cycle: 0,
    }));
    const more = Object.entries(cuts).find(([edge]) => edge.startsWith('+'));
    expect(more?.[1]).toBeNull();
  });

  it('of a path are not compared with each other', async () => {
    const cuts = await cutsOf('bss -> r:64 -> a:48', ({ address }) => ({ pathOf: address('a') }));
    expect(cuts).toEqual({
      'bss+0x0 -> 0xc000010000': frees(2, 112),
      '0xc000010000 -> 0xc000020000': frees(1, 48),
    });
  });
});
