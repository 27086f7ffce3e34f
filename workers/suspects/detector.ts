/** The interface of all detectors. One stands in one file; `detectors.ts` lists them. */
import type { Finding } from './finding';
import type { AnalysedHeap } from '../heap/analysed-heap';

export interface Detector {
  /** Stable, for scripts and ignore files: `finalizer-cycle`. */
  readonly name: string;
  /** What it looks for, in a few words. */
  readonly title: string;
  /** Rejects only when cancelled, out of memory, or by a defect: what a dump holds, however broken, is no reason. */
  detect(heap: AnalysedHeap): Promise<Detected>;
}

export interface Detected {
  readonly findings: readonly Finding[];
  /** Why it could not look, or not everywhere, in a sentence; null where it could. */
  readonly skipped: string | null;
}
