/** Patterns of pointers that repeat: what a slice of structs looks like, whose element then fits every such object. */

/**
 * Is the list a pattern of a period of at most half the size, repeated to the end of the value? A period of the list is one of the distances
 * between its entries, and those are told by their borders (Knuth, Morris and Pratt 1977): linear, however long the list and wherever it breaks.
 */
export function repeats(offsets: Uint32Array, size: number): boolean {
  const first = offsets[0];
  const last = offsets[offsets.length - 1];
  const border = bordersOfDistances(offsets);
  const distances = offsets.length - 1;
  for (let shared = distances; shared > 0;) {
    shared = border[shared];
    // entries of one period; the longest borders, so the shortest periods, come first
    const entries = distances - shared;
    if (entries > offsets.length / 2) return false;
    const period = offsets[entries] - first;
    if (period * 2 <= size && first < period && offsets[entries - 1] < period && last + period >= size) return true;
  }
  return false;
}

/** length of a prefix of the distances → length of its longest proper border */
function bordersOfDistances(offsets: Uint32Array): Uint32Array {
  const distances = offsets.length - 1;
  const border = new Uint32Array(distances + 1);
  for (let length = 2, shared = 0; length <= distances; length++) {
    const next = offsets[length] - offsets[length - 1];
    while (shared > 0 && offsets[shared + 1] - offsets[shared] !== next) shared = border[shared];
    if (offsets[shared + 1] - offsets[shared] === next) shared++;
    border[length] = shared;
  }
  return border;
}
