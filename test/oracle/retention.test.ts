/**
 * Retention against a naive telling with strings: each object's way is walked up, object by object, and written as a text; equal texts are one
 * node. And what must hold of any tree: sums to the last byte, holders as the summary tells them.
 */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { KEEPER, KEEPERS, type CycleStructures } from '../../workers/cycles/keepers';
import { HOLDER } from '../../workers/analysis/results';
import { ArraySource } from '../../workers/dump/byte-source';
import { shallowSize } from '../../workers/graph/heap-graph';
import { ContainerInsides } from '../../workers/kinds/containers-inside';
import { findDominatorWays } from '../../workers/kinds/dominator-ways';
import type { Kinds } from '../../workers/kinds/kinds';
import { findPathWays } from '../../workers/kinds/path-ways';
import { regroup } from '../../workers/kinds/regrouped-tree';
import type { Tops } from '../../workers/kinds/tops';
import { buildWayTree, type WayTree, type Ways } from '../../workers/kinds/way-tree';
import { NONE } from '../../workers/lib/none';
import { Scratch } from '../../workers/lib/scratch';
import { finish, type Work } from '../../workers/lib/work';
import { findCycleStructures } from '../../workers/session/computed/cycle-facts';
import { findKinds } from '../../workers/session/computed/kinds';
import type { AnalysedDump } from '../../workers/session/dump/opened-dump';
import { analysedDump } from '../support/analysed-heap';
import { executableOf } from '../support/programs';

const DUMPS: [dump: string, executable: string | null][] = [
  ['go1.27.4/poolcycle.heap', 'go1.27.4/poolcycle'],
  ['go1.27.4/closureleak.heap', 'go1.27.4/closureleak'],
  ['go1.27.4/poolcycle.heap', null],
  ['go1.24.4/timers.heap', null],
  ['go1.19.8/poolcycle.heap', null],
  ['go1.27.4-386/closureleak.heap', null],
  ['go1.27.4-mips/layout.heap', null],
  ['broken/disk-full.heap', null],
];

const TOOLS = { checkpoint: () => undefined, drive: <T>(work: Work<T>) => Promise.resolve(finish(work)) };

interface Made {
  dump: AnalysedDump;
  kinds: Kinds;
  structures: CycleStructures;
}

async function made(name: string, executable: string | null): Promise<Made> {
  const bytes = await readFile(new URL(`../../fixtures/dumps/${name}`, import.meta.url));
  const dump = await analysedDump(new ArraySource(bytes), executable === null ? null : executableOf(executable));
  const structures = await findCycleStructures(dump, TOOLS);
  return { dump, kinds: await findKinds(dump, TOOLS), structures };
}

function waysOf({ dump, kinds, structures }: Made, by: 'path' | 'dominator'): { ways: Ways; tops: Tops } {
  const { objects, fields, roots: rootKinds } = kinds;
  const scratch = new Scratch(dump.account);
  if (by === 'dominator') return finish(findDominatorWays({ ...dump, fields, rootKinds }, scratch));
  return finish(findPathWays({ ...dump, ...structures, kinds: objects, fields, rootKinds }, null, scratch));
}

function treeOf({ dump, kinds }: Made, { ways, tops }: { ways: Ways; tops: Tops }): WayTree {
  const insides = new ContainerInsides(dump.naming.beliefs);
  const scene = {
    graph: dump.graph,
    kindOf: kinds.objects.ofObject,
    kinds: kinds.objects.count,
    isInsideOf: (id: number, source: number) => insides.isInsideOf(id, source),
  };
  return finish(buildWayTree(scene, ways, tops.all, new Scratch(dump.account)));
}

/** A step of a way: a field and a kind, or a top. */
type Step = string;

/** Ways as lists of steps, each told from the one of its source. */
function naiveWays({ dump, kinds }: Made, { ways, tops }: { ways: Ways; tops: Tops }): Map<number, Step[]> {
  const insides = new ContainerInsides(dump.naming.beliefs);
  const found = new Map<number, Step[]>();
  for (const id of ways.order.subarray(0, ways.visited)) {
    const kind = kinds.objects.text(kinds.objects.ofObject[id]);
    const field = ways.fieldOf(id);
    const step = `${field === NONE || ways.source[id] === 0 ? '' : kinds.fields.text(field)} → ${kind}`;
    const top = ways.topOf(id);
    if (top !== NONE) {
      const { keeper, text } = tops.all[top];
      found.set(id, [`${KEEPERS[keeper]}: ${text}`, step]);
      continue;
    }
    const above = found.get(ways.source[id]) ?? [];
    if (insides.isInsideOf(id, ways.source[id])) found.set(id, above);
    else found.set(id, joined(above, step, kind));
  }
  return found;
}

