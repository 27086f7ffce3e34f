/** Goroutines that wait for one another over locks: each has what another waits for. */
import { findJointRetained } from '../../analysis/joint-retained';
import { lockDeadlocks, type LockDeadlock } from '../../goroutines/lock-deadlocks';
import { stuckGoroutines } from '../../goroutines/stuck';
import { goroutineOf, WOKEN_BY } from '../../goroutines/waking';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { counted } from '../../lib/format';
import { NONE } from '../../lib/none';
import type { Detector } from '../detector';
import { MOST_PROOFS, type Finding, type Proof } from '../finding';
import { ownFunction } from '../words/own-function';

export const lockDeadlock: Detector = {
  name: 'lock-deadlock',
  title: 'Goroutines that wait for one another over locks',
  async detect(heap) {
    const found = await stuckGoroutines(heap);
    if (!found)
      return { findings: [], skipped: 'The file is not whole: without all stacks nobody knows who may hold a lock.' };
    const findings: Finding[] = [];
    for (const deadlock of lockDeadlocks(heap.graph, found.waits))
      findings.push(await findingOf(heap, deadlock, found.wokenBy));
    return { findings, skipped: null };
  },
};

async function findingOf(heap: AnalysedHeap, deadlock: LockDeadlock, wokenBy: Uint8Array): Promise<Finding> {
  const { goroutines, behind } = deadlock;
  const sure = goroutines.every(({ wait }) => wokenBy[wait.goroutine] === WOKEN_BY.nothing);
  const places = [...new Set(goroutines.map(({ wait }) => placeOf(heap, wait.goroutine)))].sort();
  const more = behind.length === 0 ? '' : `, and ${counted(behind.length, 'more waits', 'more wait')} for them`;
  return {
    detector: lockDeadlock.name,
    key: places.join(' and '),
    severity: 'leak',
    confidence: 'likely',
    basis: `Each waits for a lock that only others of them have at hand, in a word of their stacks or in a closure there.${
      sure ? ' Nothing that can run reaches the locks.' : ''
    }`,
    title: `Deadlock: ${counted(goroutines.length, 'goroutine')} wait for one another, in ${places.join(' and ')}${more}`,
    ...(await heldBy(heap, [...goroutines.map(({ wait }) => wait.goroutine), ...behind])),
    proofs: proofsOf(heap, deadlock),
    why: 'Goroutines that took locks in different orders wait for each other until the program ends, and everybody who needs one of these locks waits with them.',
    fix: {
      text: 'Take the locks in one order everywhere, by an id or an address; or let go of one before the other is taken.',
      before: 'from.mu.Lock()\nto.mu.Lock() // elsewhere: to before from',
      after:
        'first, second := from, to\nif second.id < first.id {\n\tfirst, second = second, first\n}\nfirst.mu.Lock()\nsecond.mu.Lock()',
    },
    cuts: [],
  };
}

/** What would go if the goroutines ended. */
function heldBy(heap: AnalysedHeap, goroutines: readonly number[]): Promise<{ objects: number; bytes: number }> {
  const { graph, reachability, roots, account } = heap;
  const ended = new Set(goroutines);
  const members = new Set<number>();
  const isTheirs = (root: number): boolean => ended.has(goroutineOf(graph, root));
  for (const goroutine of goroutines) {
    const descriptor = graph.index.objectAt(graph.records.goroutines[goroutine].address);
    if (descriptor !== NONE) members.add(descriptor);
  }
  return heap.drive(findJointRetained(graph, reachability, roots, members, isTheirs, account));
}

function proofsOf(heap: AnalysedHeap, { goroutines }: LockDeadlock): Proof[] {
  const { records } = heap.graph;
  return goroutines
    .flatMap(({ wait, owner, holders }): Proof[] => {
      const { id } = records.goroutines[wait.goroutine];
      const who = holders.map((holder) => String(records.goroutines[holder].id)).join(', ');
      const lock = wait.kind === 'rwmutex' ? 'read-write mutex' : 'mutex';
      return [
        {
          kind: 'goroutine',
          goroutine: wait.goroutine,
          text: `goroutine ${id} waits in ${placeOf(heap, wait.goroutine)}`,
        },
        {
          kind: 'object',
          objectId: owner,
          text: `has the ${lock} that goroutine ${id} waits for; goroutine ${who} has it at hand`,
        },
      ];
    })
    .slice(0, MOST_PROOFS);
}

function placeOf({ graph: { records }, naming }: AnalysedHeap, goroutine: number): string {
  const { firstFrame, frameCount } = records.goroutines[goroutine];
  const functions = records.frames.slice(firstFrame, firstFrame + frameCount).map((frame) => frame.function);
  return naming.sourceName(ownFunction(functions) ?? functions.at(-1) ?? 'the runtime');
}
