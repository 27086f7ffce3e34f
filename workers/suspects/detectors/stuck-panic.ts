/**
 * Goroutines that panic, or leave by runtime.Goexit, and are blocked in a deferred function meanwhile: the panic is neither reported nor
 * recovered, and the stack below it is kept, though most of it will never run again.
 */
import type { HeapGraph } from '../../graph/heap-graph';
import { groupBy } from '../../lib/group-by';
import { NONE } from '../../lib/none';
import { GOEXIT, UNWINDING } from '../../go/defers';
import { isBlocked } from '../../go/wait-reasons';
import type { Detector } from '../detector';
import type { Finding, Proof } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { counted } from '../../lib/format';

type FrameRecord = HeapGraph['records']['frames'][number];
type GoroutineRecord = HeapGraph['records']['goroutines'][number];

const MOST_GOROUTINES = 8;

export const stuckPanic: Detector = {
  name: 'stuck-panic',
  title: 'Panics that are stuck in a deferred function',
  needs: ['goroutines and their stacks'],
  async detect(heap) {
    const stuck = heap.graph.records.goroutines.flatMap(
      (record, goroutine) => readStack(heap, goroutine, record) ?? [],
    );
    const groups = groupBy(stuck, ({ from, at }) => `${from}: ${at}`);
    const findings: Finding[] = [];
    for (const [key, group] of groups) findings.push(await describe(heap, key, group));
    return { findings, skipped: null };
  },
};

interface StuckPanic {
  /** Index of records.goroutines. */
  readonly goroutine: number;
  /** The function that panicked first, and the innermost one that is not the runtime's. */
  readonly from: string;
  readonly at: string;
  readonly waitReason: string;
  readonly goexit: boolean;
}

function readStack({ graph }: AnalysedHeap, goroutine: number, record: GoroutineRecord): StuckPanic | null {
  const { system, waitReason, panics, firstFrame, frameCount } = record;
  if (system || panics.length === 0 || !isBlocked(record)) return null;
  const frames = graph.records.frames.slice(firstFrame, firstFrame + frameCount);
  const unwinding = frames.findLastIndex((frame) => UNWINDING.has(frame.function));
  if (unwinding < 0) return null;
  const [at] = ownFunctions(frames);
  const [from] = ownFunctions(frames.slice(unwinding + 1));
  const goexit = frames[unwinding].function === GOEXIT;
  return { goroutine, from: from ?? 'a goroutine', at: at ?? 'a deferred function', waitReason, goexit };
}

/** Innermost first; may be empty in a damaged dump. */
function ownFunctions(frames: readonly FrameRecord[]): (string | undefined)[] {
  return frames.map((frame) => frame.function).filter((name) => !name.startsWith('runtime.'));
}

async function describe(heap: AnalysedHeap, key: string, group: readonly StuckPanic[]): Promise<Finding> {
  const holdings = heap.goroutineHoldings;
  const sum = (column: Float64Array): number => group.reduce((total, { goroutine }) => total + column[goroutine], 0);
  const [{ from, at, goexit }] = group;
  const doing = goexit ? `left ${from} by runtime.Goexit` : `panicked in ${from}`;
  const blocked = group.length === 1 ? 'is blocked' : 'are blocked';
  return {
    detector: stuckPanic.name,
    key,
    severity: 'warning',
    confidence: 'certain',
    basis:
      'The dump records the panic, the stack and what the goroutine waits for; how long it will wait it does not tell.',
    title: `${counted(group.length, 'goroutine')} ${doing} and ${blocked} in a deferred function, at ${at}`,
    objects: sum(holdings.objects),
    bytes: sum(holdings.bytes),
    proofs: group.slice(0, MOST_GOROUTINES).flatMap((stuck) => proofsOf(heap, stuck)),
    why:
      'While a goroutine panics, Go runs its deferred functions one by one, and neither reports nor recovers the panic before they return. One ' +
      'that blocks hides the panic, keeps the whole stack and all that it holds, and skips the deferred functions behind it.',
    fix: FIX,
    cuts: [],
  };
}

function proofsOf({ graph, naming }: AnalysedHeap, { goroutine, at, waitReason }: StuckPanic): Proof[] {
  const proofs: Proof[] = [{ kind: 'goroutine', goroutine, text: `it waits (${waitReason}) in ${at}` }];
  for (const { value, typeAddress } of graph.records.goroutines[goroutine].panics) {
    const objectId = graph.index.objectAt(value);
    if (objectId === NONE) continue;
    const type = naming.types.at(typeAddress)?.shown ?? null;
    proofs.push({
      kind: 'object',
      objectId,
      text: type === null ? 'what it panicked with' : `it panicked with a ${type}`,
    });
  }
  return proofs;
}

const FIX = {
  text: 'Let deferred functions not block: no channel that somebody has to read, no lock that the panicking code may hold.',
  before: 'defer func() { done <- err }() // nobody reads any more',
  after: 'done := make(chan error, 1) // room for the one value\ndefer func() { done <- err }()',
};
