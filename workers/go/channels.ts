/**
 * Channels (runtime/chan.go): {qcount, dataqsiz, buf, elemsize u16, closed u32, timer (1.23), elemtype, sendx, recvx, recvq, sendq {first,
 * last}, bubble (1.25), lock}. A buffer of pointer-free elements begins right behind the header.
 */
import type { NamedOffset, Structure } from './structure';
import { rowFor, type GoVersion } from './version';

export const CHANNEL_HEADER = 'runtime.hchan';

/** Fields that came with a version: a timer's own channel knows it, and one made in a bubble of testing/synctest knows that. */
const ROWS = [
  { from: 25, timer: true, bubble: true },
  { from: 23, timer: true, bubble: false },
  { from: 0, timer: false, bubble: false },
] as const;

/**
 * `bytes` is rounded up to 8: a buffer of pointer-free elements begins there. `mask` is that of a header which is allocated as such: before a
 * buffer of elements with pointers. `at` has the first end of each queue; the last follows it.
 */
export type ChannelLayout = Structure<ChannelField>;

/** Fields that every version has. */
type ChannelField =
  'qcount' | 'dataqsiz' | 'buf' | 'elemsize' | 'closed' | 'elemtype' | 'sendx' | 'recvx' | 'recvq' | 'sendq' | 'lock';

export function channelLayout(version: GoVersion, pointerBytes: 4 | 8): ChannelLayout {
  const P = pointerBytes;
  const row = rowFor(ROWS, version);
  const words: [string, number][] = [
    ...(row.timer ? [['timer', 1] as [string, number]] : []),
    ['elemtype', 1],
    ['sendx', 1],
    ['recvx', 1],
    ['recvq', 2],
    ['sendq', 2],
    ...(row.bubble ? [['bubble', 1] as [string, number]] : []),
    ['lock', 1],
  ];
  const fields: NamedOffset[] = [
    { name: 'qcount', offset: 0 },
    { name: 'dataqsiz', offset: P },
    { name: 'buf', offset: 2 * P },
    { name: 'elemsize', offset: 3 * P },
    { name: 'closed', offset: 3 * P + 4 },
  ];
  let end = 3 * P + 8;
  for (const [name, length] of words) {
    fields.push({ name, offset: end });
    end += length * P;
  }
  const at = Object.fromEntries(fields.map(({ name, offset }) => [name, offset])) as ChannelLayout['at']; // every ChannelField was pushed
  return { name: CHANNEL_HEADER, bytes: Math.ceil(end / 8) * 8, fields, at, mask: channelMask(fields, P) };
}

const POINTERS = new Set(['buf', 'timer', 'elemtype', 'recvq', 'sendq', 'bubble']);
const QUEUES = new Set(['recvq', 'sendq']);

function channelMask(fields: readonly NamedOffset[], P: number): Uint32Array {
  const listed = fields.filter(({ name }) => POINTERS.has(name));
  return Uint32Array.from(listed.flatMap(({ name, offset }) => (QUEUES.has(name) ? [offset, offset + P] : [offset])));
}
