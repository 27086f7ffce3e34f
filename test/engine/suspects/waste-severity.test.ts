// From how many bytes on waste is told, and from how many it is a warning: on both sides of each border.
import { expect, test } from 'vitest';
import { HOLDER_NAMES } from '../../support/analyse';
import { severityOfWaste } from '../../../workers/suspects/waste/waste';

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const GIB = 2 ** 30;

test.each([
  // a small heap: bytes decide
  [MIB, 64 * KIB - 1, null],
  [MIB, 64 * KIB, 'note'],
  [20 * MIB, 16 * MIB - 1, 'note'],
  [20 * MIB, 16 * MIB, 'warning'],
  // a large one: its share
  [GIB, 0.02 * GIB - 1, null],
  [GIB, Math.ceil(0.02 * GIB), 'note'],
  [GIB, 0.25 * GIB - 1, 'note'],
  [GIB, 0.25 * GIB, 'warning'],
])('of %i reachable bytes, %i wasted', (reachable, wasted, expected) => {
  // garbage is no part of what is reachable
  const bytes = Float64Array.from(HOLDER_NAMES, (holder) => (holder === 'nothing' ? 10 * GIB : 0));
  bytes[0] = reachable;
  expect(severityOfWaste({ reachability: { bytes } }, wasted)).toBe(expected);
});
