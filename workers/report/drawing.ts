/** A graph with places: what is drawn, where, in pixels at scale 1. Made by `layOut`, or read back from a window where a person moved things. */
import type { DrawnEdge, DrawnGraph, DrawnNode } from '../api/graph';

export interface Point {
  x: number;
  y: number;
}

/** `x` and `y` are the top left corner. */
export interface Box extends Point {
  width: number;
  height: number;
}

export interface PlacedNode extends Box {
  node: DrawnNode;
}

export interface PlacedEdge {
  edge: DrawnEdge;
  /** From border to border: a start, control points of a smooth curve (edge-path.ts), an end. At least two points. */
  points: Point[];
  /** Where the label stands; null where there is none. */
  label: (Box & { text: string }) | null;
}

export interface Drawing extends Pick<DrawnGraph, 'title' | 'subtitle' | 'leftOut'> {
  /** Where the drawing's 0, 0 lies among the places that it was made from. */
  origin: Point;
  /** Everything lies within 0 … width, 0 … height. */
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}
