/** Single values in words: scalars, strings, slices, interfaces, pointers, times. */
import { NONE } from '../lib/none';
import { valueAddress } from '../graph/heap-graph';
import { decodeUtf8 } from '../program/image';
import { KIND } from '../go/type-kinds';
import { scalarText } from './decode-scalar';
import type { GoType } from '../naming/types/go-type';
import type { Naming } from '../naming/naming';
import { objectMemory } from '../graph/contents/object-memory';
import type { SegmentMemory } from '../graph/contents/segment-memory';

const LONGEST_TEXT = 256;

/** A scalar, string, slice, interface or pointer in words; null for what has none. */
export async function textOf(naming: Naming, memory: SegmentMemory, type: GoType, at: number): Promise<string | null> {
  const P = naming.known.layout.pointerBytes;
  const word = memory.word(at);
  switch (type.kind) {
    case KIND.string:
      return stringText(naming, word, memory.word(at + P));
    case KIND.slice:
      return word === 0 ? 'nil' : `len ${memory.word(at + P)}, cap ${memory.word(at + 2 * P)}`;
    case KIND.interface:
      return word === 0 ? 'nil' : interfaceText(naming, word, memory.word(at + P));
    case KIND.func: {
      if (word === 0) return 'nil';
      const target = naming.graph.index.objectAt(word);
      return (target === NONE ? naming.functionOfStatic(word) : naming.typeOf(target)?.function) ?? pointerText(word);
    }
    case KIND.pointer:
    case KIND.map:
    case KIND.chan:
    case KIND.unsafePointer:
      return pointerText(word);
    default:
      return scalarText(type.kind, memory, at);
  }
}

/** The dynamic type, with the value where it is a scalar or string of the heap: `int(7)`, `*main.Conn`. */
async function interfaceText(naming: Naming, typeWord: number, data: number): Promise<string> {
  const type = naming.interfaces.dynamicType(typeWord);
  if (!type) return 'a type that is not known';
  const { graph } = naming;
  const target = type.direct || data === 0 ? NONE : graph.index.objectAt(data);
  if (target === NONE || type.kind === KIND.interface || type.kind === KIND.slice) return type.shown;
  const value = await textOf(
    naming,
    await objectMemory(graph, target, type.size, data - valueAddress(graph, target)),
    type,
    0,
  );
  return value === null ? type.shown : `${type.shown}(${value})`;
}

async function stringText(naming: Naming, address: number, length: number): Promise<string> {
  if (length === 0) return '""';
  const { graph } = naming;
  const target = graph.index.objectAt(address);
  // Constants lie in the executable.
  if (target === NONE)
    return naming.staticText(address, Math.min(length, LONGEST_TEXT)) ?? `${length} bytes outside the heap`;
  const memory = await objectMemory(
    graph,
    target,
    Math.min(length, LONGEST_TEXT),
    address - valueAddress(graph, target),
  );
  return quoted(memory, length);
}

/** Text in quotes; long text is cut, and its length told. */
export function quoted(memory: SegmentMemory, length: number): string {
  const shown = JSON.stringify(decodeUtf8(memory.slice(0, Math.min(length, LONGEST_TEXT))));
  return length > LONGEST_TEXT ? `${shown}… (${length} bytes)` : shown;
}

/** `0x…`, or nil. */
export function pointerText(word: number): string {
  return word === 0 ? 'nil' : `0x${word.toString(16)}`;
}

const HAS_MONOTONIC = 2 ** 63;
/** Seconds from year 1 to 1885, where times with a monotonic part count from, and to 1970. */
const YEAR_1_TO_1885 = 59453308800;
const YEAR_1_TO_1970 = 62135596800;

/** time.Time is {wall u64, ext i64, loc}: seconds since year 1 in ext, or since 1885 in wall where ext is monotonic. */
export function timeText(memory: SegmentMemory, at: number): string | null {
  const wall = memory.unsigned64(at);
  const ext = memory.signed64(at + 8);
  const nanoseconds = Number(wall & 0x3fffffffn);
  const since1 = wall >= BigInt(HAS_MONOTONIC) ? Number((wall >> 30n) & 0x1ffffffffn) + YEAR_1_TO_1885 : Number(ext);
  const milliseconds = (since1 - YEAR_1_TO_1970) * 1000 + Math.floor(nanoseconds / 1e6);
  if (wall === 0n && ext === 0n) return 'the zero time';
  return Math.abs(milliseconds) < 8.64e15 ? new Date(milliseconds).toISOString() : null;
}
