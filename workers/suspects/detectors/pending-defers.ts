/**
 * Deferred calls that pile up: `defer` in a loop, in a function that goes on for long or for ever. What they captured is held until it returns.
 *
 * Records tell of loops and of functions with many defers. The few defers of an ordinary function leave no record while it runs; what they
 * hold is told of, with less confidence, by the closures on its stack.
 */
import { findJointRetained, type JointRetained } from '../../analysis/joint-retained';
import { ROOT, ROOT_PART } from '../../graph/heap-graph';
import { groupBy } from '../../lib/group-by';
import { deferredClosures, type DeferredClosures } from '../defers/deferred-closures';
import { contextsBehind } from '../library/context-timers';
import { cancelContexts, type CancelContext } from '../library/contexts';
import { pendingDefers as deferRecords, type PendingDefers } from '../defers/defer-records';
import type { Detector } from '../detector';
import type { Finding, Proof } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { counted, formatBytes } from '../../lib/format';
import { functionKey, functionText } from '../words/wording';

/** Calls of one loop in one frame: closing a handful of files that way is fine, and many that do are not. */
const SEVERAL = 5;
const MANY = 100;
const MUCH_BYTES = 2 ** 20;
/** What closures on the stack of one function hold, before it is told of: words that look like them are often stale. */
const TELLING_BYTES = 8 * 1024;
const MOST_GOROUTINES = 8;
const MOST_FUNCTIONS = 20;

export const pendingDefers: Detector = {
  name: 'pending-defers',
  title: 'Deferred calls that pile up',
  needs: ['goroutines and their stacks'],
  async detect(heap) {
    const records = await deferRecords(heap.graph, () => heap.checkpoint());
    const findings: Finding[] = [];
    const loops = grouped(
      records.filter(({ inLoop }) => inLoop >= SEVERAL),
      ({ frame, entryPc }) => `${frame.entryPc} ${entryPc}`,
    );
    const contexts = loops.length === 0 ? new Map<number, CancelContext>() : await cancelContexts(heap);
    for (const group of loops) findings.push(await describeLoop(heap, group, contexts));
    const onStack = grouped(await deferredClosures(heap), ({ frame }) => `${frame.entryPc}`);
    for (const group of onStack) {
      const finding = await describeOnStack(heap, group);
      if (finding) findings.push(finding);
    }
    return { findings, skipped: null };
  },
};

/** The largest groups, by their number of frames. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...groupBy(items, keyOf).values()].sort((a, b) => b.length - a.length).slice(0, MOST_FUNCTIONS);
}

async function describeLoop(
  heap: AnalysedHeap,
  group: readonly PendingDefers[],
  contexts: ReadonlyMap<number, CancelContext>,
): Promise<Finding> {
  const [{ frame, entryPc }] = group;
  const alone = await heldByCalls(heap, group, []);
  const cancels = await contextsOf(heap, group, contexts);
  const { objects, bytes } = cancels.length === 0 ? alone : await heldByCalls(heap, group, cancels);
  const calls = group.reduce((sum, one) => sum + one.calls, 0);
  const many = group.some(({ inLoop }) => inLoop >= MANY) || bytes >= MUCH_BYTES;
  const rangeOverFunc = group.some(({ listed }) => listed > 0);
  const deferred = entryPc === 0 ? '' : `, most of them ${functionText(heap, entryPc)}`;
  return {
    detector: pendingDefers.name,
    key: `${frame.function}: ${entryPc === 0 ? 'range-over-func' : functionKey(heap, entryPc)}`,
    severity: many ? 'warning' : 'note',
    confidence: rangeOverFunc ? 'likely' : 'certain',
    basis: rangeOverFunc
      ? 'The dump has one record for the calls of a range-over-func loop; they were counted along the list behind it.'
      : 'The dump has a record of each of these calls, with the defer statement that made it.',
    title: `${counted(calls, 'deferred call')} of a loop wait for ${frame.function} to return${deferred}${withContexts(cancels.length, alone.bytes, bytes)}`,
    objects,
    bytes,
    proofs: loopProofs(group),
    why:
      'A deferred call runs when its function returns, not at the end of the loop’s turn. Until then its record, its closure and all that this ' +
      'captured stay in memory, and what it should release stays open.',
    fix: cancels.length > 0 ? LOOP_CANCEL_FIX : LOOP_FIX,
    cuts: [],
  };
}

/** What goes when the calls have run, and `cancelled` with them. */
function heldByCalls(
  heap: AnalysedHeap,
  group: readonly PendingDefers[],
  cancelled: readonly number[],
): Promise<JointRetained> {
  const { graph, reachability, roots, account } = heap;
  const goroutines = new Set(group.map(({ goroutine }) => goroutine));
  const isDefer = (part: number): boolean => part === ROOT_PART.deferRecord || part === ROOT_PART.deferFunction;
  const { kind, owner, offset } = graph.roots;
  return heap.drive(
    findJointRetained(
      graph,
      reachability,
      roots,
      [...group.flatMap((one) => one.objects), ...cancelled],
      (root) => kind[root] === ROOT.goroutine && goroutines.has(owner[root]) && isDefer(offset[root]),
      account,
    ),
  );
}

