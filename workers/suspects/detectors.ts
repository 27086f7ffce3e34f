/** All detectors, in the order in which they run: those that need little first. */
import type { Detector } from './detector';
import { bigHolder } from './big-holder';
import { closureRetains } from './closure-retains';
import { duplicateStrings } from './duplicate-strings';
import { finalizerBacklog } from './finalizer-backlog';
import { finalizerCycle } from './finalizer-cycle';
import { mapWaste } from './map-waste';
import { pendingDefers } from './pending-defers';
import { pinnedBySliver } from './pinned-by-sliver';
import { poolContents } from './pool-contents';
import { sliceWaste } from './slice-waste';
import { staleTail } from './stale-tail';
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
  mapWaste,
  sliceWaste,
  pinnedBySliver,
  staleTail,
  duplicateStrings,
];
