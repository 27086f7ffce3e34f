/** The interface of all detectors. One stands in one file; `detectors.ts` lists them. */
import type { Finding } from './finding';
import type { AnalysedHeap } from '../heap/analysed-heap';

/** As `DumpIssue.lost` calls them. */
type Part = 'goroutines and their stacks' | 'globals' | 'finalizers';

export interface Detector {
  /** Stable, for scripts and ignore files: `finalizer-cycle`. */
  readonly name: string;
  /** What it looks for, in a few words. */
  readonly title: string;
  /** Parts of the file without which it does not see all: they may be missing of a dump that is not whole. */
  readonly needs?: readonly Part[];
  /** Rejects only when cancelled, out of memory, or by a defect: what a dump holds, however broken, is no reason. */
  detect(heap: AnalysedHeap): Promise<Detected>;
}

export interface Detected {
  readonly findings: readonly Finding[];
  /** Why it could not look, or not everywhere, in a sentence; null where it could. */
  readonly skipped: string | null;
}
