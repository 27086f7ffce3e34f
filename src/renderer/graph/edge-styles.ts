/** How the canvas draws references: grey, those of a cycle in its colour, dashed what holds without a pointer. */
import type cytoscape from 'cytoscape';

export interface GraphColours {
  line: string;
  cycle: string;
}

/** The theme's tokens as a canvas needs them. */
export function graphColours(element: HTMLElement): GraphColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return { line: token('--line-strong'), cycle: token('--finalizer') };
}

export function edgeStyles({ line, cycle }: GraphColours): cytoscape.StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        shape: 'rectangle',
        width: 'data(width)',
        height: 'data(height)',
        'background-opacity': 0,
        'border-width': 0,
        'overlay-opacity': 0,
      },
    },
    {
      selector: 'edge',
      style: {
        width: 1.3,
        'line-color': line,
        'target-arrow-shape': 'triangle',
        'target-arrow-color': line,
        'arrow-scale': 0.9,
        'curve-style': 'unbundled-bezier',
        'control-point-weights': (edge: cytoscape.EdgeSingular) => scratched(edge, 'controlPointWeights', 0.5),
        'control-point-distances': (edge: cytoscape.EdgeSingular) => scratched(edge, 'controlPointDistances', 0),
        'edge-distances': 'intersection',
        'overlay-opacity': 0,
      },
    },
    { selector: 'edge.loop', style: { 'curve-style': 'bezier', 'loop-direction': '0deg', 'loop-sweep': '50deg' } },
    { selector: 'edge.cycle', style: { width: 1.8, 'line-color': cycle, 'target-arrow-color': cycle } },
    { selector: 'edge.holds', style: { 'line-style': 'dashed', 'line-dash-pattern': [5, 4] } },
  ];
}

/** What dagre found for an edge; the layout leaves it in the edge's scratch pad. */
function scratched(edge: cytoscape.EdgeSingular, name: string, otherwise: number): number[] {
  const values = edge.scratch(name) as number[] | undefined;
  return values === undefined || values.length === 0 ? [otherwise] : values;
}
