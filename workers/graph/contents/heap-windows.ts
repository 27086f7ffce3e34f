/**
 * The objects' bytes, a window of the file at a time. Ids follow the file, so a window holds a run of ids; whoever works on objects works
 * window by window and reads synchronously inside. Windows that fit the budget stay in memory: small dumps are read once.
 */
import { shallowSize, type HeapGraph } from '../heap-graph';
import { CannotRead } from '../../lib/errors';
import type { Scratch } from '../../lib/scratch';
import { driveWith, SLICE_MASK, type Work } from '../../lib/work';

const WINDOW_BYTES = 4 << 20;
/** One object's contents are held whole up to this; larger ones are left out (they are buffers or slices, never the only witness of a type). */
const LARGEST_OBJECT = 256 << 20;

export interface WindowRange {
  /** First object and the one after the last. */
  firstId: number;
  endId: number;
  /** File offsets. */
  start: number;
  end: number;
}

export class HeapWindows {
  /** window → its run of objects and bytes */
  readonly ranges: WindowRange[] = [];
  private readonly cache = new Map<number, Uint8Array>();
  private cachedBytes = 0;
  /** Holds one window after the other of those that are not kept. */
  private passing: Uint8Array = new Uint8Array(0);
  private loaded = -1;
  private current: Uint8Array = new Uint8Array(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private start = 0;
  private readonly littleEndian: boolean;
  private readonly wide: boolean;

  private constructor(
    private readonly graph: HeapGraph,
    private readonly budgetBytes: number,
    private readonly scratch: Scratch,
    private readonly windowBytes: number,
  ) {
    this.littleEndian = !graph.records.params.bigEndian;
    this.wide = graph.records.params.pointerBytes === 8;
  }

  /**
   * Cuts the file into windows.
   * @param budgetBytes that may be kept in memory, besides one window
   * @param windowBytes after which a window ends, at the next object's border
   */
  static async over(
    graph: HeapGraph,
    budgetBytes: number,
    scratch: Scratch,
    checkpoint: () => void | Promise<void>,
    windowBytes = WINDOW_BYTES,
  ): Promise<HeapWindows> {
    const windows = new HeapWindows(graph, budgetBytes, scratch, windowBytes);
    await driveWith(checkpoint, windows.cut());
    return windows;
  }

  /** The window that holds an object. */
  windowOf(objectId: number): number {
    let low = 0;
    let high = this.ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.ranges[middle].firstId <= objectId) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Makes a window's objects readable. */
  async load(window: number): Promise<void> {
    if (window === this.loaded) return;
    const bytes = this.cache.get(window) ?? (await this.read(window));
    this.loaded = window;
    this.current = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.start = this.ranges[window].start;
  }

  /** Position of an object's value in the loaded window; -1 where its bytes are not there. */
  position(objectId: number): number {
    const { graph } = this;
    if (graph.contentsAt[objectId] < 0) return -1;
    const at = graph.contentsAt[objectId] - this.start;
    return at < 0 || at + shallowSize(graph, objectId) > this.current.length
      ? -1
      : at + graph.shapes.valueOffset[graph.shapeId[objectId]];
  }

  /** Bytes of the loaded window. */
  get size(): number {
    return this.current.length;
  }

  /** A pointer-sized word. */
  word(position: number): number {
    if (!this.wide) return this.view.getUint32(position, this.littleEndian);
    const low = this.view.getUint32(this.littleEndian ? position : position + 4, this.littleEndian);
    return this.view.getUint32(this.littleEndian ? position + 4 : position, this.littleEndian) * 0x1_0000_0000 + low;
  }

  u8(position: number): number {
    return this.current[position];
  }

  u16(position: number): number {
    return this.view.getUint16(position, this.littleEndian);
  }

  /** Reads a window into a place of its own as long as the budget lasts, then into one for all of them; what fails leaves nothing behind. */
  private async read(window: number): Promise<Uint8Array> {
    const { start, end } = this.ranges[window];
    const length = end - start;
    const isKept = this.cachedBytes + length <= this.budgetBytes;
    const bytes = isKept ? this.scratch.uint8('objects that are named', length) : this.passingRoom(length);
    try {
      await this.fill(bytes, start);
    } catch (error) {
      if (isKept) this.scratch.release(bytes);
      throw error;
    }
    if (isKept) {
      this.cache.set(window, bytes);
      this.cachedBytes += length;
    }
    return bytes;
  }

  private async fill(bytes: Uint8Array, start: number): Promise<void> {
    const { source } = this.graph.records;
    const held = await source.read(start, bytes);
    if (held < bytes.length)
      throw new CannotRead(
        `${source.name} has become shorter: there is nothing at offset ${start + held} any more. Open it again.`,
      );
  }

  /** What it held is overwritten. */
  private passingRoom(bytes: number): Uint8Array {
    this.loaded = -1;
    if (this.passing.length < bytes) {
      this.scratch.release(this.passing);
      this.passing = this.scratch.uint8('objects that are named', bytes);
    }
    return this.passing.subarray(0, bytes);
  }

  /** Windows begin and end at object borders. Objects whose bytes the file lacks (-1) take no room in them. */
  private *cut(): Work<void> {
    const { graph } = this;
    let firstId = 1;
    let start = -1;
    let end = 0;
    for (let id = 1; id <= graph.objectCount; id++) {
      const at = graph.contentsAt[id];
      if (at >= 0) {
        if (start < 0) start = at;
        end = at + shallowSize(graph, id);
      }
      if ((id & SLICE_MASK) === 0) yield id;
      if (id < graph.objectCount && (start < 0 || end - start < this.windowBytes)) continue;
      const from = Math.max(0, start);
      const to = start < 0 ? 0 : Math.min(end, from + LARGEST_OBJECT);
      this.ranges.push({ firstId, endId: id + 1, start: from, end: to });
      firstId = id + 1;
      start = -1;
    }
  }
}
