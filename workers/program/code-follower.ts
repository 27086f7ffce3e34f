/**
 * Joins what code loads to the calls that follow, by a few registers: what was formed, read or returned into each, until it is changed or too much
 * code lies between. Branches are not followed: what is read past one may be wrong, so everything found is a hint that the fit test has to confirm.
 */
import { receiverType, runtimeCall, type RuntimeCall, type TypeUse } from '../go/calls';
import type { FunctionTable } from './function-table';
import type { ModuleData } from './module-data';
import type { RuntimeTypes } from './runtime-types';
import { VariableUses } from './variable-uses';

export interface CodeHints {
  /** Addresses of type descriptors that are passed to an allocating function. */
  readonly allocated: Set<number>;
  /** Entry pc of a function → address of the struct type of its closures. */
  readonly closureType: Map<number, number>;
  /** Address of a type descriptor → pcs of instructions that load it, the first SEEN_LOADS. */
  readonly loadedAt: Map<number, number[]>;
  /** What code says of package variables; nothing where arguments lie on the stack. */
  readonly variables: VariableUses;
}

export function noHints(): CodeHints {
  return { allocated: new Set(), closureType: new Map(), loadedAt: new Map(), variables: new VariableUses() };
}

/** Bytes of code between two yields of a scan. */
export const CODE_BETWEEN = 1 << 20;
/** Bytes between loading something and the call that takes it. */
const CALL_DISTANCE = 64;
/** Bytes between allocating a closure and storing its code address. */
const STORE_DISTANCE = 200;
/** Loads of one type that are remembered. */
const SEEN_LOADS = 16;
const REGISTERS = 32;

/** What a register has: nothing known, an address, the word of a package variable, or what an allocation returned. */
type Content = 'unknown' | 'address' | 'word' | 'result';

interface Callee extends RuntimeCall {
  /** See ownReceiver. */
  readonly receiver: string | null;
}

export class CodeFollower {
  readonly hints = noHints();
  private typeLoaded = 0;
  private typeLoadedAt = -Infinity;
  private closure = 0;
  private closureAt = -Infinity;
  /** target of a call → what it does; null where no function begins there: the bytes were no call */
  private readonly callees = new Map<number, Callee | null>();
  private readonly content: Content[] = new Array<Content>(REGISTERS).fill('unknown');
  /** register → the address, the variable's address, or the type's */
  private readonly value = new Float64Array(REGISTERS);
  private readonly since = new Float64Array(REGISTERS);
  private resultUse: TypeUse = 'pointer';

  /** @param registers of the first arguments; null where they lie on the stack */
  constructor(
    private readonly module: ModuleData,
    private readonly functions: FunctionTable,
    private readonly types: RuntimeTypes,
    private readonly registers: readonly number[] | null,
  ) {}

  /** An address is formed in a register. `at`: offset of the instruction in the text, here and below. */
  loads(register: number, address: number, at: number): void {
    this.set(register, 'address', address, at);
    if (this.isType(address)) {
      this.typeLoaded = address;
      this.typeLoadedAt = at;
      this.noteLoad(address, this.module.text + at);
    } else if (at - this.closureAt <= STORE_DISTANCE && this.functions.atEntry(address) >= 0) {
      if (!this.hints.closureType.has(address)) this.hints.closureType.set(address, this.closure);
      this.closureAt = -Infinity;
    }
  }

  /** The word at an address is read into a register. */
  reads(register: number, address: number, at: number): void {
    this.set(register, this.isVariable(address) ? 'word' : 'unknown', address, at);
  }

  /** A register is stored at an address. */
  writes(register: number, address: number, at: number): void {
    if (this.has(register, 'result', at) && this.isVariable(address))
      this.hints.variables.note(address, this.resultUse, this.value[register]);
  }

  moves(to: number, from: number, at: number): void {
    this.set(to, this.content[from], this.value[from], at);
  }

  /** Something that is not known comes into a register. */
  changes(register: number): void {
    this.content[register] = 'unknown';
  }

  called(target: number, at: number): void {
    const callee = this.callee(target);
    if (callee === null || callee.keepsRegisters) return;
    const type = at - this.typeLoadedAt <= CALL_DISTANCE ? this.typeLoaded : 0;
    if (this.registers) this.noteArguments(callee, this.registers, at);
    this.content.fill('unknown');
    if (!callee.allocates || type === 0) return;
    this.hints.allocated.add(type);
    this.typeLoadedAt = -Infinity;
    if (callee.result === 'pointer' && this.isClosure(type)) [this.closure, this.closureAt] = [type, at];
    else if (this.registers && callee.result) {
      this.set(this.registers[0], 'result', type, at);
      this.resultUse = callee.result;
    }
  }

  private noteArguments({ receiver, takesMap }: Callee, [first, second]: readonly number[], at: number): void {
    const { variables } = this.hints;
    const address = this.value[first];
    if (receiver !== null && this.isVariable(address)) {
      if (this.has(first, 'address', at)) variables.note(address, 'value', receiver);
      else if (this.has(first, 'word', at)) variables.note(address, 'pointer', receiver);
    }
    if (takesMap && this.has(first, 'address', at) && this.isType(address) && this.has(second, 'word', at))
      variables.note(this.value[second], 'map', address);
  }

  private set(register: number, content: Content, value: number, at: number): void {
    this.content[register] = content;
    this.value[register] = value;
    this.since[register] = at;
  }

  private has(register: number, content: Content, at: number): boolean {
    return this.content[register] === content && at - this.since[register] <= CALL_DISTANCE;
  }

  private isType(address: number): boolean {
    return address >= this.module.types && address < this.module.etypes;
  }

  private isVariable(address: number): boolean {
    return address >= this.module.data && address < this.module.ebss;
  }

  private noteLoad(address: number, pc: number): void {
    const pcs = this.hints.loadedAt.get(address);
    if (!pcs) this.hints.loadedAt.set(address, [pc]);
    else if (pcs.length < SEEN_LOADS) pcs.push(pc);
  }

  /** The compiler names the code pointer of a closure's struct `F` (`.F` up to 1.20). */
  private isClosure(address: number): boolean {
    const first = this.types.at(address)?.fields[0]?.name;
    return first === 'F' || first === '.F';
  }

  private callee(target: number): Callee | null {
    let known = this.callees.get(target);
    if (known === undefined) {
      const name = this.functions.nameOfEntry(target);
      known = name === null ? null : { ...runtimeCall(name), receiver: ownReceiver(name) };
      this.callees.set(target, known);
    }
    return known;
  }
}

/** See receiverType; null of methods of generic types, whose code does not say of which instance. */
function ownReceiver(name: string): string | null {
  const receiver = receiverType(name);
  return receiver?.includes('[') ? null : receiver;
}
