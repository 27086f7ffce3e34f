/**
 * Kinds of goroutines: those that stand at the same calls, the runtime's own at the top of the stack left out, and that the same go statement
 * started. What they are in when they wait (a channel, a lock, the network) is in those calls; whether one has just been woken is not.
 */
import type { HeapGraph } from '../graph/heap-graph';

export interface GoroutineKinds {
  readonly count: number;
  /** goroutine (index of records.goroutines) → kind; kinds are numbered by their first */
  readonly ofGoroutine: Uint32Array;
  /** kind → its goroutines, in the order of the records */
  readonly goroutines: readonly (readonly number[])[];
}

type Stacks = Pick<HeapGraph['records'], 'goroutines' | 'frames'>;
type GoroutineRecord = Stacks['goroutines'][number];

/** Linear in frames. */
export function findGoroutineKinds(records: Stacks): GoroutineKinds {
  const ofGoroutine = new Uint32Array(records.goroutines.length);
  const goroutines: number[][] = [];
  const known = new Map<string, number>();
  for (const [index, goroutine] of records.goroutines.entries()) {
    const key = `${goroutine.goPc} ${stackKey(records, goroutine)}`;
    let kind = known.get(key);
    if (kind === undefined) {
      kind = goroutines.push([]) - 1;
      known.set(key, kind);
    }
    ofGoroutine[index] = kind;
    goroutines[kind].push(index);
  }
  return { count: goroutines.length, ofGoroutine, goroutines };
}

/** The places of the calls; of a goroutine that is the runtime's through and through, its outermost function. */
function stackKey({ frames }: Stacks, { firstFrame, frameCount }: GoroutineRecord): string {
  const stack = frames.slice(firstFrame, firstFrame + frameCount);
  const own = stack.findIndex((frame) => !isRuntime(frame.function));
  if (own >= 0) return Array.from(stack.slice(own), ({ pc }) => pc).join(' ');
  return stack.findLast((frame) => frame.function !== 'runtime.goexit')?.function ?? '';
}

/** Whether a function is the runtime's own, as those are in which goroutines wait. */
export function isRuntime(name: string): boolean {
  return name.startsWith('runtime.');
}
