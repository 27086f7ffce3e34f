/** Goroutines that wait for what only another goroutine can bring. */
import type { HeapGraph } from '../graph/heap-graph';

type GoroutineRecord = HeapGraph['records']['goroutines'][number];

const WAITING = 4;
/** Sleep, the network and the collector end a wait by themselves. */
const BLOCKED = /^(chan |select|semacquire|sync\.)/;

export function isBlocked({ status, waitReason }: Pick<GoroutineRecord, 'status' | 'waitReason'>): boolean {
  return status === WAITING && BLOCKED.test(waitReason);
}
