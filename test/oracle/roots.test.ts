// The table of roots, held against the shape that a dump was built from: every word outside the heap is resolved again, one by one, by looking
// through all slots. Frames do not begin at multiples of a word, and half of their words are in no list.
import { describe, expect, test } from 'vitest';
import { buildDump, type Built } from '../../fixtures/builder/build';
import type { Frame, Target } from '../../fixtures/builder/frame';
import { platform, type Platform } from '../../fixtures/builder/platform';
import { Random } from '../../fixtures/builder/random';
import { Shape } from '../../fixtures/builder/shape';
import { ArraySource } from '../../workers/dump/byte-source';
import { readHeapGraph } from '../../workers/graph/build';
import { ROOT_KINDS, ROOT_PART, type HeapGraph } from '../../workers/graph/heap-graph';
import { MemoryAccount } from '../../workers/lib/alloc';

const OBJECTS = 30;
/** Of frames: some leave the next one in the middle of a word. */
const FRAME_BYTES = [0, 24, 58, 92, 96, 130];

/** Whatever a root can be, from a seed. */
function shapeWithRoots(seed: number, { pointerBytes: P }: Platform): Shape {
  const random = new Random(seed);
  const shape = new Shape();
  for (let k = 0; k < OBJECTS; k++) shape.object(random.pick([16, 48, 96]), `o${k}`);
  const object = (): number => random.below(OBJECTS);
  const target = (): Target =>
    random.pick<() => Target>([
      object,
      () => ({ object: object(), offset: random.below(16) }),
      () => ({ address: 0 }),
      () => ({ address: 0x1234 }),
    ])();
  for (let k = 0; k < OBJECTS; k++)
    for (let at = 0; at < 16; at += P) if (random.oneIn(2)) shape.point(k, at, target());
  for (let k = 0; k < 4; k++) {
    shape.data.push({ offset: 3 * P * k, target: target() });
    shape.bss.push({ offset: 2 * P * k, target: target() });
    shape.otherRoots.push({ description: `other ${k}`, target: target() });
    shape.finalizer(object(), target(), { queued: k % 2 === 1 });
  }
  for (let k = 0; k < 3; k++) addGoroutine(shape, random, P, target);
  for (let k = 0; k < 3; k++) shape.free(object());
  return shape;
}

function addGoroutine(shape: Shape, random: Random, P: number, target: () => Target): void {
  const goroutine = shape.goroutine({
    descriptor: random.oneIn(2) ? random.below(OBJECTS) : null,
    context: random.oneIn(2) ? target() : null,
  });
  let at = 0;
  for (let depth = 0; depth < 5; depth++) {
    const frame = goroutine.frame(`main.f${depth}`, random.pick(FRAME_BYTES), { dead: random.oneIn(4) });
    // listed words lie at multiples of a word; what is only held may lie anywhere
    for (let offset = (P - (at % P)) % P; offset + P <= frame.bytes; offset += P) {
      if (random.oneIn(2)) frame.lists(offset, target());
      else if (random.oneIn(2)) frame.holds(offset, target());
    }
    at += frame.bytes;
  }
  goroutine.defers(target(), target()).defers(target(), null);
  goroutine.panicking(target(), target());
}

/** One root a line, `goroutine 2/3 -> 17+8`: kind, owner/offset, object and bytes into its slot. */
function rootLines({ roots }: HeapGraph): { strong: string[]; weak: string[] } {
  const all = Array.from(
    { length: roots.count },
    (_, i) =>
      `${ROOT_KINDS[roots.kind[i]]} ${roots.owner[i]}/${roots.offset[i]} -> ${roots.target[i]}+${roots.targetOffset[i]}`,
  );
  return { strong: all.slice(0, roots.strongCount), weak: all.slice(roots.strongCount) };
}

class NaiveRoots {
  readonly strong: string[] = [];
  readonly weak: string[] = [];

