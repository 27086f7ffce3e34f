/**
 * A directed graph in compressed sparse rows, both directions. Vertices are 0 … vertexCount - 1.
 * `xStart` has vertexCount + 1 entries; parallel references are kept.
 */
export interface Digraph {
  readonly vertexCount: number;
  /** vertex → index of its first entry in referenceTarget */
  readonly referenceStart: Uint32Array;
  /** reference → vertex it leads to */
  readonly referenceTarget: Uint32Array;
  /** vertex → index of its first entry in referrerSource */
  readonly referrerStart: Uint32Array;
  /** referrer → vertex it comes from */
  readonly referrerSource: Uint32Array;
}
