import { expect, it } from 'vitest';
import {
  avoidNothing,
  avoidWords,
  isEmpty,
  withObject,
  withReference,
  withRoot,
} from '../../src/renderer/parts/alive/avoiding';
import type { RootLabel } from '../../workers/api';

const ROOT: RootLabel = {
  kind: 'bss',
  holder: 'global',
  name: 'bss+0x20',
  weak: false,
  goroutine: null,
  frame: null,
  address: '0x500020',
};

it('gathers what paths must not use, each once, and lets go of it again', () => {
  const once = withRoot(withReference(withObject(avoidNothing, '0xc000010000'), '0xc000010000', '0xc000020000'), ROOT);
  const twice = withRoot(withReference(withObject(once, '0xc000010000'), '0xc000010000', '0xc000020000'), ROOT);
  expect(twice).toEqual(once);
  expect(avoidWords(once).map(({ words }) => words)).toEqual([
    'root 0x500020',
    '0xc000010000',
    '0xc000010000 → 0xc000020000',
  ]);
  let left = once;
  while (!isEmpty(left)) left = avoidWords(left)[0].without;
  expect(left).toEqual(avoidNothing);
});

it('avoids all roots of a kind where one has no place of its own', () => {
  const avoid = withRoot(avoidNothing, { ...ROOT, kind: 'other', address: null });
  expect(avoid.roots).toEqual(['other']);
  expect(avoidWords(avoid)[0].words).toBe('other roots');
});
