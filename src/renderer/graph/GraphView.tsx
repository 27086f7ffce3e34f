import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { createPortal } from 'react-dom';
import { ContextMenu } from 'radix-ui';
import type { DrawnGraph, DrawnNode } from '../../../workers/api';
import type { Drawing } from '../../../workers/report';
import { useTheme } from '../state/settings';
import { Card } from './Card';
import { CytoscapeGraph } from './cytoscape-graph';
import type { Direction, Viewport } from './cytoscape-graph';
import { EdgeCard } from './EdgeCard';
import type { Hovered } from './EdgeCard';
import { graphColours } from './edge-styles';
import './graph.css';

/** What a view does with a graph that is on screen. */
export interface GraphHandle {
  fit: () => void;
  zoomBy: (factor: number) => void;
  /** The graph as it stands, moved nodes included; null before the first layout. */
  drawing: () => Drawing | null;
}

export interface GraphViewProps {
  graph: DrawnGraph;
  /** Its name, for who cannot see it. */
  label: string;
  direction?: Direction;
  selected: string | null;
  /** Nodes that stand back, where they are. */
  isFaded?: (node: DrawnNode) => boolean;
  onSelect: (node: DrawnNode) => void;
  /** Double click or Enter; a click on "+N more". */
  onOpen: (node: DrawnNode) => void;
  /** Entries of a node's context menu. */
  menu?: (node: DrawnNode) => ReactNode;
  handle?: Ref<GraphHandle>;
  /** Stands over the graph's corners: a legend, buttons. */
  children?: ReactNode;
}

/** A drawn graph: drag to move, wheel to scale, click to select, double click to open. Arrow keys walk the nodes as a list. */
export function GraphView(props: GraphViewProps) {
  const { graph, label, direction = 'LR', handle, children } = props;
  const { ground, layer, cards, canvas, drawing, viewport, hovered, setHovered } = useCanvas(props, direction);
  useImperativeHandle(
    handle,
    () => ({
      fit: () => canvas.current?.fit(),
      zoomBy: (factor) => canvas.current?.zoomBy(factor),
      drawing: () => drawing,
    }),
    [canvas, drawing],
  );
  const [menuNode, setMenuNode] = useState<DrawnNode | null>(null);
  const walk = useNodeKeys(props, canvas);
  const origin = drawing?.origin ?? { x: 0, y: 0 };
  const x = viewport.pan.x + origin.x * viewport.zoom;
  const y = viewport.pan.y + origin.y * viewport.zoom;

  const pickMenu = (event: React.MouseEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: (event.clientX - box.x - x) / viewport.zoom, y: (event.clientY - box.y - y) / viewport.zoom };
    const node = event.clientX === 0 ? selectedNode(props) : nodeAt(drawing, at);
    setMenuNode(node);
    if (node === null || props.menu === undefined) event.preventDefault();
    else props.onSelect(node);
  };

  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={pickMenu}>
        <div
          className="graph"
          data-nodes={graph.nodes.length}
          data-edges={graph.edges.length}
          onPointerLeave={() => {
            // The canvas does not tell when the mouse leaves it from a reference.
            setHovered(null);
          }}
        >
          <div className="graph-ground" ref={ground} />
          {layer &&
            createPortal(
              <div
                ref={cards}
                className="graph-cards"
                role="listbox"
                aria-label={label}
                tabIndex={0}
                aria-activedescendant={props.selected === null ? undefined : cardId(props.selected)}
                style={{ transform: `translate(${x}px, ${y}px) scale(${viewport.zoom})` }}
                onKeyDown={(event) => {
                  event.currentTarget.removeAttribute('data-by-mouse');
                  walk(event);
                }}
              >
                {drawing && <Cards drawing={drawing} selected={props.selected} isFaded={props.isFaded} />}
              </div>,
              layer,
            )}
          {children}
          {hovered !== null && <EdgeCard graph={graph} hovered={hovered} />}
        </div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          {menuNode !== null && props.menu?.(menuNode)}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

interface CardsProps extends Pick<GraphViewProps, 'selected'> {
  drawing: Drawing;
  isFaded: GraphViewProps['isFaded'] | undefined;
}

