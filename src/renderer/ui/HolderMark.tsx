import type { CycleClass, CycleRow, Holder, RootKind } from '../../../workers/api';

/** Holders, and what else keeps a cycle. */
export type MarkKind = Holder | CycleClass;

/** Each holder has a shape besides its colour, so that it is read in greyscale too. 10 units square. */
const SHAPES: Record<MarkKind, { path: string; tone: string; hollow?: boolean }> = {
  global: { path: 'M0.5 0.5h9v9h-9z', tone: 'global' },
  goroutine: { path: 'M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z', tone: 'goroutine' },
  other: { path: 'M5 0.2L9.8 5L5 9.8L0.2 5z', tone: 'pool' },
  finalizer: { path: 'M5 0.6L9.8 9.4H0.2z', tone: 'finalizer' },
  'stack word': { path: 'M5 0.5a4.5 4.5 0 0 0 0 9z', tone: 'goroutine' },
  finalizing: { path: 'M5 1.4L9 9H1z', tone: 'finalizer', hollow: true },
  timer: { path: 'M0.8 0.6H9.2L5 5L9.2 9.4H0.8L5 5z', tone: 'pool' },
  pool: { path: 'M5 0.2L9.8 3.9L8 9.4H2L0.2 3.9z', tone: 'pool' },
  runtime: { path: 'M1.2 1.2h7.6v7.6h-7.6z', tone: 'nothing', hollow: true },
  nothing: { path: 'M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8z', tone: 'nothing', hollow: true },
};

/** What a holder is called on screen. */
export const HOLDER_WORDS: Record<Holder, string> = {
  global: 'globals',
  goroutine: 'goroutines',
  other: 'other roots',
  finalizer: 'finalizers only',
  'stack word': 'stack words only',
  nothing: 'nothing recorded',
};

/**
 * The mark of what holds a thing: ■ global, ● goroutine, ◆ other root, ▲ finalizer (hollow: one that is to run), ◐ stack word, ⧗ timer, ⬟ pool,
 * □ the runtime itself, ○ nothing. Beside its word, never alone.
 */
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
  timer: 'timer-held',
  pool: 'pool-held',
  finalizing: 'awaits finalizers',
  nothing: 'nothing recorded',
  runtime: 'runtime-internal',
};

/** The mark of what keeps a cycle. */
export function ClassMark({ cycle }: { cycle: Pick<CycleRow, 'class'> & Partial<Pick<CycleRow, 'held'>> }) {
  return <HolderMark holder={cycle.class === 'goroutine' && cycle.held === 'weak' ? 'stack word' : cycle.class} />;
}

/** What a cycle's class is called, with stuck goroutines told apart from busy ones. */
export function classWords(cycle: Pick<CycleRow, 'class' | 'stuck'>): string {
  return cycle.stuck ? 'stuck goroutine' : CLASS_WORDS[cycle.class];
}
