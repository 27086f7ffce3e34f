/** Goroutines that wait on a channel, as shapes have them. */
import type { Goroutine } from '../../../fixtures/builder/goroutine';
import type { ObjectId } from '../../../fixtures/builder/frame';
import type { Shape } from '../../../fixtures/builder/shape';

export interface WaiterOptions {
  /** Of its frames, innermost first, between `runtime.gopark` and `runtime.goexit`. */
  readonly functions?: readonly string[];
  readonly waitReason?: string;
  readonly status?: number;
  readonly system?: boolean;
  /** What it waits on; else a channel of its own. */
  readonly channel?: ObjectId;
  /** Of what it holds. */
  readonly bytes?: number;
}

export interface Waiter {
  readonly goroutine: Goroutine;
  readonly channel: ObjectId;
  /** An object that only its stack holds. */
  readonly held: ObjectId;
}

const P = 8;

/** Adds one with its descriptor, a sudog as Go 1.26 lays it out, and the channel that it waits on. */
export function addWaiter(shape: Shape, options: WaiterOptions = {}): Waiter {
  const {
    functions = ['main.worker'],
    waitReason = 'chan receive',
    status = 4,
    system = false,
    bytes = 4096,
  } = options;
  const descriptor = shape.object(400);
  const channel = options.channel ?? shape.object(96);
  const held = shape.object(bytes);
  const sudog = shape.object(104);
  for (const offset of [0, P, 2 * P, 3 * P, 64, 72, 80, 88])
    shape.point(sudog, offset, offset === 0 ? descriptor : offset === 88 ? channel : { address: 0 });
  shape.point(descriptor, 40, sudog);
  // the list of all goroutines
  shape.bss.push({ offset: 8 * shape.bss.length, target: descriptor });
  const goroutine = shape.goroutine({ descriptor, waitReason, status, system });
  goroutine.frame('runtime.gopark');
  for (const [depth, name] of functions.entries()) {
    const frame = goroutine.frame(name);
    if (depth === 0) frame.lists(8, held).lists(16, channel);
  }
  goroutine.frame('runtime.goexit');
  return { goroutine, channel, held };
}

/**
 * Adds a goroutine of iter.Pull that waits in its yield, as Go 1.23 and later lay it out; without frames of its own it has not begun. Nothing that
 * could resume it is there.
 */
export function addCoroutine(
  shape: Shape,
  functions: readonly string[] = ['main.pages.func1'],
): { coroutine: ObjectId; held: ObjectId } {
  const descriptor = shape.object(400);
  const coroutine = shape.object(32);
  const held = shape.object(4096);
  shape.put(coroutine, 0, { object: descriptor, offset: 0 });
  shape.point(coroutine, P, shape.object(48));
  shape.point(coroutine, 2 * P, { address: 0 });
  shape.bss.push({ offset: 8 * shape.bss.length, target: descriptor });
  const goroutine = shape.goroutine({ descriptor, waitReason: 'coroutine' });
  if (functions.length === 0) shape.point(descriptor, 40, coroutine);
  else goroutine.frame('runtime.coroswitch');
  for (const name of functions) goroutine.frame(name).lists(8, held).lists(16, coroutine);
  goroutine.frame('runtime.corostart');
  return { coroutine, held };
}

/** Adds the closure through which a program resumes a coroutine. */
export function addNext(shape: Shape, coroutine: ObjectId): ObjectId {
  const next = shape.object(64);
  shape.point(next, P, coroutine);
  return next;
}

/** Adds a goroutine that waits for the mutex at an offset of an object, with a sudog as Go 1.26 lays it out, and has objects at hand. */
export function addLocker(
  shape: Shape,
  lock: { object: ObjectId; offset: number },
  atHand: readonly ObjectId[],
  { functions = ['main.transfer'], waitReason = 'sync.Mutex.Lock' }: WaiterOptions = {},
): Goroutine {
  const descriptor = shape.object(400);
  const sudog = shape.object(104);
  for (const offset of [0, P, 2 * P, 3 * P, 64, 72, 80, 88])
    shape.point(sudog, offset, offset === 0 ? descriptor : offset === 3 * P ? lock : { address: 0 });
  shape.point(descriptor, 40, sudog);
  shape.bss.push({ offset: 8 * shape.bss.length, target: descriptor });
  const goroutine = shape.goroutine({ descriptor, waitReason });
  goroutine.frame('sync.runtime_SemacquireMutex');
  for (const name of functions) {
    const frame = goroutine.frame(name);
    for (const [i, id] of atHand.entries()) frame.lists(8 * (i + 1), id);
  }
  return goroutine;
}
