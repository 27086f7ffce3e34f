// Headers and marks of every version, and of what nobody knows.
import { expect, test } from 'vitest';
import { hasMallocHeaders, heapLayout } from '../../../workers/go/malloc-headers';
import { readGoVersion } from '../../../workers/go/version';
import { EVERY_VERSION } from './every-version';

test('headers since Go 1.22, marks of Green Tea since 1.26', () => {
  const table = EVERY_VERSION.map((text) => {
    const { hasHeaders, markBytes } = heapLayout(readGoVersion(text), 8);
    return `${text || 'none'}: ${hasHeaders ? 'headers' : '-'} ${markBytes}`;
  });
  expect(table).toEqual([
    ...['go1.7', 'go1.8', 'go1.9', 'go1.10', 'go1.11', 'go1.12', 'go1.13', 'go1.14', 'go1.15', 'go1.16'].map(
      (v) => `${v}: - 0`,
    ),
    ...['go1.17', 'go1.18', 'go1.19', 'go1.20', 'go1.21'].map((v) => `${v}: - 0`),
    ...['go1.22', 'go1.23', 'go1.24', 'go1.25'].map((v) => `${v}: headers 0`),
    ...['go1.26', 'go1.27'].map((v) => `${v}: headers 128`),
    'none: - 0',
    ...['devel +1a2b3c', 'gotip', 'go2.0', 'go1.28'].map((v) => `${v}: headers 128`),
  ]);
});

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
