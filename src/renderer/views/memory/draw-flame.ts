/** Draws what is in sight of a flame graph on a canvas: only what is wider than a pixel. */
import { flameWords, LEAST_WORDS_PX, PALETTES } from '../../../../workers/report';
import type { Flame, FlameBox, FlameFills, PictureTheme } from '../../../../workers/report';

/** Pixels from row to row; one of them is the canvas between. */
export const ROW_PX = 20;
const TEXT_PX = 11.5;
const PADDING_PX = 4;
/** What is not searched for stands back. */
const UNLIT = 0.25;
/** Pixels between two lines of the hatching. */
const HATCH_PX = 5;

export interface FlameScene {
  flame: Flame;
  fills: FlameFills;
  theme: PictureTheme;
  /** What shares are of. */
  whole: number;
  searched: boolean;
  /** Pixels of the part in sight, and how far it is scrolled. */
  width: number;
  height: number;
  top: number;
  /** The families of the page. */
  mono: string;
  sans: string;
}

/** Pixels of a box of a graph so wide; `width` is 0 where it is too narrow to be seen. */
export function extentOf({ left, right, depth }: FlameBox, width: number): { x: number; y: number; width: number } {
  const x = Math.round(left * width);
  return { x, y: depth * ROW_PX, width: Math.max(Math.round(right * width) - x - 1, 0) };
}

export function drawFlame(context: CanvasRenderingContext2D, scene: FlameScene): void {
  const { flame, top, width, height } = scene;
  context.fillStyle = PALETTES[scene.theme].canvas;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  context.font = `${String(TEXT_PX)}px ${scene.mono}`;
  const advance = context.measureText('0').width;
  const hatch = hatching(context, scene);
  const last = Math.min(flame.rows.length, Math.ceil((top + height) / ROW_PX));
  for (let row = Math.floor(top / ROW_PX); row < last; row++)
    for (const box of flame.rows[row]) drawBox(context, box, scene, advance, hatch);
  context.globalAlpha = 1;
}

function drawBox(
  context: CanvasRenderingContext2D,
  box: FlameBox,
  scene: FlameScene,
  advance: number,
  hatch: CanvasPattern | null,
): void {
  const { x, y, width } = extentOf(box, scene.width);
  if (width < 1) return;
  const { theme, fills } = scene;
  const top = y - scene.top;
  context.globalAlpha = scene.searched && !box.lit ? UNLIT : 1;
  context.fillStyle = box.node === null ? (hatch ?? PALETTES[theme].line) : fills.fill(box.node, box.depth);
  context.fillRect(x, top, width, ROW_PX - 1);
  if (width < LEAST_WORDS_PX) return;
  const words = flameWords(box, Math.floor((width - 2 * PADDING_PX) / advance), scene.whole);
  const middle = top + ROW_PX / 2;
  const named = box.node?.named ?? false;
  context.fillStyle = named ? PALETTES[theme].text : PALETTES[theme].muted;
  context.font = `${String(TEXT_PX)}px ${named ? scene.mono : scene.sans}`;
  context.fillText(words.name, x + PADDING_PX, middle);
  if (words.figures === '') return;
  context.font = `${String(TEXT_PX)}px ${scene.mono}`;
  context.fillStyle = PALETTES[theme].muted;
  context.fillText(words.figures, x + width - PADDING_PX - advance * words.figures.length, middle);
}

/** Slanted lines on the surface, for what was folded. */
function hatching(context: CanvasRenderingContext2D, { theme }: FlameScene): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = tile.height = HATCH_PX;
  const on = tile.getContext('2d');
  if (on === null) return null;
  on.fillStyle = PALETTES[theme].surface;
  on.fillRect(0, 0, HATCH_PX, HATCH_PX);
  on.strokeStyle = PALETTES[theme].line;
  on.beginPath();
  on.moveTo(-1, HATCH_PX + 1);
  on.lineTo(HATCH_PX + 1, -1);
  on.stroke();
  return context.createPattern(tile, 'repeat');
}
