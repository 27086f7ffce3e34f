/**
 * The contexts of package context that can be cancelled, told by structure, so without an executable too. The itab of the embedded Context must be
 * of a type of package context: one that embeds a context of its own making is passed over, for the standard library does not register with it
 * either.
 */
import {
  contextLayout,
  mayBeContext,
  MOST_CONTEXT_POINTERS,
  type ContextKind,
  type ContextLayout,
} from '../../go/contexts';
import { FileWords } from '../../graph/contents/file-words';
import { shapeOffsets } from '../../graph/contents/read-object';
import type { HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK } from '../../lib/work';
import type { Naming } from '../../naming/naming';
import type { AnalysedHeap } from '../../heap/analysed-heap';

export interface CancelContext {
  readonly objectId: number;
  readonly kind: ContextKind;
  /** The nearest context above that can be cancelled, in whose children this one stands; NONE where there is none. */
  readonly parent: number;
  /** Cancelled: then its parent has let go of it. */
  readonly cancelled: boolean;
  /** The channel that Done gives; NONE where nobody asked for it yet, or where it is the one closed channel that all share. */
  readonly done: number;
}

/** Values stand one above another; more levels than this are no chain of requests. */
const MOST_VALUES = 256;
const BUFFER_BYTES = 2 ** 15;

/** objectId → context, in the order of the file. */
export async function cancelContexts(heap: AnalysedHeap): Promise<Map<number, CancelContext>> {
  if (!heap.graph.records.types.some(({ name }) => name.startsWith('context.'))) return new Map();
  const reader = new ContextReader(heap);
  try {
    return await reader.all();
  } finally {
    reader.release();
  }
}

interface Read {
  readonly layout: ContextLayout;
  readonly above: number;
  readonly cancelled: boolean;
  readonly done: number;
}

class ContextReader {
  private readonly words: FileWords;
  private readonly P: number;

  constructor(private readonly heap: AnalysedHeap) {
    const { records } = heap.graph;
    this.P = records.params.pointerBytes;
    this.words = new FileWords(records.source, records.params, heap.account, BUFFER_BYTES, () => undefined);
  }

  release(): void {
    this.words.release();
  }

  async all(): Promise<Map<number, CancelContext>> {
    const { graph } = this.heap;
    const layouts = await contextShapes(graph);
    const read = new Map<number, Read>();
    for (let id = 1; id <= graph.objectCount; id++) {
      if ((id & SLICE_MASK) === 0) await this.heap.checkpoint();
      const layout = layouts.get(graph.shapeId[id]);
      const context = layout && (await this.read(id, layout));
      if (context) read.set(id, context);
    }
    const contexts = new Map<number, CancelContext>();
    for (const [objectId, { layout, above, cancelled, done }] of read) {
      await this.heap.checkpoint();
      const parent = await this.nearest(above, read);
      contexts.set(objectId, { objectId, kind: layout.kind, parent, cancelled, done });
    }
    return contexts;
  }

  private async read(id: number, layout: ContextLayout): Promise<Read | null> {
    const { graph, naming } = this.heap;
    const at = graph.contentsAt[id];
    if (at < 0 || !isOfPackageContext(naming, await this.word(at))) return null;
    const children = await this.word(at + layout.children);
    if (children !== 0 && graph.index.objectAt(children) === NONE) return null;
    return {
      layout,
      above: graph.index.objectAt(await this.word(at + layout.above)),
      cancelled: (await this.word(at + layout.error)) !== 0,
      done: graph.index.objectAt(await this.word(at + layout.done)),
    };
  }

  /** Up through contexts that only carry values. */
  private async nearest(above: number, contexts: ReadonlyMap<number, Read>): Promise<number> {
    const { graph, naming } = this.heap;
    let id = above;
    for (let level = 0; level < MOST_VALUES && id !== NONE; level++) {
      if (contexts.has(id)) return id;
      const at = graph.contentsAt[id];
      if (at < 0 || !isOfPackageContext(naming, await this.word(at))) return NONE;
      id = graph.index.objectAt(await this.word(at + this.P));
    }
    return NONE;
  }

  private async word(at: number): Promise<number> {
    if (!this.words.holds(at)) await this.words.load(at);
    return this.words.word(at);
  }
}

async function contextShapes(graph: HeapGraph): Promise<Map<number, ContextLayout>> {
  const { shapes } = graph;
  const found = new Map<number, ContextLayout>();
  for (let shape = 1; shape < shapes.count; shape++) {
    if (!mayBeContext(shapes.slotSize[shape], shapes.pointerCount[shape])) continue;
    const offsets = await shapeOffsets(graph, shape, MOST_CONTEXT_POINTERS);
    const layout = contextLayout(offsets, graph.records.params.pointerBytes);
    if (layout) found.set(shape, layout);
  }
  return found;
}

/** Whether a word is the itab of a context of the standard library. Of pointer types the dump's own records name the package alone. */
function isOfPackageContext({ interfaces }: Naming, word: number): boolean {
  const type = interfaces.dynamicType(word);
  return type !== null && (/^\*?context\./.test(type.name) || type.element?.packagePath === 'context');
}
