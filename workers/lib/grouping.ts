/** Items gathered by a key, found by binary search: two flat arrays however many groups there are. */
export class Grouping {
  /** Keys in ascending order, one an item. */
  private readonly keys: Float64Array;
  /** The items, in the order of `keys`; within a key as they came. */
  private readonly items: Uint32Array;

  /** Groups `items` by `keyOf`; items whose key is negative belong to no group. Keys times items must stay below 2^53. */
  constructor(items: Uint32Array, keyOf: (item: number) => number) {
    // key and position packed in one double, so that the built-in numeric sort does it without a comparator
    const count = items.length;
    const packed = new Float64Array(count);
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const key = keyOf(items[at]);
      if (key >= 0) packed[kept++] = key * count + at;
    }
    this.keys = packed.subarray(0, kept).sort();
    this.items = new Uint32Array(kept);
    for (let at = 0; at < kept; at++) {
      const key = Math.floor(this.keys[at] / count);
      this.items[at] = items[this.keys[at] - key * count];
      this.keys[at] = key;
    }
  }

  /** The items of one group, in the order they came in; empty where there are none. */
  of(key: number): Uint32Array {
    return this.items.subarray(this.lowerBound(key), this.lowerBound(key + 1));
  }

  private lowerBound(key: number): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
