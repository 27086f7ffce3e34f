/** How the runtime of one Go version lays out what has no descriptor of its own: maps, and channels (runtime/chan.go). */

/** A field of a runtime structure that has no descriptor of its own. */
export interface NamedOffset {
  name: string;
  offset: number;
}

export interface RuntimeLayout {
  pointerBytes: 4 | 8;
  /** Maps made of tables and groups (Go ≥ 1.24 unless built with noswissmap). */
  swissMaps: boolean;
  channel: ChannelLayout;
}

export interface ChannelLayout {
  /** Bytes of the header, rounded up to 8: a buffer of pointer-free elements begins there. */
  bytes: number;
  /** In the order of their offsets. */
  fields: readonly NamedOffset[];
  /** Pointer words of the header, where it is allocated as such: before a buffer of elements with pointers. */
  mask: Uint32Array;
  at: Readonly<Record<ChannelField, number>>;
}

/** Fields that every version has. */
type ChannelField =
  'qcount' | 'dataqsiz' | 'buf' | 'elemsize' | 'closed' | 'elemtype' | 'sendx' | 'recvx' | 'recvq' | 'sendq' | 'lock';

const FIRST_SWISS = 24;
const FIRST_TIMER = 23;
const FIRST_BUBBLE = 25;

/** @param minor 24 for Go 1.24; 0 where the dump does not tell, which is so up to 1.15 */
export function runtimeLayout(minor: number, experiments: ReadonlySet<string>, pointerBytes: 4 | 8): RuntimeLayout {
  return {
    pointerBytes,
    swissMaps: minor >= FIRST_SWISS && !experiments.has('noswissmap'),
    channel: channelLayout(minor, pointerBytes),
  };
}

/** {qcount, dataqsiz, buf, elemsize u16, closed u32, timer (1.23), elemtype, sendx, recvx, recvq, sendq {first, last}, bubble (1.25), lock} */
function channelLayout(minor: number, P: number): ChannelLayout {
  const words: [string, number][] = [
    ...(minor >= FIRST_TIMER ? [['timer', 1] as [string, number]] : []),
    ['elemtype', 1],
    ['sendx', 1],
    ['recvx', 1],
    ['recvq', 2],
    ['sendq', 2],
    ...(minor >= FIRST_BUBBLE ? [['bubble', 1] as [string, number]] : []),
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
  return { bytes: Math.ceil(end / 8) * 8, fields, at, mask: channelMask(fields, P) };
}

const POINTERS = new Set(['buf', 'timer', 'elemtype', 'recvq', 'sendq', 'bubble']);
const QUEUES = new Set(['recvq', 'sendq']);

function channelMask(fields: readonly NamedOffset[], P: number): Uint32Array {
  const listed = fields.filter(({ name }) => POINTERS.has(name));
  return Uint32Array.from(listed.flatMap(({ name, offset }) => (QUEUES.has(name) ? [offset, offset + P] : [offset])));
}
