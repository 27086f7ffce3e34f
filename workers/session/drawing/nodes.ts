/** Makes the nodes of a sketch. */
import { ROOT, shallowSize } from '../../graph/heap-graph';
import { formatAddress, objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import type { SketchNode } from './sketch';

/** Where a node stands and what becomes of it when there is no room. */
export type Standing = Pick<SketchNode, 'place' | 'foldsInto' | 'rank'>;

export function objectNode(dump: AnalysedDump, object: number, standing: Standing): SketchNode {
  const id = `o:${objectAddress(dump.graph, object)}`;
  const bytes = shallowSize(dump.graph, object);
  return { id, kind: 'object', object, root: null, label: null, objects: 1, bytes, roots: 0, ...standing };
}

/** One root, or several that read the same; `root` is the first of them. */
export function rootNode(root: number, standing: Standing): SketchNode {
  const id = `root:${root}`;
  return { id, kind: 'root', object: null, root, label: null, objects: 0, bytes: 0, roots: 0, ...standing };
}

/** A node for what is not drawn singly; empty at first. */
export function moreNode(id: string, place: SketchNode['place']): SketchNode {
  return emptyNode(id, 'more', null, { place, foldsInto: null, rank: 0 });
}

/** A node for objects that share a label; empty at first. */
export function classNode(id: string, label: number, standing: Standing): SketchNode {
  return emptyNode(id, 'class', label, standing);
}

function emptyNode(id: string, kind: SketchNode['kind'], label: number | null, standing: Standing): SketchNode {
  return { id, kind, object: null, root: null, label, objects: 0, bytes: 0, roots: 0, ...standing };
}

/**
 * What roots that read the same have in common: a frame's function, a finalizer's function, the part of a goroutine's record. Words of globals
 * each stand for themselves.
 */
export function rootGroup({ graph }: AnalysedDump, root: number): string {
  const { kind, owner, offset, strongCount } = graph.roots;
  const { frames, finalizers, otherRoots } = graph.records;
  const tier = root < strongCount ? 'strong' : 'weak';
  switch (kind[root]) {
    case ROOT.stack:
      return `stack ${tier} ${frames[owner[root]].function}`;
    case ROOT.goroutine:
      return `goroutine ${offset[root]}`;
    case ROOT.finalizer:
      return `finalizer ${formatAddress(finalizers[owner[root]].entryPc)}`;
    case ROOT.other:
      return `other ${otherRoots[owner[root]].description}`;
    default:
      return `word ${root}`;
  }
}
