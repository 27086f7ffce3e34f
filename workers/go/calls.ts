/**
 * How compiled code calls (cmd/compile/abi-internal.md), and what functions of the runtime do with the type that they are given (runtime/malloc.go,
 * slice.go, map.go, chan.go).
 */
import { isFrom, type GoVersion } from './version';

const AMD64 = { since: 17, registers: [0, 3, 1, 7, 6] } as const; // AX, BX, CX, DI, SI
const ARM64 = { since: 18, registers: [0, 1, 2, 3, 4] } as const;

/** Numbers of the registers that the first arguments lie in, the first of which has the first result; null where arguments lie on the stack. */
export function argumentRegisters(version: GoVersion, architecture: string): readonly number[] | null {
  const convention = architecture === 'amd64' ? AMD64 : architecture === 'arm64' ? ARM64 : null;
  return convention && isFrom(version, convention.since) ? convention.registers : null;
}

/** What a variable has of a type: the value itself, a pointer to one, a slice of them, a map or channel of the type. */
export type TypeUse = 'value' | 'pointer' | 'array' | 'map' | 'channel';

export interface RuntimeCall {
  /** Whether it allocates a value of the type that it is given. */
  readonly allocates: boolean;
  /** What its first result is to that type; null where it is something else. */
  readonly result: TypeUse | null;
  /** Whether its second argument is a map of the type in the first. */
  readonly takesMap: boolean;
  /** Whether no register is changed. */
  readonly keepsRegisters: boolean;
}

const OTHER: RuntimeCall = { allocates: false, result: null, takesMap: false, keepsRegisters: false };
const CALLS: readonly (readonly [RegExp, Partial<RuntimeCall>])[] = [
  [/^runtime\.(newobject|mallocgc)/, { allocates: true, result: 'pointer' }],
  [/^runtime\.(makeslice|growslice|newarray)/, { allocates: true, result: 'array' }],
  [/^runtime\.makechan/, { allocates: true, result: 'channel' }],
  [/^runtime\.makemap_small$/, { allocates: true }],
  [/^runtime\.makemap/, { allocates: true, result: 'map' }],
  [/^runtime\.map(access[12]|assign|delete|clear|iterinit|IterStart)/, { takesMap: true }],
  [/^runtime\.gcWriteBarrier/, { keepsRegisters: true }],
];

/** What a function does, by its name. */
export function runtimeCall(name: string): RuntimeCall {
  const found = CALLS.find(([pattern]) => pattern.test(name));
  return found ? { ...OTHER, ...found[1] } : OTHER;
}

const POINTER_METHOD = /^(.*)\.\(\*([^()]+)\)\.[^.()]+$/;

/** `net/http.conn` of `net/http.(*conn).serve`, whose first argument points at one; null of other functions. */
export function receiverType(name: string): string | null {
  const method = POINTER_METHOD.exec(name);
  return method && `${method[1]}.${method[2]}`;
}
