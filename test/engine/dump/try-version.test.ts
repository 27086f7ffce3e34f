// A version that nobody knows is tried against the dump: with malloc headers, without, and where too little is seen to tell.
import { expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { everyRule } from '../../../fixtures/builder/every-rule';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { graphOf } from '../../support/dumps';
import { NEWEST } from '../../../workers/go/version';
import type { HeapGraph } from '../../../workers/graph/heap-graph';

/** A dump laid out as by one Go, which says that it was written by another. */
function disguised(shape: Shape, real: string, claimed: string, architecture = 'amd64'): Promise<HeapGraph> {
  return graphOf(buildDump(shape, { ...platform(real, architecture), version: claimed }).bytes, 4096);
}

/** An object with its own address in the words of these offsets. */
function withPointersAt(...offsets: number[]): Shape {
  const shape = new Shape();
  const large = shape.object(1024, 'large');
  for (const offset of offsets) shape.point(large, offset, large);
  shape.bss.push({ offset: 8, target: { object: large, offset: 0 } });
  return shape;
}

const CLAIMS = ['devel +1a2b3c', 'gotip', 'go2.0', 'go1.99.1'];

test.each(CLAIMS)('%s with malloc headers is read as the newest', async (claimed) => {
  const { records, phantomRecords } = await disguised(everyRule().shape, 'go1.27.4', claimed);
  expect(records.params.go).toMatchObject({ text: claimed, minor: NEWEST });
  expect(records.notes.map(({ code }) => code)).toEqual(['go-version-unknown']);
  expect(records.notes[0].message).toContain(`Go 1.${NEWEST}.`);
  expect(phantomRecords).toBe((await disguised(everyRule().shape, 'go1.27.4', 'go1.27.4')).phantomRecords);
});

test.each(CLAIMS)('%s without malloc headers is read as Go 1.21', async (claimed) => {
  const { records, shapes, phantomRecords } = await disguised(withPointersAt(0, 8, 16), 'go1.21.13', claimed);
  expect(records.params.go.minor).toBe(21);
  expect(records.notes).toEqual([
    {
      code: 'go-version-unknown',
      message: `“${claimed}” is no release of Go that is known here: the dump is read as one of Go 1.21. Its slots have no malloc headers, which newer ones have.`,
      offset: null,
    },
  ]);
  expect(Array.from({ length: shapes.count }, (_, shape) => shapes.valueOffset[shape])).not.toContain(8);
  expect(phantomRecords).toBe(0);
});

test('a slot that lists no first word says nothing against headers', async () => {
  const { records } = await disguised(withPointersAt(8), 'go1.21.13', 'gotip');
  expect(records.params.go.minor).toBe(NEWEST);
});

test('a release is believed, whatever its slots look like', async () => {
  const { records } = await disguised(withPointersAt(0), 'go1.21.13', 'go1.24.4');
  expect(records.params.go).toMatchObject({ minor: 24, reading: 'release' });
  expect(records.notes).toEqual([]);
});

test.each([1, 64, 4096, 2 ** 22])('through a window of %i bytes nothing is lost by the trial', async (windowBytes) => {
  const on = platform('go1.27.4', '386');
  const { bytes } = buildDump(everyRule().shape, { ...on, version: 'gotip' });
  const tried = await graphOf(bytes, windowBytes);
  const known = await graphOf(buildDump(everyRule().shape, on).bytes, windowBytes);
  expect(tried.objectCount).toBe(known.objectCount);
  expect(tried.slotAddress).toEqual(known.slotAddress);
  expect(tried.referenceTarget).toEqual(known.referenceTarget);
});

test('where the file ends within what is looked at, reading goes on as far as it can', async () => {
  const { bytes } = buildDump(withPointersAt(0, 8), { ...platform('go1.21.13'), version: 'gotip' });
  for (const end of [100, bytes.length >> 1]) {
    const { records } = await graphOf(bytes.slice(0, end), 64);
    expect(records.state).toBe('truncated');
  }
});
