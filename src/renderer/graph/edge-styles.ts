/** How the canvas draws references: grey, those of a cycle in its colour, dashed what holds without a pointer. */
import type cytoscape from 'cytoscape';
import { LANE } from '../../../workers/report';

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
        // Known to cytoscape, not to its types.
        'edge-distances': 'endpoints' as 'intersection',
        'overlay-opacity': 0,
      },
    },
    ...sides('LR', 'x', (across, aside) => `${across}% ${aside}px`),
    ...sides('TB', 'y', (across, aside) => `${aside}px ${across}%`),
    { selector: 'edge.loop', style: { 'curve-style': 'bezier', 'loop-direction': '0deg', 'loop-sweep': '50deg' } },
    { selector: 'edge.cycle', style: { width: 1.8, 'line-color': cycle, 'target-arrow-color': cycle } },
    { selector: 'edge.holds', style: { 'line-style': 'dashed', 'line-dash-pattern': [5, 4] } },
  ];
}

/**
 * References leave and reach a card at its sides. Curves that bend one way keep to that side of the middle, so that two between the same cards
 * do not cross: as pictures without a window have it.
 */
function sides(
  direction: string,
  axis: 'x' | 'y',
  place: (across: number, aside: number) => string,
): cytoscape.StylesheetJson {
  const forward = (edge: cytoscape.EdgeSingular): boolean =>
    edge.source().position()[axis] < edge.target().position()[axis];
  const lane = (edge: cytoscape.EdgeSingular): number => {
    const bend = scratched(edge, 'controlPointDistances', 0).reduce((sum, distance) => sum + distance, 0);
    // The distances are to the right of the edge's own direction: that is below for a forward one.
    return Math.abs(bend) < 1 ? 0 : Math.sign(bend) * LANE * (forward(edge) === (axis === 'x') ? 1 : -1);
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