/** A kind among the last eight steps is gone back to. */
function joined(above: Step[], step: Step, kind: string): Step[] {
  for (let back = 1; back <= 8 && back < above.length; back++)
    if (above[above.length - back].endsWith(`→ ${kind}`)) return above.slice(0, above.length - back + 1);
  return [...above, step];
}

describe.each(DUMPS)('%s with %s', async (name, executable) => {
  const all = await made(name, executable);
  const { dump, kinds } = all;
  const { graph } = dump;

  describe.each(['path', 'dominator'] as const)('by %s', (by) => {
    const ways = waysOf(all, by);
    const tree = treeOf(all, ways);

    test('nodes are what equal texts of ways are, with the same objects and bytes', () => {
      const expected = new Map<string, { objects: number; bytes: number }>();
      for (const [id, steps] of naiveWays(all, ways)) {
        const key = steps.join('\n');
        const { objects, bytes } = expected.get(key) ?? { objects: 0, bytes: 0 };
        expected.set(key, { objects: objects + 1, bytes: bytes + shallowSize(graph, id) });
      }
      const found = new Map<string, { objects: number; bytes: number }>();
      for (let node = 0; node < tree.count; node++) {
        if (tree.objects[node] === 0) continue;
        const key = textOf(tree, kinds, node);
        expect(found.has(key), key).toBe(false);
        found.set(key, { objects: tree.objects[node], bytes: tree.ownBytes[node] });
      }
      expect(found).toEqual(expected);
    });

    test('each object is counted once, behind its source', () => {
      const { order, visited, source } = ways.ways;
      const place = new Map([...order.subarray(0, visited)].map((id, at) => [id, at]));
      expect([place.size, visited]).toEqual([graph.objectCount, graph.objectCount]);
      for (const [id, at] of place) if (source[id] !== 0) expect(place.get(source[id])).toBeLessThan(at);
    });

    test('a node is what it has itself and what is below it, and the tops are the heap', () => {
      const below = new Float64Array(tree.count);
      let top = 0;
      for (let node = 0; node < tree.count; node++) {
        if (tree.parent[node] === NONE) top += tree.bytes[node];
        else below[tree.parent[node]] += tree.bytes[node];
      }
      expect(top).toBe(graph.heapBytes);
      for (let node = 0; node < tree.count; node++) expect(below[node] + tree.ownBytes[node]).toBe(tree.bytes[node]);
    });

    test('what is below roots is what is reachable', () => {
      const { bytes, objects } = dump.reachability;
      const sum = [0, 0];
      for (let node = 0; node < tree.count; node++) {
        if (tree.parent[node] !== NONE || tree.tops[tree.kind[node] - tree.kinds].kind !== 'root') continue;
        sum[0] += tree.bytes[node];
        sum[1] += tree.totalObjects[node];
      }
      expect(sum).toEqual([graph.heapBytes - bytes[HOLDER.nothing], graph.objectCount - objects[HOLDER.nothing]]);
    });

    test('upside down every chain ends at its root, with the same sums', () => {
      const weights = { objects: tree.objects, bytes: tree.ownBytes };
      const turned = regroup(tree, weights, {
        focus: null,
        ignore: null,
        hide: null,
        upsideDown: true,
        packageOf: null,
      });
      let total = 0;
      for (let node = 0; node < turned.count; node++) {
        if (turned.parent[node] === NONE) total += turned.bytes[node];
        if (turned.objects[node] > 0) expect(turned.kind[node]).toBeGreaterThanOrEqual(turned.kinds);
      }
      expect(total).toBe(graph.heapBytes);
    });
  });

  test('what is below the tops of a holder is what the summary says of it', () => {
    const tree = treeOf(all, waysOf(all, 'path'));
    const objects = new Array<number>(KEEPERS.length).fill(0);
    const bytes = new Array<number>(KEEPERS.length).fill(0);
    for (let node = 0; node < tree.count; node++) {
      if (tree.parent[node] !== NONE) continue;
      const { keeper } = tree.tops[tree.kind[node] - tree.kinds];
      objects[keeper] += tree.totalObjects[node];
      bytes[keeper] += tree.bytes[node];
    }
    expect(objects).toEqual([...dump.keepers.objects]);
    expect(bytes).toEqual([...dump.keepers.bytes]);
    expect(objects[KEEPER.nothing] + objects[KEEPER.cleanup]).toBe(dump.reachability.objects[HOLDER.nothing]);
  });
});

function textOf(tree: WayTree, { objects, fields }: Kinds, node: number): string {
  const steps: Step[] = [];
  for (let at = node; at !== NONE; at = tree.parent[at]) {
    const kind = tree.kind[at];
    const field = tree.field[at] === NONE ? '' : fields.text(tree.field[at]);
    if (kind < tree.kinds) steps.push(`${field} → ${objects.text(kind)}`);
    else steps.push(`${KEEPERS[tree.tops[kind - tree.kinds].keeper]}: ${tree.tops[kind - tree.kinds].text}`);
  }
  return steps.reverse().join('\n');
}
