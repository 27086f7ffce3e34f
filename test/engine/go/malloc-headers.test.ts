// Headers and marks where experiments switch them; what each version has stands in layouts.test.ts.
import { expect, test } from 'vitest';
import { hasMallocHeaders, heapLayout } from '../../../workers/go/malloc-headers';
import { readGoVersion } from '../../../workers/go/version';

test.each([
  ['go1.25.12 X:greenteagc', true, 128],
  ['go1.25.12 X:synctest,greenteagc', true, 128],
  ['go1.24.4 X:greenteagc', true, 0],
  ['go1.26.11-X:nogreenteagc', true, 0],
  ['go1.26.11-X:jsonv2,nogreenteagc', true, 0],
  ['devel go1.28-abc Mon X:nogreenteagc', true, 0],
  ['go1.22.12 X:noallocheaders', false, 0],
])('%s: headers %s, %i bytes of marks', (text, hasHeaders, markBytes) => {
  const version = readGoVersion(text);
  expect(heapLayout(version, 8)).toMatchObject({ hasHeaders, markBytes });
  expect(hasMallocHeaders(version)).toBe(hasHeaders);
});

test.each([
  [8, 512],
  [4, 128],
] as const)('with pointers of %i bytes, slots of up to %i have none', (pointerBytes, largestWithoutHeader) => {
  expect(heapLayout(readGoVersion('go1.24'), pointerBytes)).toMatchObject({
    pointerBytes,
    largestWithoutHeader,
    headerBytes: 8,
  });
});
