/**
 * Everything a dump holds besides its objects, as read: small in number, so plain objects. Addresses are doubles (exact
 * below 2^53, which covers Linux, Windows and macOS); 64-bit words that need not be addresses are bigint or split by
 * the reader.
 */
import type { GoVersion } from '../go/version';
import type { ByteSource } from './byte-source';
import type { MEMSTATS_FIELDS } from './format';

export interface DumpParams {
  bigEndian: boolean;
  pointerBytes: 4 | 8;
  arenaStart: number;
  arenaEnd: number;
  architecture: string;
  /** The Go that wrote the dump, as it is read. */
  go: GoVersion;
  cpus: number;
  /** 5, 6 or 7: the `go1.N heap dump` of the header. */
  header: number;
}

/** A block of memory outside the heap: data, bss, or a frame's bytes. */
export interface Segment {
  address: number;
  /** File offset of its bytes. */
  contentsAt: number;
  bytes: number;
  /** Offsets of listed pointer words that lie inside the contents, ascending. */
  pointerOffsets: Uint32Array;
}

export interface FrameRecord extends Segment {
  /** Index into records.goroutines. */
  goroutine: number;
  depth: number;
  calleeSp: number;
  entryPc: number;
  pc: number;
  continuationPc: number;
  function: string;
}

export interface GoroutineRecord {
  address: number;
  sp: number;
  id: number;
  goPc: number;
  status: number;
  system: boolean;
  waitSince: number;
  waitReason: string;
  context: number;
  machine: number;
  topDefer: number;
  topPanic: number;
  /** Frames, innermost first: records.frames[firstFrame … firstFrame + frameCount - 1]. */
  firstFrame: number;
  frameCount: number;
  defers: DeferRecord[];
  panics: PanicRecord[];
}

export interface DeferRecord {
  address: number;
  sp: number;
  pc: number;
  funcval: number;
  entryPc: number;
}

export interface PanicRecord {
  address: number;
  typeAddress: number;
  value: number;
}

export interface FinalizerRecord {
  object: number;
  funcval: number;
  entryPc: number;
  parameterType: number;
  objectType: number;
  queued: boolean;
}

export interface TypeRecord {
  address: number;
  size: number;
  name: string;
}

export interface ItabRecord {
  address: number;
  typeAddress: number;
}

export interface ThreadRecord {
  address: number;
  id: number;
  osId: number;
}

export interface OtherRootRecord {
  description: string;
  pointer: number;
}

export interface MemProfRecord {
  id: number;
  objectSize: number;
  frames: { function: string; file: string; line: number }[];
  allocs: number;
  frees: number;
}

export interface AllocSampleRecord {
  object: number;
  bucket: number;
}

export interface DumpIssue {
  offset: number;
  record: string | null;
  expected: string;
  found: string;
  lost: string[];
}

export interface DumpNote {
  code: string;
  message: string;
  offset: number | null;
}

/** What the runtime had counted, by field name; the time of the last collection, nanoseconds since 1970, in digits: it is above 2^53. */
export type MemStats = Record<Exclude<(typeof MEMSTATS_FIELDS)[number], 'LastGC'> | 'NumGC', number> & {
  LastGC: string;
};

export interface DumpRecords {
  /** The open file: contents are read again when somebody looks. */
  source: ByteSource;
  params: DumpParams;
  state: 'whole' | 'truncated' | 'damaged';
  issue: DumpIssue | null;
  notes: DumpNote[];
  types: TypeRecord[];
  itabs: ItabRecord[];
  goroutines: GoroutineRecord[];
  frames: FrameRecord[];
  threads: ThreadRecord[];
  data: Segment | null;
  bss: Segment | null;
  finalizers: FinalizerRecord[];
  otherRoots: OtherRootRecord[];
  /** runtime.MemStats by field name, without PauseNs. */
  memstats: MemStats | null;
  memprof: MemProfRecord[];
  allocSamples: AllocSampleRecord[];
}
