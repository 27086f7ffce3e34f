/** How the canvas draws references: grey, those of a cycle in its colour, dashed what holds without a pointer, dotted what frees most when cut. */
import type cytoscape from 'cytoscape';
import { laneOf } from '../../../workers/report';

export interface GraphColours {
  line: string;
  cycle: string;
  /** Of the reference that frees most when cut. */
  cut: string;
}

/** The theme's tokens as a canvas needs them. */
export function graphColours(element: HTMLElement): GraphColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return { line: token('--line-strong'), cycle: token('--finalizer'), cut: token('--accent') };
}

export function edgeStyles({ line, cycle, cut }: GraphColours): cytoscape.StylesheetJson {
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
        // Known to cytoscape, not to its types.
        'edge-distances': 'endpoints' as 'intersection',
        'overlay-opacity': 0,
      },
    },
    ...sides('LR', 'x', (across, aside) => `${across}% ${aside}px`),
    ...sides('TB', 'y', (across, aside) => `${aside}px ${across}%`),
    { selector: 'edge.loop', style: { 'curve-style': 'bezier', 'loop-direction': '0deg', 'loop-sweep': '50deg' } },
    { selector: 'edge.cycle', style: { width: 1.8, 'line-color': cycle, 'target-arrow-color': cycle } },
    { selector: 'edge.tie', style: { width: 2.4 } },
    { selector: 'edge.holds', style: { 'line-style': 'dashed', 'line-dash-pattern': [5, 4] } },
    {
      selector: 'edge.best',
      style: {
        width: 2.4,
        'line-color': cut,
        'target-arrow-color': cut,
        'line-style': 'dashed',
        'line-dash-pattern': [2, 3],
      },
    },
  ];
}

/** References leave and reach a card at its sides, in the lanes that pictures without a window have too. */
function sides(
  direction: string,
  axis: 'x' | 'y',
  place: (across: number, aside: number) => string,
): cytoscape.StylesheetJson {
  const forward = (edge: cytoscape.EdgeSingular): boolean =>
    edge.source().position()[axis] < edge.target().position()[axis];
  // Distances count to the right of an edge's own direction: that is below for one that leads to the right.
  const drop = (edge: cytoscape.EdgeSingular): number =>
    scratched(edge, 'controlPointDistances', 0).reduce((sum, distance) => sum + distance, 0) *
    (forward(edge) === (axis === 'x') ? 1 : -1);
  const lane = (edge: cytoscape.EdgeSingular): number => {
    const back = edge.target().edgesTo(edge.source());
    return laneOf(drop(edge), back.empty() ? undefined : drop(back[0]));
  };
  return [
    {
      selector: `edge.${direction}`,
      style: {
        'source-endpoint': (edge: cytoscape.EdgeSingular) => place(forward(edge) ? 50 : -50, lane(edge)),
        'target-endpoint': (edge: cytoscape.EdgeSingular) => place(forward(edge) ? -50 : 50, lane(edge)),
      },
    },
  ];
}

/** What dagre found for an edge; the layout leaves it in the edge's scratch pad. */
function scratched(edge: cytoscape.EdgeSingular, name: string, otherwise: number): number[] {
  const values = edge.scratch(name) as number[] | undefined;
  return values === undefined || values.length === 0 ? [otherwise] : values;
}