/** The contexts that the calls cancel: their parents and timers let go of them then. */
async function contextsOf(
  heap: AnalysedHeap,
  group: readonly PendingDefers[],
  contexts: ReadonlyMap<number, CancelContext>,
): Promise<number[]> {
  const found = contextsBehind(
    heap.graph,
    group.flatMap((one) => one.objects),
    contexts,
  );
  await heap.checkpoint();
  return [...found].filter((id) => contexts.get(id)?.cancelled === false);
}

function withContexts(count: number, alone: number, together: number): string {
  if (count === 0) return '';
  return `: ${formatBytes(alone)} alone, ${formatBytes(together)} with the ${counted(count, 'context')} that they cancel`;
}

function loopProofs(group: readonly PendingDefers[]): Proof[] {
  return [...group]
    .sort((a, b) => b.calls - a.calls)
    .slice(0, MOST_GOROUTINES)
    .flatMap(({ goroutine, calls, objects, frame }): Proof[] => [
      { kind: 'goroutine', goroutine, text: `it has ${counted(calls, 'deferred call')} in ${frame.function}` },
      ...objects.slice(0, 1).map((objectId): Proof => ({ kind: 'object', objectId, text: 'what waits there first' })),
    ]);
}

async function describeOnStack(heap: AnalysedHeap, group: readonly DeferredClosures[]): Promise<Finding | null> {
  const { graph, reachability, roots, account } = heap;
  const goroutines = new Set(group.map(({ goroutine }) => goroutine));
  const isStaleWord = (root: number): boolean => {
    if (root < graph.roots.strongCount) return false;
    return goroutines.has(graph.records.frames[graph.roots.owner[root]].goroutine);
  };
  const members = group.flatMap(({ captured }) => captured);
  const { objects, bytes } = await heap.drive(
    findJointRetained(graph, reachability, roots, members, isStaleWord, account),
  );
  if (bytes < TELLING_BYTES) return null;
  const [{ frame, code }] = group;
  const named = code !== null;
  return {
    detector: pendingDefers.name,
    key: `${frame.function}: on the stack`,
    severity: 'note',
    confidence: 'possible',
    basis: named
      ? `A closure of ${code} lies on its stack and alone leads to them. It may be a deferred call, another closure, or one that is done with.`
      : 'What looks like a closure lies on its stack and alone leads to them. It may be a deferred call, another closure, or a stale word.',
    title: `${frame.function} waits and does not return: a deferred call may hold ${formatBytes(bytes)} in ${counted(group.length, 'goroutine')}`,
    objects,
    bytes,
    proofs: group
      .slice(0, MOST_GOROUTINES)
      .flatMap(({ goroutine, captured }): Proof[] => [
        { kind: 'goroutine', goroutine, text: `it waits in ${frame.function}` },
        ...captured
          .slice(0, 1)
          .map((objectId): Proof => ({ kind: 'object', objectId, text: 'what the closure captured' })),
      ]),
    why:
      'A deferred call runs when its function returns. Where the function never does, what the call captured is never released. The dump has no ' +
      'record of such a call: Go keeps it in the frame.',
    fix: STACK_FIX,
    cuts: [],
  };
}

const LOOP_FIX = {
  text: 'Give the body of the loop a function of its own, so that each deferred call runs at the end of its turn; or release without defer.',
  before:
    'for _, name := range names {\n\tf, err := os.Open(name)\n\t…\n\tdefer f.Close() // waits for the whole function\n}',
  after:
    'for _, name := range names {\n\tif err := read(name); err != nil { … }\n}\n\nfunc read(name string) error {\n\tf, err := os.Open(name)\n\t…\n\tdefer f.Close()\n\t…\n}',
};

const LOOP_CANCEL_FIX = {
  text: 'Call cancel at the end of each turn, or give the body of the loop a function of its own, where it is deferred.',
  before:
    'for {\n\tctx, cancel := context.WithTimeout(parent, d)\n\tdefer cancel() // waits for the whole function\n\t…\n}',
  after: 'for {\n\tctx, cancel := context.WithTimeout(parent, d)\n\terr := try(ctx)\n\tcancel()\n\t…\n}',
};

const STACK_FIX = {
  text: 'See why the function does not return (its goroutine tells where it waits), or release what it no longer needs before it waits.',
  before: 'r := newResource()\ndefer r.Close()\n<-done // never closed',
  after: 'r := newResource()\nuse(r)\nr.Close()\n<-done',
};
