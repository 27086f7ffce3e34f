/**
 * What the machine code tells about types, without a disassembler: which types are ever allocated, and which struct each closure's function
 * expects. A call of an allocating runtime function is preceded by an instruction that loads the address of the type; after `newobject` of a
 * closure's struct, the next function address that is loaded is the closure's code. Only address-forming instructions and calls are recognised
 * (amd64: LEA with a pc-relative operand, CALL rel32; 386: LEA of an address, CALL rel32; arm64: ADRP + ADD, BL); everything found is a hint that
 * the fit test has to confirm.
 */
import type { Work } from '../lib/work';
import type { FunctionTable } from './function-table';
import type { ProgramImage } from './image';
import type { ModuleData } from './module-data';
import type { RuntimeTypes } from './runtime-types';

export interface CodeHints {
  /** Addresses of type descriptors that are passed to an allocating function. */
  allocated: Set<number>;
  /** Entry pc of a function → address of the struct type of its closures. */
  closureType: Map<number, number>;
  /** Address of a type descriptor → pcs of instructions that load it, the first SEEN_LOADS. */
  loadedAt: Map<number, number[]>;
}

const ALLOCATORS = /^runtime\.(newobject|mallocgc|makeslice|growslice|newarray|makechan|makemap)/;
const NEW_OBJECT = /^runtime\.(newobject|mallocgc)/;
/** Bytes between loading a type and the call that takes it. */
const CALL_DISTANCE = 64;
/** Bytes between allocating a closure and storing its code address. */
const STORE_DISTANCE = 200;

/** Loads of one type that are remembered. */
const SEEN_LOADS = 16;

/** Bytes of code between two yields. */
const CODE_BETWEEN = 1 << 20;

/** Scans the text. Architectures other than amd64, 386 and arm64 give no hints. */
export function* scanCode(
  image: ProgramImage,
  module: ModuleData,
  functions: FunctionTable,
  types: RuntimeTypes,
): Work<CodeHints> {
  const hints: CodeHints = { allocated: new Set(), closureType: new Map(), loadedAt: new Map() };
  if (!image.has(module.text, module.etext - module.text)) return hints;
  const code = image.bytes(module.text, module.etext - module.text);
  const follower = new Follower(hints, module, functions, types);
  if (image.architecture === 'amd64') yield* scanAmd64(code, module.text, follower);
  else if (image.architecture === '386') yield* scan386(code, module.text, follower);
  else if (image.architecture === 'arm64') yield* scanArm64(code, module.text, follower);
  return hints;
}

/** Remembers what was loaded last and joins it to the calls that follow. */
class Follower {
  private typeLoaded = 0;
  private typeLoadedAt = -Infinity;
  private closure = 0;
  private closureAt = -Infinity;
  private readonly calls = new Map<number, { allocates: boolean; creates: boolean }>();

  constructor(
    private readonly hints: CodeHints,
    private readonly module: ModuleData,
    private readonly functions: FunctionTable,
    private readonly types: RuntimeTypes,
  ) {}

  loads(address: number, at: number): void {
    if (address >= this.module.types && address < this.module.etypes) {
      this.typeLoaded = address;
      this.typeLoadedAt = at;
      this.noteLoad(address, this.module.text + at);
    } else if (at - this.closureAt <= STORE_DISTANCE && this.functions.atEntry(address) >= 0) {
      if (!this.hints.closureType.has(address)) this.hints.closureType.set(address, this.closure);
      this.closureAt = -Infinity;
    }
  }

  private noteLoad(address: number, pc: number): void {
    const pcs = this.hints.loadedAt.get(address);
    if (!pcs) this.hints.loadedAt.set(address, [pc]);
    else if (pcs.length < SEEN_LOADS) pcs.push(pc);
  }

  called(target: number, at: number): void {
    if (at - this.typeLoadedAt > CALL_DISTANCE) return;
    const callee = this.callee(target);
    if (!callee.allocates) return;
    this.hints.allocated.add(this.typeLoaded);
    if (callee.creates && this.isClosure(this.typeLoaded)) [this.closure, this.closureAt] = [this.typeLoaded, at];
    this.typeLoadedAt = -Infinity;
  }

  /** The compiler names the code pointer of a closure's struct `F` (`.F` up to 1.20). */
  private isClosure(address: number): boolean {
    const first = this.types.at(address)?.fields[0]?.name;
    return first === 'F' || first === '.F';
  }

  private callee(target: number): { allocates: boolean; creates: boolean } {
    let known = this.calls.get(target);
    if (!known) {
      const name = this.functions.nameOfEntry(target) ?? '';
      known = { allocates: ALLOCATORS.test(name), creates: NEW_OBJECT.test(name) };
      this.calls.set(target, known);
    }
    return known;
  }
}

function* scanAmd64(code: Uint8Array, text: number, follower: Follower): Work<void> {
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  for (let i = 0; i + 7 <= code.length;) {
    for (const end = Math.min(i + CODE_BETWEEN, code.length - 6); i < end; i++) {
      const byte = code[i];
      if (byte === 0xe8) follower.called(text + i + 5 + view.getInt32(i + 1, true), i);
      else if ((byte === 0x48 || byte === 0x4c) && code[i + 1] === 0x8d && (code[i + 2] & 0xc7) === 0x05) {
        follower.loads(text + i + 7 + view.getInt32(i + 3, true), i);
        i += 6;
      }
    }
    yield i;
  }
}

function* scan386(code: Uint8Array, text: number, follower: Follower): Work<void> {
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  for (let i = 0; i + 6 <= code.length;) {
    for (const end = Math.min(i + CODE_BETWEEN, code.length - 5); i < end; i++) {
      const byte = code[i];
      if (byte === 0xe8) follower.called(text + i + 5 + view.getInt32(i + 1, true), i);
      else if (byte === 0x8d && (code[i + 1] & 0xc7) === 0x05) {
        follower.loads(view.getUint32(i + 2, true), i);
        i += 5;
      }
    }
    yield i;
  }
}

function* scanArm64(code: Uint8Array, text: number, follower: Follower): Work<void> {
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  let page = 0;
  let pageRegister = -1;
  for (let i = 0; i + 4 <= code.length;) {
    for (const end = Math.min(i + CODE_BETWEEN, code.length - 3); i < end; i += 4) {
      const word = view.getUint32(i, true);
      if (word >>> 26 === 0x25) follower.called(text + i + (((word & 0x3ffffff) << 6) >> 4), i);
      else if ((word & 0x9f000000) >>> 0 === 0x90000000) {
        const immediate = ((((word >>> 5) & 0x7ffff) << 2) | ((word >>> 29) & 3)) << 11;
        page = Math.floor((text + i) / 4096) * 4096 + (immediate >> 11) * 4096;
        pageRegister = word & 31;
      } else if ((word & 0xff800000) >>> 0 === 0x91000000 && ((word >>> 5) & 31) === pageRegister) {
        const shift = word & 0x400000 ? 4096 : 1;
        follower.loads(page + ((word >>> 10) & 0xfff) * shift, i);
      }
    }
    yield i;
  }
}
