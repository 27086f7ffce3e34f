/** Numbers above 2^53, as the time of the last collection, are read to the last digit. */
import { expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { Window } from '../../../workers/dump/window';
import { MemoryAccount } from '../../../workers/lib/alloc';

test.each(['0', '127', '128', '9007199254740993', '1796059746952591730', String(2n ** 64n - 1n)])(
  '%s',
  async (text) => {
    const window = new Window(new ArraySource(leb128(BigInt(text))), { account: new MemoryAccount(), bytes: 64 });
    await window.more();
    expect(window.digits()).toBe(text);
    expect(window.left).toBe(0);
  },
);

function leb128(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; bytes.length === 0 || rest > 0n; rest >>= 7n)
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
  return Uint8Array.from(bytes);
}
