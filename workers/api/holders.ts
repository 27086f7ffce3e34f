/**
 * What holds a thing: the one table of it. Summary, lists, chips, paths, pictures, DOT and JSON take order, word, mark and colour from here;
 * workers/cycles/keepers.ts has how each is told.
 */

/**
 * Holders in the order in which they come: an object counts for the first that reaches it. Roots have a holder too, that of what they alone hold.
 * What pools, timers and descriptors of goroutines lead to is theirs, although a variable leads to them.
 */
export const HOLDERS = [
  'global',
  'goroutine',
  'other',
  /** Finalizers of objects on cycles: they keep themselves from being collected, and all that they refer to. */
  'finalizer',
  /** Goroutines that wait for ever, and no others. */
  'stuck goroutine',
  'timer',
  /** The runtime's own structures, and what only its variables and the library's registries lead to. */
  'runtime',
  'pool',
  /** Finalizers that run some day, and let go then. */
  'finalizing',
  /** Words of stacks that no list names. */
  'stack word',
  /** What runtime.AddCleanup was given, which a dump does not record as roots. */
  'cleanup',
  'nothing',
] as const;
export type Holder = (typeof HOLDERS)[number];

/** Holders that single roots have. What timers, pools and cleanups keep is reached over roots of the runtime, or over none. */
export const ROOT_HOLDERS: readonly Holder[] = [
  'global',
  'goroutine',
  'other',
  'finalizer',
  'stuck goroutine',
  'runtime',
  'finalizing',
  'stack word',
];

/** The colours that tell what holds a thing: tokens of the window's themes, and of pictures. */
export const HOLDER_TONES = ['global', 'goroutine', 'finalizer', 'pool', 'nothing'] as const;
export type HolderTone = (typeof HOLDER_TONES)[number];

/** A shape of its own for each holder, so that it is read in greyscale too. */
export interface HolderMark {
  /** 10 units square, filled by the even-odd rule. */
  readonly path: string;
  /** Stroked in place of filled. */
  readonly hollow: boolean;
}

export interface HolderLook {
  /** After “held by”: `globals`. */
  readonly words: string;
  /** One root of the kind: `global`. */
  readonly root: string;
  readonly tone: HolderTone;
  readonly mark: HolderMark;
}

export const HOLDER_LOOKS: Readonly<Record<Holder, HolderLook>> = {
  global: look('globals', 'global', 'global', filled('M0.5 0.5h9v9h-9z')),
  goroutine: look('goroutines', 'goroutine', 'goroutine', filled('M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z')),
  other: look('other roots', 'other root', 'pool', filled('M5 0.2L9.8 5L5 9.8L0.2 5z')),
  finalizer: look('finalizers for good', 'finalizer for good', 'finalizer', filled('M5 0.6L9.8 9.4H0.2z')),
  'stuck goroutine': look(
    'stuck goroutines',
    'stuck goroutine',
    'goroutine',
    filled('M3.2 0.5h3.6L9.5 3.2v3.6L6.8 9.5H3.2L0.5 6.8V3.2z'),
  ),
  timer: look('timers', 'timer', 'pool', filled('M0.8 0.6H9.2L5 5L9.2 9.4H0.8L5 5z')),
  runtime: look('the runtime', 'runtime', 'nothing', hollow('M1.2 1.2h7.6v7.6h-7.6z')),
  pool: look('pools', 'pool', 'pool', filled('M5 0.2L9.8 3.9L8 9.4H2L0.2 3.9z')),
  finalizing: look('finalizers', 'finalizer', 'finalizer', hollow('M5 1.4L9 9H1z')),
  'stack word': look(
    'stack words only',
    'stack word',
    'goroutine',
    filled('M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM5 1.7a3.3 3.3 0 0 1 0 6.6z'),
  ),
  cleanup: look('cleanups, not recorded', 'cleanup', 'nothing', hollow('M5 0.9L9.1 5L5 9.1L0.9 5z')),
  nothing: look('nothing recorded', 'nothing', 'nothing', hollow('M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8z')),
};

function look(words: string, root: string, tone: HolderTone, mark: HolderMark): HolderLook {
  return { words, root, tone, mark };
}

function filled(path: string): HolderMark {
  return { path, hollow: false };
}

function hollow(path: string): HolderMark {
  return { path, hollow: true };
}

/** `globals`, `nothing recorded`: what follows “held by”. */
export function holderWords(holder: Holder): string {
  return HOLDER_LOOKS[holder].words;
}

/**
 * The class of a cycle that scripts filter by, coarser than its holder: stack words count as goroutines, and what a dump does not record as
 * nothing.
 */
export type CycleClass = Exclude<Holder, 'stuck goroutine' | 'stack word' | 'cleanup'>;

export function cycleClassOf(holder: Holder): CycleClass {
  switch (holder) {
    case 'stuck goroutine':
    case 'stack word':
      return 'goroutine';
    case 'cleanup':
      return 'nothing';
    default:
      return holder;
  }
}
