import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { boxAtShare, flameSentence } from '../../../../workers/report';
import type { Flame, FlameBox, FlameFills } from '../../../../workers/report';
import { useTheme } from '../../state/settings';
import { WithMenu } from '../../ui/WithMenu';
import { drawFlame, extentOf, ROW_PX } from './draw-flame';
import { boxAfter } from './flame-keys';
import { NodeCard } from './NodeCard';

interface FlameGraphProps {
  flame: Flame;
  fills: FlameFills;
  /** Bytes that shares are of. */
  whole: number;
  searched: boolean;
  /** Id of the node that keys go on from. */
  selected: string | null;
  onSelect: (box: FlameBox) => void;
  onZoom: (box: FlameBox) => void;
  onOut: () => void;
  menu: (box: FlameBox) => ReactNode;
}

/**
 * The tree of retention as a flame graph: roots on top. A click zooms; arrow keys walk, Enter zooms, Backspace goes out. Who cannot see it has the
 * table of the same nodes.
 */
export function FlameGraph(props: FlameGraphProps) {
  const { flame, whole, selected } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(scroller);
  const [top, setTop] = useState(0);
  const [hovered, setHovered] = useState<{ box: FlameBox; at: { x: number; y: number } } | null>(null);
  const [menuBox, setMenuBox] = useState<FlameBox | null>(null);
  useDrawing(canvas, props, size, top);
  const at = selected === null ? null : (flame.boxOf.get(selected) ?? null);
  useInSight(scroller, at);

  const boxUnder = (event: MouseEvent) => {
    const ground = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - ground.y + top) / ROW_PX);
    const box = boxAtShare(flame, row, (event.clientX - ground.x) / size.width);
    return box === null ? null : { box, at: { x: event.clientX, y: ground.y + row * ROW_PX - top } };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = boxAfter(flame, at, event.key);
    if (next !== null) props.onSelect(next);
    else if (event.key === 'Enter' && at !== null) props.onZoom(at);
    else if (event.key === 'Backspace') props.onOut();
    else if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
  };
  const onContextMenu = (event: MouseEvent): void => {
    const box = event.clientX === 0 ? at : (boxUnder(event)?.box ?? null);
    setHovered(null);
    setMenuBox(box);
    if (box === null) event.preventDefault();
    else props.onSelect(box);
  };

  const shownHover = hovered !== null && flame.rows[hovered.box.depth]?.includes(hovered.box) ? hovered : null;
  return (
    <div className="flame-frame">
      <WithMenu menu={menuBox !== null && props.menu(menuBox)}>
        <div
          ref={scroller}
          className="flame"
          role="application"
          aria-roledescription="flame graph"
          aria-label="Flame graph of the memory; the table below has the same nodes"
          tabIndex={0}
          onScroll={(event) => {
            setTop(event.currentTarget.scrollTop);
            setHovered(null);
          }}
          onMouseMove={(event) => {
            setHovered(boxUnder(event));
          }}
          onMouseLeave={() => {
            setHovered(null);
          }}
          onClick={(event) => {
            const hit = boxUnder(event);
            if (hit !== null) props.onZoom(hit.box);
          }}
          onKeyDown={onKeyDown}
          onContextMenu={onContextMenu}
        >
          <div className="flame-ground" style={{ height: flame.rows.length * ROW_PX }}>
            <canvas ref={canvas} className="flame-canvas" aria-hidden="true" />
            {shownHover !== null && <Outline box={shownHover.box} width={size.width} name="flame-hovered" />}
            {at !== null && <Outline box={at} width={size.width} name="flame-selected" />}
          </div>
        </div>
      </WithMenu>
      <p className="unseen" aria-live="polite">
        {at !== null && flameSentence(at, whole)}
      </p>
      {shownHover !== null && <HoverCard {...shownHover} whole={whole} />}
    </div>
  );
}

function Outline({ box, width, name }: { box: FlameBox; width: number; name: string }) {
  const extent = extentOf(box, width);
  return (
    <div
      className={name}
      style={{ left: extent.x, top: extent.y, width: Math.max(extent.width, 2), height: ROW_PX - 1 }}
    />
  );
}

const CARD_PX = 380;
/** Room that a card of all its facts takes. */
const CARD_HIGH_PX = 180;
const CARD_GAP_PX = 4;

interface HoverCardProps {
  box: FlameBox;
  /** Of the mouse and of the upper edge of the box, in pixels of the window. */
  at: { x: number; y: number };
  whole: number;
}

/** Under its box, or above it near the window's end: so that it never covers it, and lies over what is below the graph. */
function HoverCard({ box, at, whole }: HoverCardProps) {
  const left = Math.max(Math.min(at.x + 12, innerWidth - CARD_PX - 8), 8);
  const below = at.y + ROW_PX + CARD_GAP_PX;
  const vertical = below + CARD_HIGH_PX <= innerHeight ? { top: below } : { bottom: innerHeight - at.y + CARD_GAP_PX };
  return (
    <div className="node-card" role="tooltip" style={{ left, ...vertical, width: CARD_PX }}>
      <NodeCard box={box} whole={whole} />
    </div>
  );
}

/** Draws anew when anything of it has changed, in the page's own fonts once they are there. */
function useDrawing(
  canvas: RefObject<HTMLCanvasElement | null>,
  { flame, fills, whole, searched }: FlameGraphProps,
  { width, height }: Size,
  top: number,
): void {
  const theme = useTheme();
  const fonts = useFonts();
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const scale = devicePixelRatio;
    element.width = Math.round(width * scale);
    element.height = Math.round(height * scale);
    element.style.width = `${String(width)}px`;
    element.style.height = `${String(height)}px`;
    context.scale(scale, scale);
    drawFlame(context, { flame, fills, theme, whole, searched, width, height, top, ...fonts });
  }, [canvas, flame, fills, theme, whole, searched, width, height, top, fonts]);
}

/** The families of the page as a canvas wants them; new once they are loaded. */
function useFonts(): { mono: string; sans: string } {
  const [loaded, setLoaded] = useState(0);
  useEffect(() => {
    let gone = false;
    const families = [token('--mono'), token('--sans')];
    void Promise.all(families.map((family) => document.fonts.load(`12px ${family}`))).then(() => {
      if (!gone) setLoaded(1);
    });
    return () => {
      gone = true;
    };
  }, []);
  // what is loaded is not read, and changes what the tokens stand for
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => ({ mono: token('--mono'), sans: token('--sans') }), [loaded]);
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

interface Size {
  width: number;
  height: number;
}

/** Pixels of an element, followed as they change. */
function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const read = (): void => {
      setSize({ width: current.clientWidth, height: current.clientHeight });
    };
    const observer = new ResizeObserver(read);
    read();
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return size;
}

/** Scrolls as little as brings the row of a box into sight. */
function useInSight(scroller: RefObject<HTMLElement | null>, box: FlameBox | null): void {
  const row = box?.depth ?? null;
  useEffect(() => {
    const { current } = scroller;
    if (current === null || row === null) return;
    const { scrollTop, clientHeight } = current;
    const from = row * ROW_PX;
    if (from < scrollTop) current.scrollTop = from;
    else if (from + ROW_PX > scrollTop + clientHeight) current.scrollTop = from + ROW_PX - clientHeight;
  }, [scroller, row]);
}
