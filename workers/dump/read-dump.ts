/**
 * Reads a dump from its first byte to its last: header, params, then records until the end record, or until something
 * is wrong. What was whole before that is kept, and the issue says where reading stopped and what is missing.
 */
import { heapLayout } from '../go/malloc-headers';
import type { MemoryAccount } from '../lib/alloc';
import { NotADump } from '../lib/errors';
import type { ByteSource } from './byte-source';
import { cutShort, Damage, inDigits } from './damage';
import { RECORD_NAMES, TAG } from './format';
import { describeOther, FILE_HEADER_BYTES, headerVersion, SNIFF_BYTES } from './identify';
import { HeaderRule } from './header-rule';
import { scanObjects } from './object-scan';
import { ObjectStepper } from './object-step';
import { ObjectTable, type RunSink } from './object-table';
import { readParams } from './params';
import { Progress } from './progress';
import type { DumpParams, DumpRecords } from './records';
import { SegmentReader } from './segments';
import * as small from './small-records';
import { tryVersion } from './try-version';
import { trailingNote, totalsNote, versionNote } from './verdict';
import { whole, Window } from './window';

export interface ReadDumpOptions {
  account: MemoryAccount;
  /** Bytes of the file to hold at a time. */
  windowBytes: number;
  /** Called after each read of the file with the offset reached and the objects so far; may wait, or throw to stop. */
  onRead: (offset: number, objects: number) => void | Promise<void>;
}

/** A file that is known to be a dump, at its first record after the params. */
export interface OpenedRecords {
  source: ByteSource;
  params: DumpParams;
  window: Window;
  options: ReadDumpOptions;
}

/** Reads the header and the params. Rejects with NotADump, which says what the file is instead, or with CannotRead. */
export async function openRecords(source: ByteSource, options: ReadDumpOptions): Promise<OpenedRecords> {
  const { account, windowBytes: bytes } = options;
  const window = new Window(source, { account, bytes });
  try {
    const params = await readHead(window, source.size);
    params.go = await tryVersion(window, params);
    return { source, params, window, options };
  } catch (error) {
    window.release();
    throw error;
  }
}

/**
 * Reads everything else; `sink` is told of each run of objects and refuses those in memory that is taken. Damage is
 * told in `records`. Rejects with CannotRead or OutOfMemory, or with what `onRead` throws.
 * @param pointerFree pages that an earlier reading found to hold no pointers, though nothing on them proves it
 */
export async function readDump(
  dump: OpenedRecords,
  sink: RunSink,
  pointerFree: ReadonlySet<number>,
): Promise<{ records: DumpRecords; objects: ObjectTable }> {
  const reader = new DumpReader(dump, sink, pointerFree);
  await reader.run();
  return { records: reader.records, objects: reader.objects };
}

async function readHead(window: Window, size: number): Promise<DumpParams> {
  while (window.end < Math.min(SNIFF_BYTES, size) && (await window.more()));
  const head = window.bytes.subarray(0, Math.min(SNIFF_BYTES, window.end));
  const header = headerVersion(head);
  if (header === null) throw new NotADump(describeOther(head, size));
  window.seek(FILE_HEADER_BYTES);
  try {
    return await whole(window, () => {
      const start = window.offset;
      const tag = window.uvarint();
      if (tag !== TAG.params) throw new Damage(start, 'the params record', recordName(tag));
      return readParams(window, header);
    });
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    const why = size === FILE_HEADER_BYTES ? 'nothing follows it' : `expected ${error.expected}, found ${error.found}`;
    throw new NotADump(
      `The file has the header of a heap dump, but its parameters are not whole: at offset ${error.offset}, ${why}. Nothing of it can be read; write the dump again.`,
    );
  }
}

function recordName(tag: number): string {
  return tag < RECORD_NAMES.length
    ? `a record of kind ${RECORD_NAMES[tag]}`
    : `a record of unknown kind ${inDigits(tag)}`;
}

class DumpReader {
  readonly records: DumpRecords;
  readonly objects: ObjectTable;
  private readonly rule: HeaderRule;
  private readonly stepper: ObjectStepper;
  private readonly segments: SegmentReader;
  private readonly window: Window;
  private readonly secondWindow: Window;
  private readonly progress = new Progress();
  /** The record being read, for the issue. */
  private current: number | null = null;

  constructor(dump: OpenedRecords, sink: RunSink, pointerFree: ReadonlySet<number>) {
    const { source, params, window, options } = dump;
    const { account, windowBytes: bytes } = options;
    const onFill = (): void | Promise<void> => options.onRead(this.window.offset, this.objectCount);
    this.window = window;
    window.onFill = onFill;
    this.secondWindow = new Window(source, { account, bytes }, onFill);
    this.rule = new HeaderRule(heapLayout(params.go, params.pointerBytes));
    this.objects = new ObjectTable(account, this.rule.layout, sink, pointerFree);
    this.stepper = new ObjectStepper(window, this.secondWindow, params, this.rule, this.objects);
    this.segments = new SegmentReader(window, params.pointerBytes, account);
    this.records = {
      source,
      params,
      state: 'whole',
      issue: null,
      notes: versionNote(params.go),
      types: [],
      itabs: [],
      goroutines: [],
      frames: [],
      threads: [],
      data: null,
      bss: null,
      finalizers: [],
      otherRoots: [],
      memstats: null,
      memprof: [],
      allocSamples: [],
    };
    this.progress.finish(TAG.params);
  }

  get objectCount(): number {
    return this.objects.length - 1;
  }

