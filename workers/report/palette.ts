/** The colours of pictures: the same tokens as the window's themes. */
import type { DrawnNode } from '../api/graph';
import { HOLDER_LOOKS, type HolderTone } from '../api/holders';

export type PictureTheme = 'light' | 'dark';

export interface Palette extends Record<HolderTone, string> {
  canvas: string;
  surface: string;
  line: string;
  text: string;
  muted: string;
  accent: string;
  accentSoft: string;
}

export const PALETTES: Record<PictureTheme, Palette> = {
  light: {
    canvas: '#f5f6f8',
    surface: '#ffffff',
    line: '#bcc3ce',
    text: '#1a1e25',
    muted: '#58616f',
    accent: '#2a5bd7',
    accentSoft: '#e8effd',
    global: '#0f7b6c',
    goroutine: '#6b46c1',
    finalizer: '#c2410c',
    pool: '#a16207',
    nothing: '#6b7280',
  },
  dark: {
    canvas: '#12151a',
    surface: '#191d23',
    line: '#4a5461',
    text: '#e6e9ee',
    muted: '#9da7b5',
    accent: '#82a8ff',
    accentSoft: '#22304d',
    global: '#4fc3b0',
    goroutine: '#b79cff',
    finalizer: '#ff9466',
    pool: '#e3b341',
    nothing: '#9aa4b2',
  },
};

/** Roots have the colour of what they are as holders, closures that of functions; everything else is grey. */
export function toneOf(node: DrawnNode): HolderTone | 'line' {
  if (node.isClosure) return 'goroutine';
  return node.rootKind === null ? 'line' : HOLDER_LOOKS[node.holder].tone;
}
