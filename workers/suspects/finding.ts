/** What a detector reports. Ids, not rows: the session turns them into addresses and labels. */
import type { Cut } from '../heap/cut';

/** `leak`: memory that will never be used or freed again. `warning`: much is held for no visible use. `note`: worth knowing. */
export const SEVERITIES = ['leak', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `certain`: the dump records it. `likely`: it follows from what runtimes write. `possible`: it fits, and so would other stories. */
export const CONFIDENCES = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Something that a person can open to see the finding for themselves, and one sentence about it. */
export type Proof =
  | { readonly kind: 'object'; readonly objectId: number; readonly text: string }
  /** `goroutine`: index of records.goroutines. */
  | { readonly kind: 'goroutine'; readonly goroutine: number; readonly text: string }
  | { readonly kind: 'cycle'; readonly cycle: number; readonly text: string };

/** Advice: in words, and as Go before and after. */
export interface Fix {
  readonly text: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Finding {
  /** The detector's name. */
  readonly detector: string;
  /**
   * What stays the same from dump to dump of a program: functions, types, fields, variables, shapes; never addresses, counts or sizes. Two
   * findings of one detector with equal keys are one and the same to whoever ignores them.
   */
  readonly key: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What the confidence rests on, in a sentence. */
  readonly basis: string;
  /** One line: what, how many, where. */
  readonly title: string;
  /** What would be freed together if the thing were gone, each object counted once; shallow bytes over retained objects. */
  readonly objects: number;
  readonly bytes: number;
  /** Strongest first; at most MOST_PROOFS. */
  readonly proofs: readonly Proof[];
  /** Why it is a problem in Go. */
  readonly why: string;
  readonly fix: Fix;
  /** What would let go, most bytes first; empty where nothing single would. */
  readonly cuts: readonly Cut[];
}

/** A finding shows this many proofs; `title` tells how many there are. */
export const MOST_PROOFS = 20;
