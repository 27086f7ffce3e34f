/** All detectors, in the order in which they run: those that need little first. */
import type { Detector } from './detector';
import { bigHolder } from './detectors/big-holder';
import { clientCrowd } from './detectors/client-crowd';
import { closureRetains } from './detectors/closure-retains';
import { deadWeakPointers } from './detectors/dead-weak-pointers';
import { duplicateStrings } from './detectors/duplicate-strings';
import { finalizerBacklog } from './detectors/finalizer-backlog';
import { finalizerCycle } from './detectors/finalizer-cycle';
import { lockDeadlock } from './detectors/lock-deadlock';
import { mapWaste } from './detectors/map-waste';
import { pendingDefers } from './detectors/pending-defers';
import { pinnedBySliver } from './detectors/pinned-by-sliver';
import { poolContents } from './detectors/pool-contents';
import { sliceWaste } from './detectors/slice-waste';
import { staleTail } from './detectors/stale-tail';
import { goroutinesStuckForEver } from './detectors/stuck-goroutines';
import { stuckPanic } from './detectors/stuck-panic';
import { uncancelledContexts } from './detectors/uncancelled-contexts';
import { unheldMemory } from './detectors/unheld-memory';
import { unstoppedTimers } from './detectors/unstopped-timers';

export const DETECTORS: readonly Detector[] = [
  finalizerCycle,
  finalizerBacklog,
  pendingDefers,
  stuckPanic,
  lockDeadlock,
  goroutinesStuckForEver,
  uncancelledContexts,
  unstoppedTimers,
  unheldMemory,
  clientCrowd,
  closureRetains,
  poolContents,
  bigHolder,
  deadWeakPointers,
  mapWaste,
  sliceWaste,
  pinnedBySliver,
  staleTail,
  duplicateStrings,
];
