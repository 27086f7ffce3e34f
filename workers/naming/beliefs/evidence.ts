/** How surely a name is known, from where it comes. */
import { SOURCE } from './assignments';

/** Strongest first; `one-of` has candidates, `shape` means that only size and pointer offsets are known. */
export type Evidence = 'exact' | 'likely' | 'kind' | 'one-of' | 'shape';

/** Told by the program itself, and the object's size and pointers agree. */
const LEAST_EXACT = SOURCE.frame;

/** Told by how an object and its neighbours are built: what it is, not of which type. */
const BY_STRUCTURE: ReadonlySet<number> = new Set([
  SOURCE.structure,
  SOURCE.poolStructure,
  SOURCE.channelStructure,
  SOURCE.stringScan,
]);

/** The evidence of a belief that covers the whole object. */
export function evidenceOf(source: number): Evidence {
  if (source >= LEAST_EXACT) return 'exact';
  return BY_STRUCTURE.has(source) ? 'kind' : 'likely';
}

const SENTENCES = new Map<number, string>([
  [SOURCE.header, 'The allocator wrote the type into the header of the slot.'],
  [SOURCE.record, 'A record of the runtime names it: a goroutine, thread, deferred call, panic or finalizer.'],
  [SOURCE.closure, 'A func value points at it, and its first word is the entry of that function.'],
  [SOURCE.interface, 'An interface value outside the heap names its type.'],
  [SOURCE.variable, 'A variable of the program points at it.'],
  [SOURCE.pointer, 'A typed pointer outside the heap points at it.'],
  [SOURCE.channelScan, 'It has the structure of a channel, element type included.'],
  [SOURCE.pool, 'It is a per-processor array of a sync.Pool by its pointers.'],
  [SOURCE.frame, 'A variable of a function on a stack points at it.'],
  [
    SOURCE.instance,
    'Generic code or a pointer to its first field leads to it, and the program has one such type only.',
  ],
  [SOURCE.code, 'The code of the program uses a package variable that leads to it as one of this type.'],
  [SOURCE.receiver, 'A method on a stack has it as its receiver.'],
  [SOURCE.reverseMap, 'It has the structure of a map, and its entries are of this type.'],
  [SOURCE.closureScan, 'Its first word is the entry of a closure, and the captured variables fit.'],
  [SOURCE.shape, 'Of all types of the program only this one fits its size, pointers and values.'],
  [
    SOURCE.interiorArray,
    'A slice of an array inside it leads to it, and only this type of the program has such an array in such a slot.',
  ],
  [SOURCE.structure, 'It has the structure of a map; of which keys and values nothing tells.'],
  [SOURCE.poolStructure, 'It has the structure of what lies behind a sync.Pool.'],
  [SOURCE.channelStructure, 'It has the structure of a channel; of which elements nothing tells.'],
  [SOURCE.stringScan, 'A word next to its exact length points at it: bytes of a string or slice.'],
]);

/** Why an object that nothing else in the heap told is believed to be what it is. */
export function rootSentence(source: number): string {
  return SENTENCES.get(source) ?? 'Nothing names it.';
}

/** What kind of word of another object told it. */
export function tellingWord(source: number): string {
  if (source === SOURCE.interface) return 'interface word';
  if (source === SOURCE.closure) return 'func value';
  return BY_STRUCTURE.has(source) ? 'word' : 'typed pointer';
}
