/** Exports of a graph that is on screen: exactly what is shown, as a file that the browser saves. */
import type { DrawnGraph } from '../../../workers/api';
import {
  chatScale,
  fittedKinds,
  layOutKinds,
  pictureSize,
  pngScale,
  toDot,
  toJson,
  toSvg,
} from '../../../workers/report';
import type { Drawing, PictureOptions, PictureTheme } from '../../../workers/report';
import { fontFaces } from './fonts';
import { pngOf } from './png';

export const EXPORTS = ['png', 'svg', 'json', 'dot'] as const;
export type ExportFormat = (typeof EXPORTS)[number];

export interface Exported {
  graph: DrawnGraph;
  drawing: Drawing;
  /** Id of the node that is selected on screen. */
  selected: string | null;
  theme: PictureTheme;
  dumpName: string;
  /** A graph of kinds: its pictures are laid out anew, no wider than a chat shows. */
  ofKinds?: boolean;
}

/** Rejects where the browser cannot make the picture, with a message for a person. */
export async function exportFile(format: ExportFormat, shown: Exported): Promise<Blob> {
  const { dumpName, theme } = shown;
  const graph = withSelected(shown.graph, shown.selected);
  if (format === 'json') return new Blob([toJson(graph)], { type: 'application/json' });
  if (format === 'dot') return new Blob([toDot(graph)], { type: 'text/vnd.graphviz' });
  const drawing = drawingWithSelected(shown.ofKinds ? layOutKinds(fittedKinds(graph)) : shown.drawing, shown.selected);
  const options: PictureOptions = { theme, dumpName, legend: true };
  if (format === 'svg') return new Blob([toSvg(drawing, options)], { type: 'image/svg+xml' });
  const svg = toSvg(drawing, { ...options, fontFaces: await fontFaces() });
  const size = pictureSize(drawing, options);
  return pngOf(svg, size, shown.ofKinds ? chatScale(size) : pngScale(size));
}

/** `gateway.heap` and `cycle-3` as `gateway-cycle-3.svg`. */
export function exportName(dumpName: string, subject: string, format: ExportFormat): string {
  return `${dumpName.replace(/\.[^.]*$/, '')}-${subject}.${format}`;
}

function withSelected(graph: DrawnGraph, selected: string | null): DrawnGraph {
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, selected: node.id === selected })) };
}

function drawingWithSelected(drawing: Drawing, selected: string | null): Drawing {
  const nodes = drawing.nodes.map((placed) => ({
    ...placed,
    node: { ...placed.node, selected: placed.node.id === selected },
  }));
  return { ...drawing, nodes };
}
