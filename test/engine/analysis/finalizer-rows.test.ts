// What goes with a finalizer when cuts are tried: all that one keeps which is still to run, and never what a queued one keeps.
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { finalizerRows, findCutTables } from '../../../workers/analysis/cut-tables';
import { ROOT, ROOT_PART } from '../../../workers/graph/heap-graph';
import { finish } from '../../../workers/lib/work';
import { analyse } from '../../support/analyse';
import { graphOf } from '../../support/dumps';

/** `a` is registered anew by its own finalizer, which is running: it has two. `b` is registered, `c` queued. All refer to one object. */
async function rowsByRoot() {
  const shape = new Shape();
  const below = shape.object(64);
  for (const name of ['a', 'b', 'c']) shape.point(shape.object(32, name), 8, below);
  shape.finalizer(shape.id('a'), { address: 0x401000 });
  shape.finalizer(shape.id('a'), { address: 0x401000 }, { queued: true });
  shape.finalizer(shape.id('b'), { address: 0x401000 });
  shape.finalizer(shape.id('c'), { address: 0x401000 }, { queued: true });
  shape.bss.push({ offset: 0, target: below });
  const { bytes, order } = buildDump(shape, platform('go1.27.4'));
  const graph = await graphOf(bytes);
  const { reachability, tree, account } = analyse(graph);
  const { finalizers } = finish(findCutTables(graph, reachability, tree, account));
  const found: Record<string, string[]> = {};
  const rowName = (root: number): string => {
    const { object, queued } = graph.records.finalizers[graph.roots.owner[root]];
    const name = shape.names.find((one) => order.indexOf(shape.id(one)) + 1 === graph.index.objectAt(object));
    const part = graph.roots.offset[root] === ROOT_PART.finalizerObject ? 'itself' : 'below it';
    return `${queued ? 'queued' : 'pending'} ${name} ${part}`;
  };
  for (let root = 0; root < graph.roots.strongCount; root++) {
    const rows = finalizerRows(graph, finalizers, root);
    const key = graph.roots.kind[root] === ROOT.finalizer ? rowName(root) : 'a global';
    found[key] = rows === null ? [] : rows.map(rowName);
  }
  return found;
}

describe('the rows of roots that go together', () => {
  test('are those of one finalizer that is still to run', async () => {
    expect(await rowsByRoot()).toEqual({
      'a global': [],
      'pending a below it': ['pending a below it'],
      'queued a below it': [],
      'queued a itself': [],
      'pending b below it': ['pending b below it'],
      'queued c below it': [],
      'queued c itself': [],
    });
  });
});