  constructor(
    private readonly shape: Shape,
    private readonly built: Built,
    private readonly on: Platform,
  ) {
    const { addresses } = built;
    shape.otherRoots.forEach(({ target }, owner) => this.add('other', owner, 0, addresses.of(target)));
    let frames = 0;
    shape.goroutines.forEach((goroutine, owner) => {
      const part = (name: keyof typeof ROOT_PART, target: Target | null): void =>
        this.add('goroutine', owner, ROOT_PART[name], target === null ? 0 : addresses.of(target));
      this.add('goroutine', owner, ROOT_PART.descriptor, addresses.descriptor(goroutine));
      part('context', goroutine.options.context);
      for (const frame of goroutine.frames) this.frame(frame, frames++);
      for (const { record, closure } of goroutine.deferred) {
        part('deferRecord', record);
        part('deferFunction', closure);
      }
      for (const { record, value } of goroutine.panics) {
        part('panicRecord', record);
        part('panicValue', value);
      }
    });
    for (const { offset, target } of shape.data) this.add('data', 0, offset, addresses.of(target));
    for (const { offset, target } of shape.bss) this.add('bss', 0, offset, addresses.of(target));
    this.finalizers();
  }

  /** Every multiple of a word that lies in the frame, read from its bytes. */
  private frame(frame: Frame, owner: number): void {
    const { pointerBytes: P, bigEndian } = this.on;
    const start = this.built.addresses.stackPointer(frame);
    const memory = new DataView(new ArrayBuffer(frame.bytes));
    for (const { offset, target } of frame.words) {
      const value = this.built.addresses.of(target);
      if (P === 4) memory.setUint32(offset, value, !bigEndian);
      else memory.setBigUint64(offset, BigInt(value), !bigEndian);
    }
    for (let address = start; address + P <= start + frame.bytes; address++) {
      if (address % P !== 0) continue;
      const offset = address - start;
      const value = P === 4 ? memory.getUint32(offset, !bigEndian) : Number(memory.getBigUint64(offset, !bigEndian));
      const listed = !frame.dead && frame.words.some((word) => word.listed && word.offset === offset);
      this.add('stack', owner, offset, value, listed ? this.strong : this.weak);
    }
  }

  private finalizers(): void {
    const { finalizers } = this.shape;
    const { addresses } = this.built;
    const inOrder = [...finalizers.filter(({ queued }) => !queued), ...finalizers.filter(({ queued }) => queued)];
    inOrder.forEach(({ object, closure, queued }, owner) => {
      this.add('finalizer', owner, ROOT_PART.finalizerFunction, addresses.of(closure));
      if (queued) this.add('finalizer', owner, ROOT_PART.finalizerObject, addresses.of(object));
      // an object that is not in the dump has no words there
      if (this.find(addresses.of(object)) === null) return;
      for (const address of this.wordsOf(object as number))
        this.add('finalizer', owner, ROOT_PART.finalizerReference, address);
    });
  }

  /** What the listed words of an object hold, lowest offset first. */
  private wordsOf(object: number): number[] {
    const { shape, built } = this;
    const words: { offset: number; value: number }[] = [];
    for (
      let word = shape.lastWord.values[object];
      word < shape.wordOffset.length;
      word = shape.previousWord.values[word]
    ) {
      const target = shape.wordTarget.values[word];
      const place = shape.wordPlace.values[word];
      const value = target < OBJECTS ? built.valueAddress(target) + place : place;
      words.push({ offset: shape.wordOffset.values[word], value });
    }
    return words.sort((a, b) => a.offset - b.offset).map(({ value }) => value);
  }

  private add(kind: string, owner: number, offset: number, address: number, into = this.strong): void {
    const found = this.find(address);
    if (found !== null) into.push(`${kind} ${owner}/${offset} -> ${found.id}+${found.inside}`);
  }

  private find(address: number): { id: number; inside: number } | null {
    for (const [k, object] of this.built.order.entries()) {
      const inside = address - this.built.slotAddress(object);
      if (inside >= 0 && inside < this.built.slotBytes(object)) return { id: k + 1, inside };
    }
    return null;
  }
}

describe.each([
  ['go1.27.4', 'amd64'],
  ['go1.19.8', '386'],
  ['go1.22.12', 's390x'],
])('%s on %s', (version, architecture) => {
  const on = platform(version, architecture);

  test('every word that leads to an object is a root, listed ones before all others', async () => {
    let unaligned = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const shape = shapeWithRoots(seed, on);
      const built = buildDump(shape, on, { seed, shuffleWindow: 4 });
      const graph = await readHeapGraph(new ArraySource(built.bytes), { account: new MemoryAccount() });
      const { strong, weak } = new NaiveRoots(shape, built, on);
      expect(rootLines(graph), `seed ${seed}`).toEqual({ strong, weak });
      unaligned += graph.records.frames.filter(({ address }) => address % on.pointerBytes !== 0).length;
    }
    expect(unaligned).toBeGreaterThan(20);
  });
});
