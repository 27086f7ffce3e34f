// Whose each kind of root is, and where its word lies.
import { expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { rootAddress } from '../../../workers/graph/contents/read-object';
import { ROOT, ROOT_PART } from '../../../workers/graph/heap-graph';
import { goroutineOfRoot } from '../../../workers/graph/root-owner';
import { graphOf } from '../../support/dumps';

test('roots of two goroutines, of globals, of a finalizer and of the runtime', async () => {
  const shape = new Shape();
  const target = shape.object(64);
  const finalized = shape.object(32);
  shape.point(finalized, 0, target);
  shape.goroutine({ descriptor: shape.object(400) }).frame('main.first');
  const second = shape.goroutine({ descriptor: shape.object(400), context: target });
  const frame = second.frame('main.second').lists(8, target);
  shape.data.push({ offset: 16, target });
  shape.bss.push({ offset: 24, target });
  shape.finalizer(finalized, { address: 0x401000 });
  shape.otherRoots.push({ description: 'another', target });
  const { bytes, valueAddress, addresses } = buildDump(shape, platform('go1.27.4'));
  const graph = await graphOf(bytes);
  const { kind, offset, count } = graph.roots;
  const kindName = (root: number) => Object.entries(ROOT).find(([, one]) => one === kind[root])?.[0];
  const found = Array.from({ length: count }, (_, root) => {
    const part = kind[root] === ROOT.goroutine && offset[root] === ROOT_PART.descriptor ? ' descriptor' : '';
    return [`${kindName(root)}${part}`, goroutineOfRoot(graph, root), rootAddress(graph, root)];
  });
  const [, descriptor] = graph.records.goroutines.map(({ address }) => address);
  expect(found.sort()).toEqual(
    [
      ['data', null, addresses.data + 16],
      ['bss', null, addresses.bss + 24],
      ['stack', 1, addresses.stackPointer(frame) + 8],
      ['goroutine descriptor', 0, null],
      ['goroutine descriptor', 1, null],
      ['goroutine', 1, descriptor],
      ['finalizer', null, valueAddress(finalized)],
      ['other', null, null],
    ].sort(),
  );
});
