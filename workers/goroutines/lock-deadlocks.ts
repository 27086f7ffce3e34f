/**
 * Goroutines that wait for one another over locks. A mutex does not record who has it. But whoever unlocks it needs its address: a goroutine that has
 * what the lock lies in at hand, in a word of its stack or in a closure there, and does not wait for it, may hold it, and nobody else does as a rule.
 *
 * A goroutine that waits for a lock is taken for deadlocked while all that may hold the lock are (the greatest such set, by taking others out until
 * nothing changes); those that wait for each other in a circle, over locks of at least two objects, are the deadlock. A lock that nobody has at hand is
 * held by somebody unknown, and so is one of a package variable.
 */
import { writesDump } from '../go/wait-reasons';
import { NONE } from '../lib/none';
import { shallowSize, type HeapGraph } from '../graph/heap-graph';
import type { GoroutineWait } from './goroutine-wait';
import { goroutineOf } from './waking';

/** A goroutine in a deadlock: what its lock lies in, and which of the others may hold that. */
export interface DeadlockedGoroutine {
  readonly wait: GoroutineWait;
  readonly owner: number;
  readonly holders: readonly number[];
}

export interface LockDeadlock {
  /** In the order of records.goroutines. */
  readonly goroutines: readonly DeadlockedGoroutine[];
  /** Others that wait for locks of theirs, as indices of records.goroutines. */
  readonly behind: readonly number[];
}

/** Closures, that captured what they unlock, are not larger. */
const LARGEST_CLOSURE = 128;

export function lockDeadlocks(graph: HeapGraph, waits: readonly GoroutineWait[]): LockDeadlock[] {
  const waiting = new Map<number, DeadlockedGoroutine>();
  const locks = waits.filter(({ kind, semaphore, wakers }) => isLock(kind) && semaphore !== 0 && wakers?.length === 1);
  const atHand = goroutinesWith(graph, new Set(locks.flatMap(({ wakers }) => wakers ?? [])));
  const holdersOf = new Map<number, readonly number[]>();
  for (const wait of locks) {
    const [owner] = wait.wakers ?? [];
    let holders = holdersOf.get(wait.semaphore);
    if (!holders) {
      const others = [...(atHand.get(owner) ?? [])].filter((other) => waits[other].semaphore !== wait.semaphore);
      holders = others.filter((other) => !writesTheDump(graph, waits[other]));
      holdersOf.set(wait.semaphore, holders);
    }
    if (holders.length > 0) waiting.set(wait.goroutine, { wait, owner, holders });
  }
  takeOutWhoMayGoOn(waiting);
  return circles(waiting);
}

function isLock(kind: GoroutineWait['kind']): boolean {
  return kind === 'mutex' || kind === 'rwmutex';
}

/** Object that a lock lies in → goroutines that have it at hand. */
function goroutinesWith(graph: HeapGraph, owners: ReadonlySet<number>): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  const add = (owner: number, goroutine: number): void => {
    const known = found.get(owner);
    if (known) known.add(goroutine);
    else found.set(owner, new Set([goroutine]));
  };
  for (let root = 0; root < graph.roots.count && owners.size > 0; root++) {
    const goroutine = goroutineOf(graph, root);
    if (goroutine === NONE) continue;
    const target = graph.roots.target[root];
    if (owners.has(target)) add(target, goroutine);
    else if (shallowSize(graph, target) <= LARGEST_CLOSURE)
      for (let at = graph.referenceStart[target]; at < graph.referenceStart[target + 1]; at++)
        if (owners.has(graph.referenceTarget[at])) add(graph.referenceTarget[at], goroutine);
  }
  return found;
}

/** It stands still for the dump, and would not wait for others meanwhile. */
function writesTheDump({ records }: HeapGraph, { kind, goroutine }: GoroutineWait): boolean {
  const { firstFrame, frameCount } = records.goroutines[goroutine];
  const frames = records.frames.slice(firstFrame, firstFrame + frameCount);
  return kind === 'running' && writesDump(frames.map((frame) => frame.function));
}

function takeOutWhoMayGoOn(waiting: Map<number, DeadlockedGoroutine>): void {
  for (let before = -1; before !== waiting.size;) {
    before = waiting.size;
    for (const [goroutine, { holders }] of waiting)
      if (!holders.every((holder) => waiting.has(holder))) waiting.delete(goroutine);
  }
}

/** Each goroutine that comes back to itself by way of holders, with all that it comes to and that come back to it. */
function circles(waiting: ReadonlyMap<number, DeadlockedGoroutine>): LockDeadlock[] {
  const reach = new Map([...waiting.keys()].map((goroutine) => [goroutine, reachedFrom(waiting, goroutine)]));
  const found: LockDeadlock[] = [];
  const told = new Set<number>();
  for (const [goroutine, reached] of reach) {
    if (told.has(goroutine) || !reached.has(goroutine)) continue;
    const ids = [...reached].filter((other) => reach.get(other)?.has(goroutine)).sort((a, b) => a - b);
    for (const id of ids) told.add(id);
    const goroutines = ids.flatMap((id) => waiting.get(id) ?? []);
    if (new Set(goroutines.map(({ owner }) => owner)).size < 2) continue;
    const inCircle = new Set(ids);
    const behind = [...reach.keys()].filter((other) => !inCircle.has(other) && reach.get(other)?.has(goroutine));
    found.push({ goroutines, behind });
  }
  return found;
}

function reachedFrom(waiting: ReadonlyMap<number, DeadlockedGoroutine>, goroutine: number): Set<number> {
  const reached = new Set<number>();
  const open = [...(waiting.get(goroutine)?.holders ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    open.push(...(waiting.get(at)?.holders ?? []));
  }
  return reached;
}
