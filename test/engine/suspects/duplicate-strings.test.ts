// Copies of one text: the planted ones beside visits that share it, and shapes built for what is no waste.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { duplicateStrings } from '../../../workers/suspects/detectors/duplicate-strings';
import { quoted } from '../../../workers/suspects/words/quoted';
import { detectIn, detectInShape, lines, surviveDamage } from './detected';

describe('waste', () => {
  test('800 visits have a copy each of the text that 800 others share', async () => {
    const { findings } = await detectIn(duplicateStrings, 'go1.19.8/waste', 'go1.19.8/waste');
    expect(lines(findings)).toEqual([
      'note/likely 75.0 KiB go to copies of the same text: 801 copies of 1 content in main.Visit .agent',
    ]);
    // of 96 bytes each; the shared one is the one that would stay
    expect(findings[0]).toMatchObject({ objects: 800, bytes: 800 * 96, key: 'main.Visit .agent' });
    expect(findings[0].proofs[0].text).toBe(
      '801 copies of "Mozilla/5.0 (X11; Linux x86_64) Mozilla/"… (96 B) in main.Visit .agent: 75.0 KiB',
    );
  });

  test('without names the headers of strings tell what is text', async () => {
    const { findings } = await detectIn(duplicateStrings, 'go1.19.8/waste');
    expect(findings.map(({ objects, bytes }) => [objects, bytes])).toEqual([[800, 800 * 96]]);
  });
});

const WORDS = 128;

interface Texts {
  /** The word that a text repeats, by its number. */
  word: (text: number) => number;
  /** Bytes of the string that a holder says it has. */
  length?: number;
  held?: boolean;
}

/** A hundred holders of {pointer, length} with a text of 1 KiB each. */
function texts({ word, length = 8 * WORDS, held = true }: Texts): Shape {
  const shape = new Shape();
  for (let i = 0; i < 100; i++) {
    const text = shape.object(8 * WORDS);
    for (let at = 0; at < WORDS; at++) shape.put(text, 8 * at, word(i));
    const holder = shape.object(32);
    shape.point(holder, 0, text);
    shape.put(holder, 8, length);
    if (held) shape.bss.push({ offset: 8 * i, target: holder });
  }
  return shape;
}

const TEXT = 0x1068_6769_6874;

describe('one thing apart', () => {
  test.each([
    ['a hundred copies', texts({ word: () => TEXT + 0x0100_0000_0000_0000 }), [99 * 1024]],
    ['a hundred texts', texts({ word: (text) => TEXT + 0x0100_0000_0000_0000 + text * 4096 }), []],
    ['buffers that are not full: they end in zeros', texts({ word: () => TEXT }), []],
    ['buffers never written', texts({ word: () => 0 }), []],
    ['bytes that nothing says are text', texts({ word: () => TEXT + 0x0100_0000_0000_0000, length: 0 }), []],
    ['garbage', texts({ word: () => TEXT + 0x0100_0000_0000_0000, held: false }), []],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(duplicateStrings, shape);
    expect(findings.map(({ bytes }) => bytes)).toEqual(expected);
  });

  test('two fields are two findings, each with its own', async () => {
    const shape = texts({ word: () => TEXT + 0x0100_0000_0000_0000 });
    for (let i = 0; i < 100; i++) {
      const text = shape.object(8 * WORDS);
      for (let at = 0; at < WORDS; at++) shape.put(text, 8 * at, TEXT + 0x0200_0000_0000_0000);
      const holder = shape.object(64);
      shape.point(holder, 16, text);
      shape.put(holder, 24, 8 * WORDS);
      shape.bss.push({ offset: 8 * (100 + i), target: holder });
    }
    const { findings } = await detectInShape(duplicateStrings, shape);
    expect(findings.map(({ key }) => key).sort()).toEqual(['32 B, pointer at +0 +0x0', '64 B, pointer at +16 +0x10']);
  });
});

test.each(['go1.27.4/deferleak', 'go1.27.4/finalizers', 'go1.27.4/layout', 'go1.27.4/mixed-3k', 'go1.26.11/fresh'])(
  'none in %s',
  async (dump) => {
    expect((await detectIn(duplicateStrings, dump)).findings).toEqual([]);
  },
);

test('texts are quoted so that they can be shown anywhere', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(quoted(bytes('plain'), 10)).toBe('"plain"');
  expect(quoted(bytes('a "b"\n\u001b[31m'), 40)).toBe('"a \\"b\\"\\n\\u001b[31m"');
  expect(quoted(bytes('x\u202ey\u200bz\u2028'), 40)).toBe('"x\\u202ey\\u200bz\\u2028"');
  expect(quoted(bytes('0123456789'), 4)).toBe('"0123"…');
  expect(quoted(Uint8Array.of(0xff, 0x41), 4)).toBe('"\ufffdA"');
});

test('damaged dumps give findings or none, but never an error', async () => {
  expect(await surviveDamage(duplicateStrings, 'go1.19.8/waste', 8)).toBeGreaterThan(2);
});
