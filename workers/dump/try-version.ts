/**
 * Tries a guessed Go version against the first objects of the file. A slot that begins with a malloc header never lists its first word as a
 * pointer; where slots of the sizes that would have headers do, there are none, and the dump is of a Go from before them.
 */
import { FIRST_WITH_HEADERS, heapLayout } from '../go/malloc-headers';
import { readAsBefore, type GoVersion } from '../go/version';
import { Damage } from './damage';
import { TAG } from './format';
import type { DumpParams } from './records';
import { readItab, readType } from './small-records';
import { whole, type Window } from './window';

/** Records of types, itabs and objects that are looked at, and how many bytes of them: some of the first spans. */
const MOST_RECORDS = 200_000;
const MOST_BYTES = 2 ** 24;
/** Of the slots that would have a header: so many that list their first word are no accident. */
const CONTRADICTING = 1 / 8;

/** The version as the dump may be read; the window stands where it stood before. */
export async function tryVersion(window: Window, params: DumpParams): Promise<GoVersion> {
  const { go } = params;
  const layout = heapLayout(go, params.pointerBytes);
  if (go.reading !== 'guess' || !layout.hasHeaders) return go;
  const start = window.offset;
  let slots = 0;
  let atFirstWord = 0;
  for (let records = 0; records < MOST_RECORDS && window.offset - start < MOST_BYTES; records++) {
    const slot = await nextSlot(window);
    if (slot === null) break;
    if (slot.size <= layout.largestWithoutHeader || slot.size >= layout.largestWithHeader) continue;
    if (slot.firstPointer < 0) continue;
    slots++;
    if (slot.firstPointer === 0) atFirstWord++;
  }
  window.seek(start);
  return slots > 0 && atFirstWord >= CONTRADICTING * slots ? readAsBefore(go, FIRST_WITH_HEADERS, WHY) : go;
}

const WHY = 'Its slots have no malloc headers, which newer ones have.';

interface FirstPointer {
  size: number;
  /** Offset; -1 where none is listed. */
  firstPointer: number;
}

/** The next object's slot; a size of 0 for a type or an itab, and null where something else follows, damage too. */
async function nextSlot(window: Window): Promise<FirstPointer | null> {
  try {
    return await whole(window, () => {
      switch (window.uvarint()) {
        case TAG.type:
          readType(window);
          return NO_SLOT;
        case TAG.itab:
          readItab(window);
          return NO_SLOT;
        case TAG.object:
          return readSlot(window);
        default:
          return null;
      }
    });
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

const NO_SLOT: FirstPointer = { size: 0, firstPointer: -1 };
const LARGEST_LOOKED_AT = 2 ** 20;

function readSlot(window: Window): FirstPointer | null {
  window.uvarint();
  const size = window.uvarint();
  if (size > LARGEST_LOOKED_AT) return null;
  window.skip(size);
  let firstPointer = -1;
  while (window.uvarint() === 1) {
    const offset = window.uvarint();
    if (firstPointer < 0) firstPointer = offset;
  }
  return { size, firstPointer };
}
