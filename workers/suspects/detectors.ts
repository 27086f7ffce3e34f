/** All detectors, in the order in which they run: those that need little first. */
import type { Detector } from './detector';
import { finalizerBacklog } from './finalizer-backlog';
import { finalizerCycle } from './finalizer-cycle';
import { goroutinesStuckForEver } from './stuck-goroutines';

export const DETECTORS: readonly Detector[] = [finalizerCycle, finalizerBacklog, goroutinesStuckForEver];
