/** What the analyses need of a heap graph: references, sizes and roots; no addresses, no bytes. */
import type { HeapGraph } from '../graph/heap-graph';
import type { Digraph } from '../lib/digraph';

export type ObjectGraph = Digraph & Pick<HeapGraph, 'objectCount' | 'shapeId' | 'shapes' | 'roots'>;
