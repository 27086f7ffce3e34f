// What a goroutine waits for, by the reason that the dump records and the functions of its frames: every text that the runtime writes, of every
// version, and texts that only look like one.
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import { isBlocked } from '../../../workers/go/wait-reasons';
import { goroutineWaits, type WaitKind } from '../../../workers/goroutines/goroutine-wait';
import { readHeapGraph } from '../../../workers/graph/build';
import { MemoryAccount } from '../../../workers/lib/alloc';

interface Row {
  reason: string;
  kind: WaitKind;
  /** Innermost first, behind `runtime.gopark`. */
  functions?: string[];
  status?: number;
  /** Waits for what only another goroutine can bring. */
  blocked: boolean;
}

const ROWS: Row[] = [
  { reason: 'chan receive', kind: 'chan receive', blocked: true },
  { reason: 'chan receive (synctest)', kind: 'chan receive', blocked: true },
  { reason: 'chan receive (nil chan)', kind: 'nil channel', blocked: true },
  { reason: 'chan send', kind: 'chan send', blocked: true },
  { reason: 'chan send (durable)', kind: 'chan send', blocked: true },
  { reason: 'chan send (nil chan)', kind: 'nil channel', blocked: true },
  { reason: 'select', kind: 'select', blocked: true },
  { reason: 'select (synctest)', kind: 'select', blocked: true },
  { reason: 'select (no cases)', kind: 'empty select', blocked: true },
  { reason: 'coroutine', kind: 'coroutine', blocked: true },
  { reason: 'sleep', kind: 'sleep', blocked: false },
  { reason: 'sleep (durable)', kind: 'sleep', blocked: false },
  { reason: 'IO wait', kind: 'other', blocked: false },
  { reason: 'finalizer wait', kind: 'other', blocked: false },
  { reason: 'GC worker (idle)', kind: 'other', blocked: false },
  { reason: 'force gc (idle)', kind: 'other', blocked: false },
  { reason: 'synctest.Run', kind: 'other', blocked: false },
  { reason: 'selected', kind: 'other', blocked: true },
  { reason: 'dumping heap', kind: 'running', blocked: false },
  { reason: '', kind: 'other', blocked: false },
  // by functions
  { reason: 'semacquire', kind: 'semaphore', blocked: true },
  { reason: 'semacquire', kind: 'semaphore', functions: ['internal/poll.runtime_Semacquire'], blocked: true },
  { reason: 'semacquire', kind: 'mutex', functions: ['sync.runtime_SemacquireMutex', 'main.f'], blocked: true },
  { reason: 'sync.Mutex.Lock', kind: 'mutex', functions: ['internal/sync.runtime_SemacquireMutex'], blocked: true },
  { reason: 'semacquire', kind: 'wait group', functions: ['sync.(*WaitGroup).Wait'], blocked: true },
  { reason: 'sync.WaitGroup.Wait', kind: 'wait group', functions: ['sync.(*WaitGroup).Wait'], blocked: true },
  { reason: 'sync.Cond.Wait', kind: 'cond', functions: ['sync.(*Cond).Wait'], blocked: true },
  { reason: 'sync.RWMutex.RLock', kind: 'rwmutex', functions: ['sync.runtime_SemacquireRWMutexR'], blocked: true },
  {
    reason: 'semacquire',
    kind: 'rwmutex',
    functions: ['sync.runtime_SemacquireMutex', 'sync.(*RWMutex).Lock'],
    blocked: true,
  },
  // an own type of that name is no lock of package sync
  { reason: 'semacquire', kind: 'semaphore', functions: ['main.(*WaitGroup).Wait'], blocked: true },
  // who does not wait
  { reason: 'chan receive', kind: 'running', status: 1, blocked: false },
  { reason: 'chan receive', kind: 'running', status: 3, blocked: false },
  { reason: 'chan receive', kind: 'running', functions: ['runtime/debug.WriteHeapDump'], blocked: true },
];

describe('a goroutine that waits', () => {
  test.each(ROWS)(
    '$reason, in $functions, of status $status',
    async ({ reason, kind, functions = [], status = 4, blocked }) => {
      const shape = new Shape();
      const goroutine = shape.goroutine({ waitReason: reason, status, descriptor: shape.object(400) });
      for (const name of ['runtime.gopark', ...functions, 'main.work']) goroutine.frame(name);
      const { bytes } = buildDump(shape, platform('go1.27.4'));
      const account = new MemoryAccount();
      const graph = await readHeapGraph(new ArraySource(bytes), { account });
      const waits = await goroutineWaits({ graph, account, checkpoint: () => Promise.resolve() });
      const [wait] = waits;
      expect(wait.kind).toBe(kind);
      expect(isBlocked(graph.records.goroutines[0])).toBe(blocked);
      const never = kind === 'nil channel' || kind === 'empty select';
      expect(wait.wakers).toEqual(never ? [] : null);
      expect(await goroutineWaits({ graph, account, checkpoint: () => Promise.reject(new Error('read again')) })).toBe(
        waits,
      );
    },
  );
});
