// The two rules that follow from how the allocator lays out its spans: malloc headers and phantoms.
import { describe, expect, test } from 'vitest';
import { HeaderRule } from '../../../workers/dump/header-rule';
import { pageLimits, realSlots, type PageEvidence } from '../../../workers/dump/phantoms';
import { heapLayout, type HeapLayout } from '../../../workers/go/malloc-headers';
import { readGoVersion } from '../../../workers/go/version';

const layoutOf = (version: string, pointerBytes: 4 | 8 = 8): HeapLayout =>
  heapLayout(readGoVersion(version), pointerBytes);

describe('malloc headers', () => {
  const rule = new HeaderRule(layoutOf('go1.24.4'));
  rule.learn(0x4a0000);
  rule.learn(0x520000);

  test.each([
    ['up to 512 bytes there is none', 512, 8, 0x4a0000, 0],
    ['above there is', 576, 8, 0, 8],
    ['a pointer where it would lie: none, whatever the version says', 576, 0, 0x4a0000, 0],
    ['a span of its own has none', 40960, 8, 0x4a0000, 0],
    ['32768 bytes, a descriptor first: a header', 32768, 8, 0x4b0000, 8],
    ['32768 bytes, a pointer first: none', 32768, 0, 0x4b0000, 0],
    ['32768 bytes, a small number first: none', 32768, 16, 7, 0],
    ['32768 bytes, zero first: none', 32768, 16, 0, 0],
    ['32768 bytes, an odd number first: none', 32768, 16, 0x4b0001, 0],
  ])('%s', (_what, bytes, firstPointer, firstWord, expected) => {
    expect(rule.valueOffset(bytes, firstPointer, firstWord)).toBe(expected);
  });

  test('32 bit: from 128 bytes on, eight bytes as well', () => {
    const rule32 = new HeaderRule(layoutOf('go1.24.4', 4));
    expect([rule32.valueOffset(128, 8, 0), rule32.valueOffset(144, 8, 0), rule32.valueOffset(144, 4, 0)]).toEqual([
      0, 8, 0,
    ]);
  });

  test('before Go 1.22 there are none', () => {
    expect(new HeaderRule(layoutOf('go1.21.13')).valueOffset(1024, 8, 0)).toBe(0);
  });
});

describe('slots that a page has room for', () => {
  test.each([
    ['go1.24.4', 8, 64, { slots: 128, scan: 126, noscan: 128 }],
    ['go1.24.4', 8, 8, { slots: 1024, scan: 1008, noscan: 1024 }],
    ['go1.27.4', 8, 64, { slots: 128, scan: 124, noscan: 126 }],
    ['go1.27.4', 8, 8, { slots: 1024, scan: 1008, noscan: 1024 }],
    ['go1.27.4', 8, 512, { slots: 16, scan: 15, noscan: 15 }],
    ['go1.27.4', 8, 480, { slots: 17, scan: 16, noscan: 16 }],
    ['go1.27.4', 4, 64, { slots: 128, scan: 122, noscan: 126 }],
  ] as const)('%s, %i-byte pointers, slots of %i bytes', (version, pointerBytes, bytes, expected) => {
    expect(pageLimits(layoutOf(version, pointerBytes), bytes)).toEqual(expected);
  });
});

describe('which of them are real', () => {
  const green = layoutOf('go1.27.4');
  const plain = layoutOf('go1.24.4');
  const seen = (evidence: Partial<PageEvidence>): PageEvidence => ({
    slotBytes: 64,
    anyBelow: false,
    pointersBelow: false,
    above: 0,
    lastByte: 0,
    ...evidence,
  });

  test.each([
    [
      'a slot with pointers: a page with pointers',
      green,
      seen({ anyBelow: true, pointersBelow: true, above: 4 }),
      124,
      false,
    ],
    ['slots without: a page without', green, seen({ anyBelow: true, above: 4 }), 126, false],
    ['only slots at the end, but not all: no metadata there', green, seen({ above: 2 }), 126, false],
    ['all at the end, the span class even: with pointers', green, seen({ above: 4, lastByte: 10 }), 124, false],
    ['all at the end, the span class odd: without', green, seen({ above: 4, lastByte: 11 }), 126, false],
    ['all at the end, without Green Tea: a guess', plain, seen({ above: 2, lastByte: 11 }), 126, true],
    ['some at the end, without Green Tea: all real', plain, seen({ above: 1 }), 128, false],
  ])('%s', (_what, layout, evidence, slots, guessed) => {
    expect(realSlots(layout, pageLimits(layout, evidence.slotBytes), evidence)).toEqual({ slots, guessed });
  });
});
