/**
 * A drawn graph on a cytoscape canvas, laid out left to right by dagre. The canvas draws the references and answers the mouse; cards and labels
 * are elements of the page above it, so that their text is as sharp as all other text and the keyboard can reach them.
 */
import cytoscape from 'cytoscape';
import dagre from 'cytoscape-dagre';
import type { DrawnGraph } from '../../../workers/api';
import { assemble, cardOf, GAP_DOWNWARDS, rankGap, SPACING } from '../../../workers/report';
import type { Drawing, Point } from '../../../workers/report';
import { edgeStyles } from './edge-styles';
import type { GraphColours } from './edge-styles';

cytoscape.use(dagre);

export type Direction = 'LR' | 'TB';

/** How the canvas is moved and scaled: a place of the drawing is at `pan + place * zoom`. */
export interface Viewport {
  zoom: number;
  pan: Point;
}

export interface GraphEvents {
  /** A node was clicked; null for the ground. */
  onPick: (id: string | null) => void;
  onOpen: (id: string) => void;
  /** The mouse is over a reference, `at` this place of the canvas; null where it has left. */
  onHover: (hovered: { id: string; at: Point } | null) => void;
  onViewport: (viewport: Viewport) => void;
  /** Cards have new places. */
  onDrawing: (drawing: Drawing) => void;
}

/** Text at this scale is as large as anywhere else in the window. */
const READABLE = 1;
/** Somewhat smaller where that brings the whole graph into sight. */
const STILL_READABLE = 0.85;
const PADDING = 28;

export class CytoscapeGraph {
  private readonly cy: cytoscape.Core;
  private graph: DrawnGraph | null = null;
  private watched: string | null = null;

  constructor(
    container: HTMLElement,
    private readonly direction: Direction,
    private readonly events: GraphEvents,
  ) {
    this.cy = cytoscape({
      container,
      minZoom: 0.15,
      maxZoom: 2.5,
      boxSelectionEnabled: false,
      autounselectify: true,
      style: [],
    });
    this.cy.on('pan zoom resize', () => events.onViewport(this.viewport()));
    this.cy.on('resize', () => this.reveal());
    this.cy.on('tap', (event) => events.onPick(nodeIdOf(event)));
    this.cy.on('dbltap', 'node', (event) => {
      const id = nodeIdOf(event);
      if (id !== null) events.onOpen(id);
    });
    this.cy.on('drag', 'node', () => this.publish());
    this.cy.on('mouseover mousemove', 'edge', (event) => {
      // The selector sees to it that edges alone are told of.
      const edge = event.target as cytoscape.EdgeSingular;
      events.onHover({ id: edge.id(), at: { ...event.renderedPosition } });
    });
    this.cy.on('mouseout', 'edge', () => events.onHover(null));
    this.cy.on('pan zoom', () => events.onHover(null));
  }

  /** Shows a graph. What was on screen before stays where it was, as far as it is still there. */
  show(graph: DrawnGraph): void {
    const kept = this.graph && this.anchor(graph);
    this.events.onHover(null);
    this.graph = graph;
    this.cy.batch(() => {
      this.cy.elements().remove();
      this.cy.add(elementsOf(graph, this.direction));
    });
    this.cy.layout(layoutOptions(graph, this.direction)).run();
    if (kept) this.putBack(kept);
    else this.home();
    this.publish();
  }

  recolour(colours: GraphColours): void {
    this.cy.style(edgeStyles(colours));
  }

  /** The whole graph at once. */
  fit(): void {
    this.cy.fit(undefined, PADDING);
    if (this.cy.zoom() > READABLE) this.home();
  }

