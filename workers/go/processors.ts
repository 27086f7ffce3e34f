/**
 * The runtime's processors (runtime.p). A dump has no record of them; what tells one is that it keeps its own sudogs: a slice with room for 128,
 * whose array stands right behind the slice's header, from Go 1.15 to 1.27.
 */

/** It takes 9 to 16 KiB in the versions looked at, on 32 bits less. */
const SMALLEST_BYTES = 2 ** 11;
export const LARGEST_PROCESSOR = 2 ** 16;
/** Entries of its array of sudogs. */
const CACHED_SUDOGS = 128;
/** Slices of its own arrays that it keeps: of sudogs, and of defer records. */
const OWN_ARRAYS = 2;

/** May an object of this size, with so many references to itself, be a processor? */
export function mayBeProcessor(bytes: number, ownReferences: number): boolean {
  return bytes >= SMALLEST_BYTES && bytes <= LARGEST_PROCESSOR && ownReferences >= OWN_ARRAYS;
}

/** Is the memory of an object, whose value begins at an address, a processor's? */
export function cachesSudogs(
  memory: { readonly size: number; word(at: number): number },
  address: number,
  P: 4 | 8,
): boolean {
  for (let at = 0; at + 3 * P <= memory.size; at += P) {
    if (memory.word(at) === address + at + 3 * P && memory.word(at + 2 * P) === CACHED_SUDOGS) return true;
  }
  return false;
}
