/** What every finding about timers tells of them: what goes with them, which they are, and what would let go. */
import { findJointRetained } from '../../analysis/joint-retained';
import { cutsInto } from '../../cycles/what-lets-go';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { HeapedTimer } from '../library/timer-heap';
import { MOST_PROOFS, type Finding } from '../finding';

/** The detector whose findings these are. */
export const TIMERS = 'unstopped-timers';

/** Servers have a few timers under way for each request: fewer than this say nothing. */
export const CROWD = 10;
/** Timers that are due sooner pass by themselves. */
export const FAR_NS = 10 * 60 * 1e9;

const MOST_CUTS = 3;

export type TimerFacts = Pick<Finding, 'detector' | 'key' | 'objects' | 'bytes' | 'proofs' | 'cuts'>;

/**
 * What goes with the timers is what a stopped timer lets go: itself, its channel or its closure, and all behind them that nobody else holds.
 * `goToo`: objects that go for the same reason.
 */
export async function factsOf(
  heap: AnalysedHeap,
  key: string,
  timers: readonly HeapedTimer[],
  goToo: readonly number[] = [],
): Promise<TimerFacts> {
  const { graph, reachability, roots, account, dominators } = heap;
  const members = [...timers.map(({ objectId }) => objectId), ...goToo];
  const gone = await heap.drive(findJointRetained(graph, reachability, roots, members, () => false, account));
  const shown = [...timers]
    .sort((a, b) => dominators.retainedSize[b.objectId] - dominators.retainedSize[a.objectId])
    .slice(0, MOST_PROOFS);
  return {
    detector: TIMERS,
    key,
    ...gone,
    proofs: shown.map(({ objectId, period, state }) => ({
      kind: 'object',
      objectId,
      text: `a ${state === 'stopped' ? 'stopped ' : ''}${period > 0 ? `ticker of ${durationText(period)}` : 'timer'} in the heap of timers`,
    })),
    cuts: await cutsInto(
      heap,
      shown.map(({ objectId }) => objectId),
      MOST_CUTS,
    ),
  };
}

/** `1 h`, `30 s`, `250 ms` */
export function durationText(ns: number): string {
  const seconds = ns / 1e9;
  if (seconds >= 3600) return `${round(seconds / 3600)} h`;
  if (seconds >= 60) return `${round(seconds / 60)} min`;
  return seconds >= 1 ? `${round(seconds)} s` : `${round(seconds * 1000)} ms`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
