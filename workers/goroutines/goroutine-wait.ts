/**
 * What each goroutine waits for, and through which objects alone it can be woken: by the wait reason that the dump records, by the functions of
 * its frames, by its sudogs, and by the coroutine that it waits in.
 */
import type { HeapGraph } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import type { AnalysedHeap } from '../heap/analysed-heap';
import { isLockReason, isWaiting, kindOfLock, kindOfReason, type LockKind, type ReasonKind } from '../go/wait-reasons';
import { coroutinesOf } from './coroutines';
import { SudogReader, type Sudog } from './sudogs';

/** A nil channel and an empty select are never left. `other`: the runtime, the network, a timer, or something that no rule here knows. */
export type WaitKind = 'running' | ReasonKind | LockKind | 'other';

export interface GoroutineWait {
  /** Index of records.goroutines. */
  readonly goroutine: number;
  readonly kind: WaitKind;
  /** Its descriptor as an object; NONE where that lies outside the heap. */
  readonly descriptor: number;
  readonly sudogs: readonly number[];
  /** Channels that it waits on: several for a select. */
  readonly channels: readonly number[];
  /** Address of the semaphore that it waits on, which lies in the lock; 0 for none. */
  readonly semaphore: number;
  /**
   * Objects of which somebody has to reach one to wake it: channels, what its lock lies in, or its coroutine. Empty: nobody ever can. Null: it
   * runs, the runtime wakes it, its lock lies outside the heap, or the dump does not tell.
   */
  readonly wakers: readonly number[] | null;
}

type WaitScene = Pick<AnalysedHeap, 'graph' | 'account' | 'checkpoint'>;
type GoroutineRecord = HeapGraph['records']['goroutines'][number];

/** By graph: names have no part in it. Of what is still being read nobody waits for another, who may have his turn behind. */
const known = new WeakMap<HeapGraph, readonly GoroutineWait[]>();

/** One entry a goroutine, in the order of records.goroutines; read from the file once. */
export async function goroutineWaits(heap: WaitScene): Promise<readonly GoroutineWait[]> {
  const waits = known.get(heap.graph) ?? (await readWaits(heap));
  known.set(heap.graph, waits);
  return waits;
}

async function readWaits(heap: WaitScene): Promise<GoroutineWait[]> {
  const { goroutines } = heap.graph.records;
  const suspended = goroutines.filter(({ waitReason }) => kindOfReason(waitReason) === 'coroutine');
  const coroutines = await coroutinesOf(heap, new Set(suspended.map(({ address }) => address)));
  const reader = new WaitReader(heap, coroutines);
  try {
    const waits: GoroutineWait[] = [];
    for (const index of goroutines.keys()) {
      waits.push(await reader.read(index));
      if (index % 256 === 0) await heap.checkpoint();
    }
    return waits.some(({ channels }) => channels.length > 0) ? waits.map(withoutChannels) : waits;
  } finally {
    reader.release();
  }
}

/**
 * A select of nil channels only has no sudog, and its reason is that of any select. Where other goroutines' sudogs are understood, having none is
 * no lack of understanding.
 */
function withoutChannels(wait: GoroutineWait): GoroutineWait {
  return wait.kind === 'select' && wait.descriptor !== NONE && wait.sudogs.length === 0
    ? { ...wait, wakers: [] }
    : wait;
}

class WaitReader {
  private readonly sudogs: SudogReader;
  private readonly descriptors: ReadonlySet<number>;
  /** sudog → the object whose list of waiters it is in, NONE where nothing in the heap is */
  private readonly listOf = new Map<number, number>();

  constructor(
    private readonly heap: WaitScene,
    /** address of a descriptor → the coroutine that its goroutine waits in */
    private readonly coroutines: ReadonlyMap<number, number>,
  ) {
    this.sudogs = new SudogReader(heap);
    const { index, records } = heap.graph;
    this.descriptors = new Set(records.goroutines.map(({ address }) => index.objectAt(address)));
  }

