/** A slice whose pointer, length and capacity lie apart in a frame is read like one that lies together. */
import { expect, test } from 'vitest';
import type { LocationPiece } from '../../../workers/program/dwarf/locations';
import { PiecedWords } from '../../../workers/naming/steps/frame-words';
import { madeType } from '../../../workers/naming/types/go-type';
import { SegmentMemory } from '../../../workers/graph/contents/segment-memory';

const SLICE = { id: 1, ...madeType({ name: '[]uint8', size: 24, mask: Uint32Array.of(0) }) };
const FRAME_BYTES = 64;
const memory = new SegmentMemory(
  new Uint8Array(BigUint64Array.from([11n, 22n, 33n, 44n, 55n, 66n, 77n, 88n]).buffer),
  true,
  8,
);

function piece(from: number, at: number): LocationPiece {
  return { kind: 'frame', from, at, bytes: 8 };
}

function wordsOf(live: number[], ...pieces: LocationPiece[]): number[] {
  const words = new PiecedWords(memory, new Set(live), FRAME_BYTES, pieces, SLICE);
  return [0, 8, 16].map((position) => words.word(position));
}

test('each word comes from the piece that holds it', () => {
  expect(wordsOf([40], piece(0, -24), piece(8, -40), piece(16, -48))).toEqual([66, 44, 33]);
});

test('what is in registers reads as zero', () => {
  expect(wordsOf([40], piece(0, -24), piece(8, -40))).toEqual([66, 44, 0]);
});

test('a pointer that is not live reads as zero', () => {
  expect(wordsOf([], piece(0, -24), piece(8, -40), piece(16, -48))).toEqual([0, 44, 33]);
});
