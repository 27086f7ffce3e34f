/** What boxes of a flame graph are filled with: the colour of what holds them, or of the package of their type; never both. */
import { HOLDER_LOOKS, HOLDERS, type Holder } from '../api/holders';
import type { RetentionNode } from '../api/retention-rows';
import { PALETTES, type PictureTheme } from './palette';

export const FLAME_COLOURS = ['holder', 'package'] as const;
/** What a hue says. */
export type FlameColour = (typeof FLAME_COLOURS)[number];

/**
 * Twelve calm hues of equal lightness, 30° apart: OKLCH 87 % 0.065 in light and 40 % 0.06 in dark, so that the theme's text is read on each. Both
 * lists stand in the same order. Tests hold their contrast. @internal
 */
export const PACKAGE_HUES: Readonly<Record<PictureTheme, readonly string[]>> = {
  // prettier-ignore
  light: ['#fcc4c6', '#fac8b1', '#eecfa5', '#dad7a6', '#c2deb4', '#ade2ca', '#a2e2e1', '#a6def5', '#b8d7ff', '#cfcffe', '#e5c8f2', '#f5c4de'],
  // prettier-ignore
  dark: ['#643a3d', '#633d2c', '#5b4320', '#4c4921', '#394f2d', '#245240', '#155252', '#1d4e60', '#314968', '#444367', '#543e5e', '#5f3a4f'],
};

/** How much of a holder's tone is mixed into the surface. */
const TINT = { light: 0.3, dark: 0.42 } as const;
/** What a level is paler than the one above it, and how pale a box may become. */
const PALER = 0.03;
const PALEST = 0.4;

export interface LegendHue {
  readonly words: string;
  /** A holder's mark stands in it. */
  readonly holder: Holder | null;
  readonly fill: string;
}

/** Fills of one answer, in one theme. */
export interface FlameFills {
  /** What a node's box is filled with. */
  fill(node: RetentionNode, depth: number): string;
  readonly legend: readonly LegendHue[];
}

export function flameFills(nodes: readonly RetentionNode[], by: FlameColour, theme: PictureTheme): FlameFills {
  const { surface } = PALETTES[theme];
  const paler = memoised((key) => {
    const [colour, depth] = key.split(' ');
    return mix(colour, surface, Math.max(1 - PALER * Number(depth), PALEST));
  });
  const base = by === 'holder' ? holderHues(nodes, theme) : packageHues(nodes, theme);
  return {
    fill: (node, depth) => paler(`${base.of(node)} ${String(depth)}`),
    legend: base.legend,
  };
}

interface Hues {
  of(node: RetentionNode): string;
  readonly legend: readonly LegendHue[];
}

function holderHues(nodes: readonly RetentionNode[], theme: PictureTheme): Hues {
  const hue = (holder: Holder): string =>
    mix(PALETTES[theme][HOLDER_LOOKS[holder].tone], PALETTES[theme].surface, TINT[theme]);
  const hues = new Map(HOLDERS.map((holder) => [holder, hue(holder)]));
  const there = new Set(nodes.map(({ holder }) => holder));
  return {
    of: ({ holder }) => hues.get(holder) ?? hue(holder),
    legend: HOLDERS.filter((holder) => there.has(holder)).map((holder) => ({
      words: HOLDER_LOOKS[holder].words,
      holder,
      fill: hue(holder),
    })),
  };
}

/** The heaviest packages by what is theirs, each with a hue of its own; the rest and what has no package is grey. */
function packageHues(nodes: readonly RetentionNode[], theme: PictureTheme): Hues {
  const bytes = new Map<string, number>();
  for (const { package: path, ownBytes } of nodes)
    if (path !== null) bytes.set(path, (bytes.get(path) ?? 0) + ownBytes);
  const hues = PACKAGE_HUES[theme];
  const grey = mix(PALETTES[theme].nothing, PALETTES[theme].surface, TINT[theme] / 2);
  const heaviest = [...bytes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, hues.length);
  const given = giveHues(heaviest.map(([path]) => path));
  return {
    of: ({ package: path }) => {
      const hue = path === null ? undefined : given.get(path);
      return hue === undefined ? grey : hues[hue];
    },
    legend: [
      ...[...given].map(([path, hue]) => ({ words: path, holder: null, fill: hues[hue] })),
      ...(bytes.size > given.size ? [{ words: 'other packages', holder: null, fill: grey }] : []),
    ],
  };
}

/** Each package gets the hue of its name, so that it keeps it from one answer to the next; the next free one where a heavier package has that. */
function giveHues(packages: readonly string[]): Map<string, number> {
  const given = new Map<string, number>();
  const count = PACKAGE_HUES.light.length;
  const taken = new Set<number>();
  for (const path of packages) {
    let hue = sum(path) % count;
    while (taken.has(hue)) hue = (hue + 1) % count;
    taken.add(hue);
    given.set(path, hue);
  }
  return given;
}

function sum(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash;
}

/** `share` of one colour, the rest of the other; both as `#rrggbb`. */
function mix(colour: string, other: string, share: number): string {
  const channel = (text: string, at: number): number => Number.parseInt(text.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) => Math.round(channel(colour, at) * share + channel(other, at) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

function memoised(make: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}
