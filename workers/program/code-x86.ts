/** Instructions of amd64 and 386 that tell something: LEA and MOV with a pc-relative operand, LEA of an address (386), CALL rel32. */
import type { Work } from '../lib/work';
import { CODE_BETWEEN, type CodeFollower } from './code-follower';

const CALL = 0xe8;
const LEA = 0x8d;
const MOV_TO_REGISTER = 0x8b;
const MOV_FROM_REGISTER = 0x89;
/** Arithmetic with a constant, ADD for the most part: of a field's address from its struct's. */
const ARITHMETIC: ReadonlySet<number> = new Set([0x81, 0x83]);

/** @param text address of the code */
export function* scanAmd64(code: Uint8Array, text: number, follower: CodeFollower): Work<void> {
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  for (let i = 0; i + 7 <= code.length;) {
    for (const end = Math.min(i + CODE_BETWEEN, code.length - 6); i < end; i++) {
      const byte = code[i];
      if (byte === CALL) follower.called(text + i + 5 + view.getInt32(i + 1, true), i);
      // REX.W, with or without the high halves of both register numbers
      else if ((byte & 0xf8) === 0x48) i += wideInstruction(code, view, text, i, follower);
    }
    yield i;
  }
}

/** An instruction on 64 bits at `i`; answers with the bytes that need no further look. */
function wideInstruction(code: Uint8Array, view: DataView, text: number, i: number, follower: CodeFollower): number {
  const opcode = code[i + 1];
  if (ARITHMETIC.has(opcode)) follower.changes((code[i + 2] & 7) | ((code[i] & 1) << 3));
  if (opcode !== LEA && opcode !== MOV_TO_REGISTER && opcode !== MOV_FROM_REGISTER) return 0;
  const modes = code[i + 2];
  const register = ((modes >> 3) & 7) | ((code[i] & 4) << 1);
  const other = (modes & 7) | ((code[i] & 1) << 3);
  if ((modes & 0xc7) === 0x05 && (code[i] & 1) === 0) {
    const address = text + i + 7 + view.getInt32(i + 3, true);
    if (opcode === LEA) follower.loads(register, address, i);
    else if (opcode === MOV_TO_REGISTER) follower.reads(register, address, i);
    else follower.writes(register, address, i);
    return 6;
  }
  const direct = modes >> 6 === 3;
  if (opcode === MOV_FROM_REGISTER) {
    if (direct) follower.moves(other, register, i);
  } else if (direct && opcode === MOV_TO_REGISTER) follower.moves(register, other, i);
  else follower.changes(register);
  return 0;
}

/** @param text address of the code */
export function* scan386(code: Uint8Array, text: number, follower: CodeFollower): Work<void> {
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  for (let i = 0; i + 6 <= code.length;) {
    for (const end = Math.min(i + CODE_BETWEEN, code.length - 5); i < end; i++) {
      const byte = code[i];
      if (byte === CALL) follower.called(text + i + 5 + view.getInt32(i + 1, true), i);
      else if (byte === LEA && (code[i + 1] & 0xc7) === 0x05) {
        follower.loads((code[i + 1] >> 3) & 7, view.getUint32(i + 2, true), i);
        i += 5;
      }
    }
    yield i;
  }
}
