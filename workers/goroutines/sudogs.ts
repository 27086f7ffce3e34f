/** The sudogs that goroutines hang on while they wait. Whether one belongs to a goroutine its first word says. */
import { isSudog, SUDOG_POINTERS, SUDOG_WORD } from '../go/sudogs';
import { shapeOffsets } from '../graph/contents/read-object';
import { ListedPointers } from '../graph/contents/listed-pointers';
import { shallowSize, valueAddress } from '../graph/heap-graph';
import type { AnalysedHeap } from '../heap/analysed-heap';

export interface Sudog {
  readonly objectId: number;
  /** What is sent or received into, for locks the address of the semaphore; 0 for none. */
  readonly element: number;
  /** Address of the channel; 0 for none. */
  readonly channel: number;
}

export class SudogReader {
  private readonly isSudogShape = new Map<number, boolean>();
  private readonly pointers: ListedPointers;
  private readonly words = new Float64Array(SUDOG_POINTERS);

  constructor(private readonly heap: Pick<AnalysedHeap, 'graph' | 'account'>) {
    this.pointers = new ListedPointers(heap.graph.records, heap.account);
  }

  /** Whether an object has the layout of a sudog, in use or kept for later. */
  async looksLike(objectId: number): Promise<boolean> {
    const { graph } = this.heap;
    const shape = graph.shapeId[objectId];
    let known = this.isSudogShape.get(shape);
    if (known === undefined) {
      const P = graph.records.params.pointerBytes;
      known =
        graph.shapes.pointerCount[shape] === SUDOG_POINTERS &&
        isSudog(await shapeOffsets(graph, shape, SUDOG_POINTERS), P);
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
      if (this.words[SUDOG_WORD.goroutine] === valueAddress(graph, descriptor))
        found.push({ objectId, element: this.words[SUDOG_WORD.element], channel: this.words[SUDOG_WORD.channel] });
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
      return count < SUDOG_POINTERS;
    });
  }
}
