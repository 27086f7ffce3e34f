/** All detectors, in the order in which they run: those that need little first. */
import type { Detector } from './detector';
import { bigHolder } from './big-holder';
import { finalizerBacklog } from './finalizer-backlog';
import { finalizerCycle } from './finalizer-cycle';
import { pendingDefers } from './pending-defers';
import { goroutinesStuckForEver } from './stuck-goroutines';
import { stuckPanic } from './stuck-panic';
import { unstoppedTimers } from './unstopped-timers';

export const DETECTORS: readonly Detector[] = [
  finalizerCycle,
  finalizerBacklog,
  pendingDefers,
  stuckPanic,
  goroutinesStuckForEver,
  unstoppedTimers,
  bigHolder,
];
