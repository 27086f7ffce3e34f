/** Kinds of objects: those that are called the same, element counts left out; by their shape where nothing names them. Dense numbers, one column. */
import type { HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { withScratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';

/** What labels say of objects: the one place where it is decided which of them are called the same. */
export interface KindLabels {
  readonly count: number;
  readonly labelOf: (objectId: number) => number;
  /** What a person reads. */
  readonly text: (kind: number) => string;
  /** Import path; null for what belongs to no package. */
  readonly packageOf: (kind: number) => string | null;
  /** Whether the dump or the executable say it, and nothing was guessed. */
  readonly isNamed: (kind: number) => boolean;
}

export interface ObjectKinds extends Omit<KindLabels, 'labelOf'> {
  /** objectId → kind; what objectId 0 has says nothing */
  readonly ofObject: Uint32Array;
}

/** 4 bytes an object, which the caller releases. */
export function findObjectKinds(
  { objectCount, vertexCount }: HeapGraph,
  labels: KindLabels,
  account: MemoryAccount,
): Work<ObjectKinds> {
  return withScratch(account, function* (scratch) {
    const ofObject = scratch.uint32('kinds of objects', vertexCount);
    for (let id = 1; id <= objectCount; id++) {
      ofObject[id] = labels.labelOf(id);
      if ((id & SLICE_MASK) === 0) yield id;
    }
    const { count, text, packageOf, isNamed } = labels;
    return { count, text, packageOf, isNamed, ofObject: scratch.keep(ofObject) };
  });
}
