/** Instructions of arm64 that tell something: ADRP with ADD, LDR or STR behind it, MOV between registers, BL. */
import type { Work } from '../lib/work';
import { CODE_BETWEEN, type CodeFollower } from './code-follower';

/** @param text address of the code */
export function* scanArm64(code: Uint8Array, text: number, follower: CodeFollower): Work<void> {
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  const page: Page = { address: 0, register: -1 };
  for (let i = 0; i + 4 <= code.length;) {
    for (const end = Math.min(i + CODE_BETWEEN, code.length - 3); i < end; i += 4) {
      const word = view.getUint32(i, true);
      if (word >>> 26 === 0x25) follower.called(text + i + (((word & 0x3ffffff) << 6) >> 4), i);
      else if ((word & 0x9f000000) >>> 0 === 0x90000000) formPage(page, word, text + i, follower);
      else {
        arm64Instruction(word, i, page, follower);
        page.register = -1;
      }
    }
    yield i;
  }
}

/** What an ADRP formed: the address of a page of 4 KiB, in a register. The linker wants what completes the address right behind it. */
interface Page {
  address: number;
  register: number;
}

function formPage(page: Page, word: number, pc: number, follower: CodeFollower): void {
  const immediate = ((((word >>> 5) & 0x7ffff) << 2) | ((word >>> 29) & 3)) << 11;
  page.address = Math.floor(pc / 4096) * 4096 + (immediate >> 11) * 4096;
  page.register = word & 31;
  follower.changes(page.register);
}

/** ADD of an offset, LDR and STR of 8 bytes, MOV between registers. */
function arm64Instruction(word: number, at: number, page: Page, follower: CodeFollower): void {
  const register = word & 31;
  const operand = (word >>> 10) & 0xfff;
  const form = (word & 0xffc00000) >>> 0;
  const onPage = ((word >>> 5) & 31) === page.register;
  if (onPage && form === 0x91000000) follower.loads(register, page.address + operand, at);
  else if (onPage && form === 0xf9400000) follower.reads(register, page.address + operand * 8, at);
  else if (onPage && form === 0xf9000000) follower.writes(register, page.address + operand * 8, at);
  else if ((word & 0xffe0ffe0) >>> 0 === 0xaa0003e0) follower.moves(register, (word >>> 16) & 31, at);
  else changed(word, follower);
}

/** What comes into the registers of any other instruction is not known. */
function changed(word: number, follower: CodeFollower): void {
  const isBranch = (word & 0x1c000000) === 0x14000000;
  const isMemory = (word & 0x0a000000) === 0x08000000;
  const isPair = (word & 0x3a000000) === 0x28000000;
  const isStore = isMemory && (word & (isPair ? 0x00400000 : 0x00c00000)) === 0;
  if (isBranch || isStore) return;
  follower.changes(word & 31);
  if (isPair) follower.changes((word >>> 10) & 31);
}
