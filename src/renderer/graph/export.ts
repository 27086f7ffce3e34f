/** Exports of a graph that is on screen: exactly what is shown, as a file that the browser saves. */
import type { DrawnGraph } from '../../../workers/api';
import { pictureSize, pngScale, toDot, toJson, toSvg } from '../../../workers/report';
import type { Drawing, PictureOptions, PictureTheme } from '../../../workers/report';
import { fontFaces } from './fonts';

export const EXPORTS = ['png', 'svg', 'json', 'dot'] as const;
export type ExportFormat = (typeof EXPORTS)[number];

export interface Exported {
  graph: DrawnGraph;
  drawing: Drawing;
  /** Id of the node that is selected on screen. */
  selected: string | null;
  theme: PictureTheme;
  dumpName: string;
}

/** Rejects where the browser cannot make the picture, with a message for a person. */
export async function exportFile(format: ExportFormat, shown: Exported): Promise<Blob> {
  const { dumpName, theme } = shown;
  const graph = withSelected(shown.graph, shown.selected);
  if (format === 'json') return new Blob([toJson(graph)], { type: 'application/json' });
  if (format === 'dot') return new Blob([toDot(graph)], { type: 'text/vnd.graphviz' });
  const drawing = drawingWithSelected(shown.drawing, shown.selected);
  const options: PictureOptions = { theme, dumpName, legend: true };
  if (format === 'svg') return new Blob([toSvg(drawing, options)], { type: 'image/svg+xml' });
  return toPng(drawing, { ...options, fontFaces: await fontFaces() });
}

/** `gateway.heap` and `cycle-3` as `gateway-cycle-3.svg`. */
export function exportName(dumpName: string, subject: string, format: ExportFormat): string {
  return `${dumpName.replace(/\.[^.]*$/, '')}-${subject}.${format}`;
}

async function toPng(drawing: Drawing, options: PictureOptions): Promise<Blob> {
  const size = pictureSize(drawing, options);
  const scale = pngScale(size);
  const image = await loadImage(new Blob([toSvg(drawing, options)], { type: 'image/svg+xml' }));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null)
        reject(new Error(`This browser makes no picture of ${canvas.width} × ${canvas.height} pixels; save the SVG.`));
      else resolve(blob);
    }, 'image/png');
  });
}

/** The URL lives until the picture is decoded. */
async function loadImage(svg: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(svg);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return image;
  } catch {
    throw new Error('This browser could not draw the picture; save the SVG.');
  } finally {
    URL.revokeObjectURL(url);
  }
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
