/** All detectors, in the order in which they run: those that need little first. */
import type { Detector } from './detector';
import { bigHolder } from './big-holder';
import { closureRetains } from './closure-retains';
import { finalizerBacklog } from './finalizer-backlog';
import { finalizerCycle } from './finalizer-cycle';
import { pendingDefers } from './pending-defers';
import { poolContents } from './pool-contents';
import { goroutinesStuckForEver } from './stuck-goroutines';
import { stuckPanic } from './stuck-panic';
import { uncancelledContexts } from './uncancelled-contexts';
import { unstoppedTimers } from './unstopped-timers';

export const DETECTORS: readonly Detector[] = [
  finalizerCycle,
  finalizerBacklog,
  pendingDefers,
  stuckPanic,
  goroutinesStuckForEver,
  uncancelledContexts,
  unstoppedTimers,
  closureRetains,
  poolContents,
  bigHolder,
];
