/**
 * Roots: every pointer into the heap from outside it. The words of data, bss and frames are read from the file again,
 * forward, now that the objects are known. Listed words are strong roots; other aligned words of frames that happen to
 * lead to objects are weak ones: they stand for locals that the lists leave out, closures on the stack among them.
 */
import type { DumpRecords, FinalizerRecord, FrameRecord, GoroutineRecord, Segment } from '../dump/records';
import type { MemoryAccount } from '../lib/alloc';
import { Float64Column, Uint32Column, Uint8Column } from '../lib/column';
import { NONE } from '../lib/none';
import type { FileWords } from './contents/file-words';
import { ROOT, ROOT_PART, type AddressIndex, type RootTable } from './heap-graph';

/** What roots are resolved with. */
export interface RootContext {
  records: DumpRecords;
  index: AddressIndex;
  account: MemoryAccount;
  words: FileWords;
  /** objectId → address of its slot */
  slotAddress: Float64Array;
  /** Visits the values of an object's listed words, in order. */
  visitWords: (objectId: number, visit: (value: number) => void) => Promise<void>;
}

export async function findRoots(context: RootContext): Promise<RootTable> {
  const strong = new RootColumns(context);
  const weak = new RootColumns(context);
  const { records } = context;
  records.otherRoots.forEach(({ pointer }, owner) => strong.add(ROOT.other, pointer, owner, 0));
  for (let owner = 0; owner < records.goroutines.length; owner++) {
    const goroutine = records.goroutines[owner];
    addDescriptor(strong, goroutine, owner);
    const end = goroutine.firstFrame + goroutine.frameCount;
    for (let frame = goroutine.firstFrame; frame < end; frame++) {
      await addFrame(context, strong, weak, records.frames[frame], frame);
    }
    addDefersAndPanics(strong, goroutine, owner);
  }
  if (records.data) await addListed(context, strong, ROOT.data, records.data, 0);
  if (records.bss) await addListed(context, strong, ROOT.bss, records.bss, 0);
  for (let owner = 0; owner < records.finalizers.length; owner++) {
    await addFinalizer(context, strong, records.finalizers[owner], owner);
  }
  return joined(context.account, strong, weak);
}

/** Roots while they are found; resolves each pointer and keeps those that lead to an object. */
class RootColumns {
  readonly kind: Uint8Column;
  readonly target: Uint32Column;
  readonly targetOffset: Float64Column;
  readonly owner: Uint32Column;
  readonly offset: Float64Column;

  constructor(private readonly context: RootContext) {
    const { account } = context;
    this.kind = new Uint8Column(account, 'root kind');
    this.target = new Uint32Column(account, 'root target');
    this.targetOffset = new Float64Column(account, 'root target offset');
    this.owner = new Uint32Column(account, 'root owner');
    this.offset = new Float64Column(account, 'root offset');
  }

  add(kind: number, pointer: number, owner: number, offset: number): void {
    const target = this.context.index.objectAt(pointer);
    if (target === NONE) return;
    this.kind.push(kind);
    this.target.push(target);
    this.targetOffset.push(pointer - this.context.slotAddress[target]);
    this.owner.push(owner);
    this.offset.push(offset);
  }
}

function addDescriptor(roots: RootColumns, goroutine: GoroutineRecord, owner: number): void {
  roots.add(ROOT.goroutine, goroutine.address, owner, ROOT_PART.descriptor);
  roots.add(ROOT.goroutine, goroutine.context, owner, ROOT_PART.context);
}

function addDefersAndPanics(roots: RootColumns, goroutine: GoroutineRecord, owner: number): void {
  for (const { address, funcval } of goroutine.defers) {
    roots.add(ROOT.goroutine, address, owner, ROOT_PART.deferRecord);
    roots.add(ROOT.goroutine, funcval, owner, ROOT_PART.deferFunction);
  }
  for (const { address, value } of goroutine.panics) {
    roots.add(ROOT.goroutine, address, owner, ROOT_PART.panicRecord);
    roots.add(ROOT.goroutine, value, owner, ROOT_PART.panicValue);
  }
}

async function addListed(
  context: RootContext,
  roots: RootColumns,
  kind: number,
  segment: Segment,
  owner: number,
): Promise<void> {
  const { words } = context;
  const { contentsAt, pointerOffsets } = segment;
  for (let i = 0; i < pointerOffsets.length; i++) {
    const at = contentsAt + pointerOffsets[i];
    if (!words.holds(at)) await words.load(at);
    roots.add(kind, words.word(at), owner, pointerOffsets[i]);
  }
}

/** A frame that can never run again (continuation pc 0) has a list that says nothing: all its words are weak. */
async function addFrame(
  context: RootContext,
  strong: RootColumns,
  weak: RootColumns,
  frame: FrameRecord,
  owner: number,
): Promise<void> {
  const { words } = context;
  const { pointerBytes } = context.records.params;
  const { contentsAt, pointerOffsets } = frame;
  const listed = frame.continuationPc === 0 ? 0 : pointerOffsets.length;
  const unaligned = frame.address % pointerBytes;
  let next = 0;
  for (
    let offset = unaligned === 0 ? 0 : pointerBytes - unaligned;
    offset + pointerBytes <= frame.bytes;
    offset += pointerBytes
  ) {
    const at = contentsAt + offset;
    if (!words.holds(at)) await words.load(at);
    while (next < listed && pointerOffsets[next] < offset) next++;
    const isListed = next < listed && pointerOffsets[next] === offset;
    (isListed ? strong : weak).add(ROOT.stack, words.word(at), owner, offset);
  }
}

/** The collector keeps the closure and what the object points at; of a queued finalizer, the object too. */
async function addFinalizer(
  context: RootContext,
  roots: RootColumns,
  finalizer: FinalizerRecord,
  owner: number,
): Promise<void> {
  roots.add(ROOT.finalizer, finalizer.funcval, owner, ROOT_PART.finalizerFunction);
  if (finalizer.queued) roots.add(ROOT.finalizer, finalizer.object, owner, ROOT_PART.finalizerObject);
  const object = context.index.objectAt(finalizer.object);
  if (object === NONE) return;
  await context.visitWords(object, (value) => roots.add(ROOT.finalizer, value, owner, ROOT_PART.finalizerReference));
}

/** Strong roots, then weak ones, in flat columns. */
function joined(account: MemoryAccount, strong: RootColumns, weak: RootColumns): RootTable {
  const strongCount = strong.target.length;
  const count = strongCount + weak.target.length;
  const join = <A extends Uint8Array | Uint32Array | Float64Array>(into: A, first: A, second: A): A => {
    into.set(first);
    into.set(second, strongCount);
    account.release(first, second);
    return into;
  };
  return {
    count,
    strongCount,
    kind: join(account.uint8('root kind', count), strong.kind.flatten(), weak.kind.flatten()),
    target: join(account.uint32('root target', count), strong.target.flatten(), weak.target.flatten()),
    targetOffset: join(
      account.float64('root target offset', count),
      strong.targetOffset.flatten(),
      weak.targetOffset.flatten(),
    ),
    owner: join(account.uint32('root owner', count), strong.owner.flatten(), weak.owner.flatten()),
    offset: join(account.float64('root offset', count), strong.offset.flatten(), weak.offset.flatten()),
  };
}
