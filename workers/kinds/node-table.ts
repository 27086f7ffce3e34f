/**
 * Nodes of a retention tree by what makes them: the node above, the field that leads there, the kind of objects. Found by hashing (open
 * addressing, linear probing) over columns of numbers: a look-up for each object of the heap, and no object of the host for any.
 */

const FIRST_SLOTS = 1 << 12;
const FIRST_NODES = 1 << 10;

/** A table of some thousand nodes for millions of objects: it is not booked on the memory account. */
export class NodeTable {
  /** node → the node above, which has a lower number; NONE at the top */
  parent = new Uint32Array(FIRST_NODES);
  /** node → field; NONE where there is none */
  field = new Uint32Array(FIRST_NODES);
  /** node → kind of its objects, or what else it stands for */
  kind = new Uint32Array(FIRST_NODES);
  count = 0;
  /** slot → node + 1; 0 where it is free */
  private slots = new Uint32Array(FIRST_SLOTS);

  /** The node of three numbers, made where it is asked for first. */
  child(parent: number, field: number, kind: number): number {
    const mask = this.slots.length - 1;
    let slot = mix(parent, field, kind) & mask;
    for (let found = this.slots[slot]; found !== 0; found = this.slots[slot]) {
      const node = found - 1;
      if (this.parent[node] === parent && this.kind[node] === kind && this.field[node] === field) return node;
      slot = (slot + 1) & mask;
    }
    return this.add(slot, parent, field, kind);
  }

  private add(slot: number, parent: number, field: number, kind: number): number {
    const node = this.count++;
    if (node === this.parent.length) {
      this.parent = doubled(this.parent);
      this.field = doubled(this.field);
      this.kind = doubled(this.kind);
    }
    this.parent[node] = parent;
    this.field[node] = field;
    this.kind[node] = kind;
    this.slots[slot] = node + 1;
    if (2 * this.count > this.slots.length) this.rehash();
    return node;
  }

  private rehash(): void {
    this.slots = new Uint32Array(2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let node = 0; node < this.count; node++) {
      let slot = mix(this.parent[node], this.field[node], this.kind[node]) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = node + 1;
    }
  }
}

function doubled(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * column.length);
  larger.set(column);
  return larger;
}

/** Odd constants of Murmur3's finalizer. */
function mix(a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x85eb_ca6b), 0xc2b2_ae35) ^ c;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