/** What stands over the canvas: the words of references, and a card for each node. */
function Cards({ drawing, selected, isFaded }: CardsProps) {
  return (
    <>
      {drawing.edges.map(
        ({ edge, label: text }) =>
          text && (
            <span
              key={edge.id}
              className={`graph-label mono ${edge.tie === undefined ? '' : 'graph-label-tie'}`}
              aria-hidden="true"
              style={{ left: text.x, top: text.y, width: text.width, height: text.height }}
            >
              {text.text}
            </span>
          ),
      )}
      {drawing.nodes.map((placed) => (
        <Card
          key={placed.node.id}
          id={cardId(placed.node.id)}
          placed={placed}
          selected={placed.node.id === selected}
          faded={isFaded?.(placed.node) ?? false}
        />
      ))}
    </>
  );
}

/** The canvas, what it last drew, and where it stands. */
function useCanvas(props: GraphViewProps, direction: Direction) {
  const { graph } = props;
  const ground = useRef<HTMLDivElement>(null);
  const cards = useRef<HTMLDivElement>(null);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const canvas = useRef<CytoscapeGraph | null>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [viewport, setViewport] = useState<Viewport>({ zoom: 1, pan: { x: 0, y: 0 } });
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const theme = useTheme();

  useEffect(() => {
    if (ground.current === null) return;
    const nodeOf = (id: string): DrawnNode | undefined => latest.current.graph.nodes.find((node) => node.id === id);
    const made = new CytoscapeGraph(ground.current, direction, {
      onPick: (id) => {
        // The keys go on from where the mouse was.
        cards.current?.focus({ preventScroll: true });
        cards.current?.setAttribute('data-by-mouse', '');
        const node = id === null ? undefined : nodeOf(id);
        if (node?.kind === 'more') latest.current.onOpen(node);
        else if (node !== undefined) latest.current.onSelect(node);
      },
      onOpen: (id) => {
        const node = nodeOf(id);
        if (node !== undefined && node.kind !== 'more') latest.current.onOpen(node);
      },
      onHover: setHovered,
      onViewport: setViewport,
      onDrawing: setDrawing,
    });
    canvas.current = made;
    // In the element of the canvas, above it: so the canvas gets the mouse events of the cards too. It empties the element when it begins.
    const above = document.createElement('div');
    ground.current.append(above);
    setLayer(above);
    return () => {
      setLayer(null);
      above.remove();
      made.destroy();
      canvas.current = null;
    };
  }, [direction]);

  // Before the graph is shown: the layout needs the nodes' sizes, which are styles.
  useEffect(() => {
    if (ground.current !== null) canvas.current?.recolour(graphColours(ground.current));
  }, [theme, direction]);

  useEffect(() => {
    canvas.current?.show(graph);
  }, [graph, direction]);

  const { selected } = props;
  useEffect(() => {
    canvas.current?.keepInSight(selected);
  }, [selected, graph]);

  return { ground, layer, cards, canvas, drawing, viewport, hovered, setHovered };
}

/** Arrow keys walk the nodes in the order of the graph; Enter opens, + and − scale. */
function useNodeKeys(
  { graph, selected, onSelect, onOpen }: GraphViewProps,
  canvas: { current: CytoscapeGraph | null },
) {
  return (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = graph.nodes.findIndex((node) => node.id === selected);
    const to = targetOf(event.key, at, graph.nodes.length);
    if (event.key === '+' || event.key === '-') canvas.current?.zoomBy(event.key === '+' ? 1.25 : 0.8);
    else if (event.key === 'Enter' && at >= 0) onOpen(graph.nodes[at]);
    else if (to !== null) {
      onSelect(graph.nodes[to]);
    } else return;
    event.preventDefault();
  };
}

function targetOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function selectedNode({ graph, selected }: GraphViewProps): DrawnNode | null {
  return graph.nodes.find((node) => node.id === selected) ?? null;
}

function nodeAt(drawing: Drawing | null, { x, y }: { x: number; y: number }): DrawnNode | null {
  const placed = drawing?.nodes.find(
    (box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
  );
  return placed?.node ?? null;
}

function cardId(nodeId: string): string {
  return `card-${nodeId}`;
}
