/**
 * A goroutine that waits on a channel or a lock hangs on sudogs (runtime/runtime2.go): {g, next, prev, elem, …, parent, waitlink, waittail, c}.
 * The numbers in the middle take more room from Go 1.26 on, but the eight listed words tell a sudog in every version and word size: four at the
 * front, the other four side by side. Whether one belongs to a goroutine its first word says.
 */
import { shapeOffsets } from '../graph/contents/read-object';
import { PointerReader } from '../graph/contents/listed-pointers';
import { shallowSize, valueAddress, type HeapGraph } from '../graph/heap-graph';
import type { AnalysedHeap } from '../heap/analysed-heap';

export interface Sudog {
  readonly objectId: number;
  /** What is sent or received into, for locks the address of the semaphore; 0 for none. */
  readonly element: number;
  /** Address of the channel; 0 for none. */
  readonly channel: number;
}

const POINTERS = 8;
const ELEMENT = 3;
const CHANNEL = 7;

export class SudogReader {
  private readonly isSudogShape = new Map<number, boolean>();
  private readonly pointers: PointerReader;
  private readonly words = new Float64Array(POINTERS);

  constructor(private readonly heap: Pick<AnalysedHeap, 'graph' | 'account'>) {
    this.pointers = new PointerReader(heap.graph.records, heap.account);
  }

  /** Whether an object has the layout of a sudog, in use or kept for later. */
  async looksLike(objectId: number): Promise<boolean> {
    const { graph } = this.heap;
    const shape = graph.shapeId[objectId];
    let known = this.isSudogShape.get(shape);
    if (known === undefined) {
      known =
        graph.shapes.pointerCount[shape] === POINTERS && isSudog(await shapeOffsets(graph, shape, POINTERS), graph);
      this.isSudogShape.set(shape, known);
    }
    return known;
  }

  /** The sudogs that name a goroutine's descriptor, stale ones of the runtime's caches too, in the order of the file. */
  async of(descriptor: number): Promise<Sudog[]> {
    const { graph } = this.heap;
    const found: Sudog[] = [];
    for (let at = graph.referrerStart[descriptor]; at < graph.referrerStart[descriptor + 1]; at++) {
      const objectId = graph.referrerSource[at];
      if (at > graph.referrerStart[descriptor] && graph.referrerSource[at - 1] === objectId) continue;
      if (!(await this.looksLike(objectId))) continue;
      await this.read(objectId);
      if (this.words[0] === valueAddress(graph, descriptor))
        found.push({ objectId, element: this.words[ELEMENT], channel: this.words[CHANNEL] });
    }
    return found;
  }

  release(): void {
    this.pointers.release();
  }

  private async read(objectId: number): Promise<void> {
    const { graph } = this.heap;
    let count = 0;
    this.words.fill(0);
    const slot = { contentsAt: graph.contentsAt[objectId], size: shallowSize(graph, objectId) };
    await this.pointers.visit(slot, (_, value) => {
      this.words[count++] = value;
      return count < POINTERS;
    });
  }
}

function isSudog(offsets: readonly number[], graph: HeapGraph): boolean {
  const P = graph.records.params.pointerBytes;
  const second = offsets[POINTERS / 2];
  // acquiretime, releasetime and ticket lie between
  return second >= 4 * P + 20 && offsets.every((offset, i) => offset === (i < 4 ? i * P : second + (i - 4) * P));
}
