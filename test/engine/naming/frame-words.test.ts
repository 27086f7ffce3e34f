/** A slice whose pointer, length and capacity lie apart in a frame, or with the caller, is read like one that lies together. */
import { expect, test } from 'vitest';
import type { LocationPiece } from '../../../workers/program/dwarf/locations';
import { VariableWords } from '../../../workers/naming/steps/frame-words';
import { madeType } from '../../../workers/naming/types/go-type';
import { SegmentMemory } from '../../../workers/graph/contents/segment-memory';

const SLICE = { id: 1, ...madeType({ name: '[]uint8', size: 24, mask: Uint32Array.of(0) }) };

function memoryOf(...words: bigint[]): SegmentMemory {
  return new SegmentMemory(new Uint8Array(BigUint64Array.from(words).buffer), true, 8);
}
const own = memoryOf(11n, 22n, 33n, 44n, 55n, 66n, 77n, 88n);
const callers = memoryOf(100n, 200n, 300n);

function piece(from: number, at: number, bytes: number | null = 8): LocationPiece {
  return { kind: 'frame', from, at, bytes };
}

/** @param live positions in the frame, and in the caller's from 64 on */
function wordsOf(live: number[], ...pieces: LocationPiece[]): number[] {
  const frame = { memory: own, live: new Set(live) };
  const caller = { memory: callers, live: new Set(live.map((at) => at - own.size)) };
  const words = new VariableWords(frame, caller, pieces, SLICE);
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

test('an argument lies in the frame of the caller, where its pointer has to be live', () => {
  expect(wordsOf([64], piece(0, 0, null))).toEqual([100, 200, 300]);
  expect(wordsOf([0], piece(0, 0, null))).toEqual([0, 200, 300]);
  expect(wordsOf([64], piece(0, 0), piece(8, -8))).toEqual([100, 88, 0]);
});

test('beside a word that is live another is dead all the same', () => {
  const pair = { id: 2, ...madeType({ name: 'main.pair', size: 16, mask: Uint32Array.of(0, 8) }) };
  const words = new VariableWords({ memory: own, live: new Set([8]) }, null, [piece(0, -64, null)], pair);
  expect([words.word(0), words.word(8)]).toEqual([0, 22]);
});

test('the outermost function has no caller', () => {
  const words = new VariableWords({ memory: own, live: new Set([0]) }, null, [piece(0, 0, null)], SLICE);
  expect([words.word(0), words.u8(8), words.u16(8)]).toEqual([0, 0, 0]);
});
