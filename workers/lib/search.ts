/** The first index of an ascending column whose value is `least` or more; the column's length where there is none. */
export function firstAtLeast(ascending: Float64Array | Uint32Array, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