  zoomBy(factor: number): void {
    const centre = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: centre });
  }

  /** Brings a node into sight, moving as little as needed, and again whenever the window changes. */
  keepInSight(id: string | null): void {
    this.watched = id;
    this.reveal();
  }

  private reveal(): void {
    const node = this.cy.getElementById(this.watched ?? '');
    if (node.empty()) return;
    const box = node.renderedBoundingBox();
    this.cy.panBy({
      x: Math.max(PADDING - box.x1, 0) || Math.min(this.cy.width() - PADDING - box.x2, 0),
      y: Math.max(PADDING - box.y1, 0) || Math.min(this.cy.height() - PADDING - box.y2, 0),
    });
  }

  destroy(): void {
    this.cy.destroy();
  }

  private viewport(): Viewport {
    return { zoom: this.cy.zoom(), pan: { ...this.cy.pan() } };
  }

  /** At a scale where names can be read: the whole graph in the middle where it fits, else what it is about. */
  private home(): void {
    const { cy } = this;
    const subject = cy.elements('node.subject');
    const root = subject.incomers('node.root').slice(0, 1);
    const first = root.empty() ? subject.slice(0, 1) : root.union(root.outgoers('node.subject').slice(0, 1));
    const shown = this.scaleTo([cy.elements(), subject.union(root), subject, first]);
    cy.center(shown);
    this.pullToEdge();
    this.events.onViewport(this.viewport());
  }

  /** The first of the candidates that fits at a scale where names can be read, at that scale; the last where none does. */
  private scaleTo(candidates: cytoscape.CollectionReturnValue[]): cytoscape.CollectionReturnValue {
    for (const candidate of candidates) {
      for (const scale of [READABLE, STILL_READABLE]) {
        this.cy.zoom(scale);
        if (fits(candidate, this.cy)) return candidate;
      }
    }
    this.cy.zoom(READABLE);
    return candidates[candidates.length - 1];
  }

  /** Leaves no empty ground on one side while there is more to see on the other. */
  private pullToEdge(): void {
    const box = this.cy.elements().renderedBoundingBox();
    const pull = (low: number, high: number, size: number): number => {
      if (high - low <= size - 2 * PADDING) return (size - low - high) / 2;
      return Math.min(PADDING - low, 0) || Math.max(size - PADDING - high, 0);
    };
    this.cy.panBy({ x: pull(box.x1, box.x2, this.cy.width()), y: pull(box.y1, box.y2, this.cy.height()) });
  }

  /** A node that the next graph has too, with its place on screen: one that the person can see, if there is one. */
  private anchor(next: DrawnGraph): { id: string; at: Point } | null {
    const common = next.nodes.map(({ id }) => this.cy.getElementById(id)).filter((node) => node.nonempty());
    const inSight = common.find((node) => {
      const { x, y } = node.renderedPosition();
      return x > 0 && y > 0 && x < this.cy.width() && y < this.cy.height();
    });
    const node = inSight ?? common.at(0);
    return node === undefined ? null : { id: node.id(), at: { ...node.renderedPosition() } };
  }

  private putBack({ id, at }: { id: string; at: Point }): void {
    const now = this.cy.getElementById(id).renderedPosition();
    this.cy.panBy({ x: at.x - now.x, y: at.y - now.y });
  }

  private publish(): void {
    if (this.graph !== null) this.events.onDrawing(readDrawing(this.cy, this.graph));
  }
}

function nodeIdOf(event: cytoscape.EventObject): string | null {
  const target: unknown = event.target;
  if (target === event.cy) return null;
  // What is not the canvas itself is one of its elements.
  const element = target as cytoscape.SingularElementReturnValue;
  return element.isNode() ? element.id() : null;
}

interface Extent {
  nonempty(): boolean;
  boundingBox(): { w: number; h: number };
}

function fits(elements: Extent, cy: cytoscape.Core): boolean {
  const { w, h } = elements.boundingBox();
  return elements.nonempty() && w * cy.zoom() <= cy.width() - 2 * PADDING && h * cy.zoom() <= cy.height() - 2 * PADDING;
}

function elementsOf(graph: DrawnGraph, direction: Direction): cytoscape.ElementDefinition[] {
  const about = graph.nodes.some((node) => node.selected) ? 'selected' : 'inCycle';
  const nodes = graph.nodes.map((node): cytoscape.ElementDefinition => {
    const { width, height } = cardOf(node);
    const classes = [node.kind, node[about] ? 'subject' : ''];
    return { group: 'nodes', data: { id: node.id, width, height }, classes: classes.join(' ') };
  });
  const edges = graph.edges.map((edge): cytoscape.ElementDefinition => ({
    group: 'edges',
    data: { id: edge.id, source: edge.from, target: edge.to },
    classes: `${edge.kind} ${edge.from === edge.to ? 'loop' : direction}${edge.cut?.best ? ' best' : ''}${edge.tie === undefined ? '' : ' tie'}`,
  }));
  return [...nodes, ...edges];
}

function layoutOptions(graph: DrawnGraph, direction: Direction): cytoscape.LayoutOptions {
  const options = {
    name: 'dagre',
    rankDir: direction,
    ranker: 'tight-tree',
    nodeSep: SPACING.nodes,
    edgeSep: SPACING.edges,
    rankSep: direction === 'LR' ? rankGap(graph) : GAP_DOWNWARDS,
    fit: false,
    useDagreEdgeControlPoints: true,
    automaticDagreEdgeStyle: false,
  } satisfies dagre.DagreLayoutOptions;
  return options;
}

/** What is on the canvas as a drawing, to be labelled and exported exactly as it stands. */
function readDrawing(cy: cytoscape.Core, graph: DrawnGraph): Drawing {
  const nodes = graph.nodes.map((node) => {
    const { x, y } = cy.getElementById(node.id).position();
    const { width, height } = cardOf(node);
    return { node, x: x - width / 2, y: y - height / 2, width, height };
  });
  const curves = graph.edges.map((edge) => {
    const drawn = cy.getElementById(edge.id);
    // Straight ones have none, whatever the types say.
    const bends = (drawn.controlPoints() as Point[] | undefined) ?? [];
    return { edge, points: [drawn.sourceEndpoint(), ...bends, drawn.targetEndpoint()] };
  });
  return assemble(graph, nodes, curves);
}
