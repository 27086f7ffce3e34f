/**
 * The records without contents, field by field in the order of the file. Each reads after its tag and throws SHORTAGE
 * or Damage.
 */
import { Damage, inDigits } from './damage';
import { MEMSTATS_FIELDS, PAUSE_ENTRIES } from './format';
import type {
  MemStats,
  AllocSampleRecord,
  DeferRecord,
  FinalizerRecord,
  GoroutineRecord,
  ItabRecord,
  MemProfRecord,
  OtherRootRecord,
  PanicRecord,
  ThreadRecord,
  TypeRecord,
} from './records';
import type { Window } from './window';

export function readOtherRoot(w: Window): OtherRootRecord {
  return { description: w.text(), pointer: w.uvarint() };
}

export function readType(w: Window): TypeRecord {
  const type = { address: w.uvarint(), size: w.uvarint(), name: w.text() };
  w.bool();
  return type;
}

export function readItab(w: Window): ItabRecord {
  return { address: w.uvarint(), typeAddress: w.uvarint() };
}

export function readThread(w: Window): ThreadRecord {
  return { address: w.uvarint(), id: w.uvarint(), osId: w.uvarint() };
}

/** `firstFrame`: index that its first frame will have. */
export function readGoroutine(w: Window, firstFrame: number): GoroutineRecord {
  const address = w.uvarint();
  const sp = w.uvarint();
  const id = w.uvarint();
  const goPc = w.uvarint();
  const status = w.uvarint();
  const system = w.bool();
  w.bool(); // "background", always 0
  const waitSince = w.uvarint();
  const waitReason = w.text();
  const context = w.uvarint();
  const machine = w.uvarint();
  const topDefer = w.uvarint();
  const topPanic = w.uvarint();
  return {
    address,
    sp,
    id,
    goPc,
    status,
    system,
    waitSince,
    waitReason,
    context,
    machine,
    topDefer,
    topPanic,
    firstFrame,
    frameCount: 0,
    defers: [],
    panics: [],
  };
}

/** With the address of the goroutine that it belongs to. */
export function readDefer(w: Window): DeferRecord & { goroutine: number } {
  const address = w.uvarint();
  const goroutine = w.uvarint();
  const record = { address, goroutine, sp: w.uvarint(), pc: w.uvarint(), funcval: w.uvarint(), entryPc: w.uvarint() };
  w.uvarint(); // the next record
  return record;
}

/** With the address of the goroutine that it belongs to. */
export function readPanic(w: Window): PanicRecord & { goroutine: number } {
  const address = w.uvarint();
  const goroutine = w.uvarint();
  const record = { address, goroutine, typeAddress: w.uvarint(), value: w.uvarint() };
  w.uvarint(); // once a defer record
  w.uvarint(); // the next record
  return record;
}

export function readFinalizer(w: Window, queued: boolean): FinalizerRecord {
  return {
    object: w.uvarint(),
    funcval: w.uvarint(),
    entryPc: w.uvarint(),
    parameterType: w.uvarint(),
    objectType: w.uvarint(),
    queued,
  };
}

/** runtime.MemStats without PauseNs. */
export function readMemStats(w: Window): MemStats {
  const stats: Record<string, number | string> = {};
  for (const field of MEMSTATS_FIELDS) stats[field] = field === 'LastGC' ? w.digits() : w.uvarint();
  for (let i = 0; i < PAUSE_ENTRIES; i++) w.uvarint();
  stats['NumGC'] = w.uvarint();
  return stats as MemStats; // each field was read above
}

export function readMemProf(w: Window): MemProfRecord {
  const id = w.uvarint();
  const objectSize = w.uvarint();
  const countAt = w.offset;
  const count = w.uvarint();
  // a frame takes three bytes at least
  if (count * 3 > w.left) throw new Damage(countAt, `at most ${Math.floor(w.left / 3)} frames`, inDigits(count));
  const frames: MemProfRecord['frames'] = [];
  for (let i = 0; i < count; i++) frames.push({ function: w.text(), file: w.text(), line: w.uvarint() });
  return { id, objectSize, frames, allocs: w.uvarint(), frees: w.uvarint() };
}

export function readAllocSample(w: Window): AllocSampleRecord {
  return { object: w.uvarint(), bucket: w.uvarint() };
}
