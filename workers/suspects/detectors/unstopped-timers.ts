/** Timers and tickers that nobody stopped: those that nothing but the runtime's heaps of timers refers to, and crowds of all others. */
import { groupBy } from '../../lib/group-by';
import { NONE } from '../../lib/none';
import { counted } from '../../lib/format';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { lastCollection } from '../../goroutines/collections';
import { stuckGoroutines } from '../../goroutines/stuck';
import type { Detected, Detector } from '../detector';
import type { Finding } from '../finding';
import { stoppedTimers, timedFunctions } from '../library/timed-functions';
import { AFTER, LOOP, STOP } from '../library/timer-advice';
import { CROWD, durationText, factsOf, FAR_NS, TIMERS } from '../library/timer-facts';
import { heapedTimers, type HeapedTimer } from '../library/timer-heap';

/** Goroutines that each read a ticker of their own; a program has a few such loops by design. */
const MANY_TICKERS = 5;

export const unstoppedTimers: Detector = {
  name: TIMERS,
  title: 'Timers and tickers that were never stopped',
  async detect(heap: AnalysedHeap): Promise<Detected> {
    if (heap.graph.records.state !== 'whole')
      return { findings: [], skipped: 'The file is not whole: who else refers to a timer is not known.' };
    const heaped = await heapedTimers(heap);
    const timers = heaped.filter(({ state }) => state === 'pending');
    const stopped = heaped.filter(({ state }) => state === 'stopped');
    if (heaped.length === 0) return { findings: [], skipped: null };
    const abandoned = abandonedTimers(heap, timers);
    const now = clockOf(heap, timers);
    return {
      findings: [
        ...(await tickersForEver(heap, abandoned)),
        ...(await forgottenTimers(heap, abandoned, now)),
        ...(await timedFunctions(heap, timers, now)),
        ...(await crowdsOfTickers(heap, timers)),
        ...(await stoppedTimers(heap, stopped)),
      ],
      skipped: null,
    };
  },
};

/** Timers with a channel of which only the heap of timers knows: nobody can stop them, and nobody hears them. */
function abandonedTimers(heap: AnalysedHeap, timers: readonly HeapedTimer[]): HeapedTimer[] {
  const { graph, dominators } = heap;
  const alone = timers.filter(
    ({ objectId, timerHeap, channel }) =>
      channel !== NONE &&
      dominators.immediateDominator[objectId] === timerHeap &&
      dominators.immediateDominator[channel] === objectId,
  );
  const ids = new Set(alone.flatMap(({ objectId, channel }) => [objectId, channel]));
  const inStacks = new Set<number>();
  for (let root = graph.roots.strongCount; root < graph.roots.count; root++) {
    const target = graph.roots.target[root];
    if (ids.has(target)) inStacks.add(target);
  }
  return alone.filter(({ objectId, channel }) => !inStacks.has(objectId) && !inStacks.has(channel));
}

/**
 * The runtime's clock, ns, at the last collection: a goroutine that waits got it then. Without a collection, when the first timer is due. Servers
 * collect at least every two minutes, which is little against what counts as far.
 */
function clockOf({ graph }: AnalysedHeap, timers: readonly HeapedTimer[]): number {
  return (
    lastCollection(graph.records.goroutines) || timers.reduce((first, { when }) => Math.min(first, when), Infinity)
  );
}

async function tickersForEver(heap: AnalysedHeap, abandoned: readonly HeapedTimer[]): Promise<Finding[]> {
  const groups = groupBy(
    abandoned.filter(({ period }) => period > 0),
    ({ period }) => durationText(period),
  );
  const found: Finding[] = [];
  for (const [period, tickers] of groups)
    found.push({
      ...(await factsOf(heap, `every ${period}`, tickers)),
      severity: 'leak',
      confidence: 'certain',
      basis:
        'Only the timer heap of the runtime leads to them: no reference, and no word of a stack, with which somebody could stop them or read their channels.',
      title: `${counted(tickers.length, 'ticker')} of ${period} that nobody can stop any more`,
      why: 'Up to Go 1.22, and with GODEBUG=asynctimerchan=1, a ticker that is not stopped stays in the timer heap of the runtime for ever and wakes a processor at each tick.',
      fix: STOP,
    });
  return found;
}

async function forgottenTimers(heap: AnalysedHeap, abandoned: readonly HeapedTimer[], now: number): Promise<Finding[]> {
  const far = abandoned.filter(({ period, when }) => period === 0 && when - now >= FAR_NS);
  if (far.length < CROWD) return [];
  const latest = far.reduce((most, { when }) => Math.max(most, when - now), 0);
  return [
    {
      ...(await factsOf(heap, 'forgotten timers', far)),
      severity: 'warning',
      confidence: 'certain',
      basis: 'Only the timer heap of the runtime leads to them, so nobody waits for them any more.',
      title: `${counted(far.length, 'timer')} that nobody waits for, the last one due in ${durationText(latest)}`,
      why: 'Up to Go 1.22, and with GODEBUG=asynctimerchan=1, a timer that is not stopped stays until it fires: time.After in a loop makes one in every turn.',
      fix: AFTER,
    },
  ];
}

/** Tickers that goroutines read, one each: what a group holds is what its goroutines hold. */
async function crowdsOfTickers(heap: AnalysedHeap, timers: readonly HeapedTimer[]): Promise<Finding[]> {
  const tickers = timers.filter((timer) => timer.period > 0 && timer.channel !== NONE);
  if (tickers.length < MANY_TICKERS) return [];
  const readers = await readersByChannel(heap);
  const groups = groupBy(
    tickers.filter(({ channel }) => readers.has(channel)),
    ({ channel, period }) => `every ${durationText(period)} by ${readers.get(channel)?.name ?? ''}`,
  );
  const found: Finding[] = [];
  for (const [name, group] of groups) {
    if (group.length < MANY_TICKERS) continue;
    const holdings = heap.goroutineHoldings;
    const held = group.flatMap(({ channel }) => readers.get(channel)?.goroutine ?? []);
    found.push({
      ...(await factsOf(heap, name, group)),
      objects: held.reduce((sum, goroutine) => sum + holdings.objects[goroutine], 0),
      bytes: held.reduce((sum, goroutine) => sum + holdings.bytes[goroutine], 0),
      severity: 'note',
      confidence: 'possible',
      basis: 'Each is read by a goroutine of its own; whether those ever end a dump does not tell.',
      title: `${counted(group.length, 'ticker')} read ${name}, each by a goroutine of its own`,
      why: 'A loop over the channel of a ticker never ends by itself: stopping the ticker does not close it.',
      fix: LOOP,
    });
  }
  return found;
}

interface Reader {
  readonly goroutine: number;
  /** The innermost function that is not the runtime's. */
  readonly name: string;
}

/** channel → the goroutine that waits on it and nothing else */
async function readersByChannel(heap: AnalysedHeap): Promise<Map<number, Reader>> {
  const { goroutines, frames } = heap.graph.records;
  const readers = new Map<number, Reader>();
  const { waits } = (await stuckGoroutines(heap)) ?? { waits: [] };
  for (const { goroutine, channels } of waits) {
    const { firstFrame, frameCount } = goroutines[goroutine];
    const own = frames.slice(firstFrame, firstFrame + frameCount);
    const name = own.find((frame) => !frame.function.startsWith('runtime.'))?.function;
    if (name !== undefined && channels.length === 1) readers.set(channels[0], { goroutine, name });
  }
  return readers;
}
