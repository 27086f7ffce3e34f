import type { CycleClass, Holder, RootKind } from '../../../workers/api';

export type MarkKind = Holder;

/** Each holder has a shape besides its colour, so that it is read in greyscale too. 10 units square. */
const SHAPES: Record<MarkKind, { path: string; tone: string; hollow?: boolean }> = {
  global: { path: 'M0.5 0.5h9v9h-9z', tone: 'global' },
  goroutine: { path: 'M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z', tone: 'goroutine' },
  other: { path: 'M5 0.2L9.8 5L5 9.8L0.2 5z', tone: 'pool' },
  finalizer: { path: 'M5 0.6L9.8 9.4H0.2z', tone: 'finalizer' },
  'stack word': { path: 'M5 0.5a4.5 4.5 0 0 0 0 9z', tone: 'goroutine' },
  nothing: { path: 'M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8z', tone: 'nothing', hollow: true },
};

/** What a holder is called on screen. */
export const HOLDER_WORDS: Record<MarkKind, string> = {
  global: 'globals',
  goroutine: 'goroutines',
  other: 'other roots',
  finalizer: 'finalizers only',
  'stack word': 'stack words only',
  nothing: 'nothing recorded',
};

/** The mark of what holds a thing: ■ global, ● goroutine, ◆ other root, ▲ finalizer, ◐ stack word, ○ nothing. Beside its word, never alone. */
export function HolderMark({ holder }: { holder: MarkKind }) {
  const { path, tone, hollow } = SHAPES[holder];
  return (
    <svg className={`mark mark-${tone}`} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      {holder === 'stack word' && <path d={SHAPES.goroutine.path} fill="none" stroke="currentColor" />}
      <path
        d={path}
        fill={hollow ? 'none' : 'currentColor'}
        stroke={hollow ? 'currentColor' : 'none'}
        strokeWidth="1.4"
      />
    </svg>
  );
}

/** The colour token of a holder, as a CSS value. */
export function holderColour(holder: MarkKind): string {
  return `var(--${SHAPES[holder].tone})`;
}

/** What a root of a kind counts as. */
export function holderOfRoot(kind: RootKind): MarkKind {
  switch (kind) {
    case 'data':
    case 'bss':
      return 'global';
    case 'stack':
    case 'goroutine':
      return 'goroutine';
    case 'finalizer':
      return 'finalizer';
    case 'other':
      return 'other';
  }
}

/** What a cycle's class is called. */
export const CLASS_WORDS: Record<CycleClass, string> = {
  finalizer: 'finalizer-pinned',
  goroutine: 'goroutine-held',
  global: 'global-held',
  other: 'other root',
  nothing: 'nothing recorded',
};