  /** Reads to the end record, or to the first thing that is wrong. */
  async run(): Promise<void> {
    try {
      await this.readRecords();
      this.records.notes.push(...(await trailingNote(this.window)));
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.stop(error);
    } finally {
      this.window.release();
      this.secondWindow.release();
    }
    this.objects.shapes.close();
    this.records.notes.push(...totalsNote(this.records, this.objectCount, this.objects.bytes));
  }

  private stop(damage: Damage): void {
    const { offset, expected, found, state } = damage;
    const record = this.current === null ? null : RECORD_NAMES[this.current];
    this.records.state = state;
    this.records.issue = { offset, record, expected, found, lost: this.progress.lost };
    try {
      this.objects.closeRun();
    } catch (error) {
      // the objects just before the damage are wrong as well: that is where it begins
      if (!(error instanceof Damage)) throw error;
      this.current = TAG.object;
      this.stop(error);
    }
  }

  private async readRecords(): Promise<void> {
    const { window, objects } = this;
    /** Where the scan stopped last: if it does so again with a fresh window, the record needs reading step by step. */
    let stuckAt = -1;
    for (;;) {
      this.current = TAG.object;
      if (window.bytes[window.at] === TAG.object) this.progress.enter(TAG.object);
      scanObjects(window, this.records.params, this.rule, objects);
      const isObject = window.at < window.end && window.bytes[window.at] === TAG.object;
      if (isObject || window.at >= window.end) {
        const isStuck = stuckAt === window.offset;
        stuckAt = window.offset;
        if (!isStuck && (await window.more())) continue;
      }
      if (isObject) {
        await this.stepObject();
      } else {
        objects.closeRun();
        if (!(await this.readRecord())) return;
      }
    }
  }

  private async stepObject(): Promise<void> {
    const cut = await this.stepper.read();
    if (!cut) return;
    const slot = `0x${cut.address.toString(16)}, ${cut.size} bytes`;
    this.records.notes.push({
      code: 'object-contents-missing',
      message: `The object at ${slot}, is not whole in the file: the runtime cannot write 2 GiB or more at once. What it points at is unknown.`,
      offset: this.window.offset,
    });
  }

  /** Reads one record that is no object. False at the end record. */
  private async readRecord(): Promise<boolean> {
    const { window, progress } = this;
    this.current = null;
    const start = window.offset;
    if (window.left === 0) throw cutShort(start, 'another record, or the end record', 0);
    const tag = await whole(window, () => window.uvarint());
    if (tag >= RECORD_NAMES.length) throw new Damage(start, 'the tag of a record, 0 to 17', inDigits(tag));
    this.current = tag;
    if (tag === TAG.end) {
      this.checkEnd(start);
      return false;
    }
    if (progress.isRepeated(tag)) throw new Damage(start, `one ${RECORD_NAMES[tag]} record`, 'a second one');
    progress.enter(tag);
    await this.readFields(tag, start);
    progress.finish(tag);
    return true;
  }

  private checkEnd(start: number): void {
    const { missing } = this.progress;
    if (missing.length === 0) return;
    throw new Damage(start, `${RECORD_NAMES[missing[0]]} before the end`, 'the end record');
  }

  private async readFields(tag: number, start: number): Promise<void> {
    const { window: w, records, segments } = this;
    const read = <T>(fields: () => T): Promise<T> => whole(w, fields);
    switch (tag) {
      case TAG.otherRoot:
        records.otherRoots.push(await read(() => small.readOtherRoot(w)));
        break;
      case TAG.type: {
        const type = await read(() => small.readType(w));
        this.rule.learn(type.address);
        records.types.push(type);
        break;
      }
      case TAG.itab:
        records.itabs.push(await read(() => small.readItab(w)));
        break;
      case TAG.thread:
        records.threads.push(await read(() => small.readThread(w)));
        break;
      case TAG.goroutine:
        records.goroutines.push(await read(() => small.readGoroutine(w, records.frames.length)));
        break;
      case TAG.frame:
      case TAG.defer:
      case TAG.panic:
        await this.readGoroutinePart(tag, start);
        break;
      case TAG.finalizer:
      case TAG.queuedFinalizer:
        records.finalizers.push(await read(() => small.readFinalizer(w, tag === TAG.queuedFinalizer)));
        break;
      case TAG.data:
        records.data = await segments.segment();
        break;
      case TAG.bss:
        records.bss = await segments.segment();
        break;
      case TAG.memstats:
        records.memstats = await read(() => small.readMemStats(w));
        break;
      case TAG.memprof:
        records.memprof.push(await read(() => small.readMemProf(w)));
        break;
      case TAG.allocSample:
        records.allocSamples.push(await read(() => small.readAllocSample(w)));
        break;
    }
  }

  /** Frames, defers and panics belong to the goroutine before them. */
  private async readGoroutinePart(tag: number, start: number): Promise<void> {
    const { window: w, records } = this;
    const goroutine = records.goroutines.at(-1);
    if (!goroutine)
      throw new Damage(start, `a goroutine before its ${RECORD_NAMES[tag]}`, `a ${RECORD_NAMES[tag]} without one`);
    if (tag === TAG.frame) {
      records.frames.push(await this.segments.frame(records.goroutines.length - 1));
      goroutine.frameCount++;
    } else if (tag === TAG.defer) {
      goroutine.defers.push(await whole(w, () => small.readDefer(w)));
    } else {
      goroutine.panics.push(await whole(w, () => small.readPanic(w)));
    }
  }
}