  async read(goroutine: number): Promise<GoroutineWait> {
    const { graph } = this.heap;
    const record = graph.records.goroutines[goroutine];
    const kind = this.kindOf(record);
    const descriptor = graph.index.objectAt(record.address);
    const empty = { goroutine, kind, descriptor, sudogs: [], channels: [], semaphore: 0 };
    if (kind === 'nil channel' || kind === 'empty select') return { ...empty, wakers: [] };
    if (kind === 'running' || kind === 'sleep' || kind === 'other' || descriptor === NONE)
      return { ...empty, wakers: null };
    if (kind === 'coroutine') {
      const coroutine = this.coroutines.get(record.address);
      return { ...empty, wakers: coroutine === undefined ? null : [coroutine] };
    }
    const sudogs = await this.sudogs.of(descriptor);
    const base = { ...empty, sudogs: sudogs.map(({ objectId }) => objectId) };
    return isChannelWait(kind) ? this.onChannels(base, sudogs) : this.onLock(base, sudogs);
  }

  release(): void {
    this.sudogs.release();
  }

  private kindOf(record: GoroutineRecord): WaitKind {
    const names = this.functions(record);
    if (!isWaiting(record, names)) return 'running';
    return kindOfReason(record.waitReason) ?? (isLockReason(record.waitReason) ? kindOfLock(names) : 'other');
  }

  private functions({ firstFrame, frameCount }: GoroutineRecord): string[] {
    return this.heap.graph.records.frames.slice(firstFrame, firstFrame + frameCount).map((frame) => frame.function);
  }

  private onChannels(wait: Omit<GoroutineWait, 'wakers'>, sudogs: readonly Sudog[]): GoroutineWait {
    const { index } = this.heap.graph;
    const channels = [
      ...new Set(sudogs.filter(({ channel }) => channel !== 0).map(({ channel }) => index.objectAt(channel))),
    ];
    const known = channels.length > 0 && !channels.includes(NONE);
    return { ...wait, channels: channels.filter((id) => id !== NONE), wakers: known ? channels : null };
  }

  private async onLock(wait: Omit<GoroutineWait, 'wakers'>, sudogs: readonly Sudog[]): Promise<GoroutineWait> {
    const { index } = this.heap.graph;
    const waiting = sudogs.find(({ element, channel }) => element !== 0 && channel === 0);
    if (waiting) {
      const owner = index.objectAt(waiting.element);
      return { ...wait, semaphore: waiting.element, wakers: owner === NONE ? null : [owner] };
    }
    if (wait.kind !== 'cond') return { ...wait, wakers: null };
    for (const { objectId } of sudogs) {
      const list = await this.waitList(objectId);
      if (list !== NONE) return { ...wait, wakers: [list] };
    }
    return { ...wait, wakers: null };
  }

  /** Up to Go 1.25 a sync.Cond's sudog names nothing: the Cond leads to the first, and each to the next. Every sudog is passed once. */
  private async waitList(sudog: number): Promise<number> {
    const path: number[] = [];
    let found: number | undefined;
    for (let at = sudog; at !== NONE && found === undefined && !path.includes(at);) {
      path.push(at);
      const { owner, previous } = await this.holders(at);
      if (owner !== NONE) found = owner;
      else at = previous;
      found ??= this.listOf.get(at);
    }
    for (const id of path) this.listOf.set(id, found ?? NONE);
    return found ?? NONE;
  }

  /** What refers to a sudog: the sudog before it in a list, and the object that the list belongs to. */
  private async holders(sudog: number): Promise<{ owner: number; previous: number }> {
    const { referrerStart, referrerSource } = this.heap.graph;
    let owner = NONE;
    let previous = NONE;
    for (let at = referrerStart[sudog]; at < referrerStart[sudog + 1]; at++) {
      const referrer = referrerSource[at];
      if (this.descriptors.has(referrer)) continue;
      if (await this.sudogs.looksLike(referrer)) previous = referrer;
      else owner = referrer;
    }
    return { owner, previous };
  }
}

function isChannelWait(kind: WaitKind): boolean {
  return kind === 'chan receive' || kind === 'chan send' || kind === 'select';
}
