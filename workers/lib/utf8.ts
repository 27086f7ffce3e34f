/** UTF-8 without a host's TextDecoder; what is malformed becomes U+FFFD, one for each byte. */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  let at = from;
  while (at < to) {
    const length = sequenceLength(bytes, at, to);
    text += length === 0 ? '\ufffd' : String.fromCodePoint(codePoint(bytes, at, length));
    at += Math.max(1, length);
  }
  return text;
}

const LEAD_BITS = [0, 0x7f, 0x1f, 0x0f, 0x07];
const SMALLEST = [0, 0, 0x80, 0x800, 0x1_0000];

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let point = bytes[at] & LEAD_BITS[length];
  for (let i = 1; i < length; i++) point = (point << 6) | (bytes[at + i] & 0x3f);
  return point;
}

/** Bytes of the well-formed sequence at `at`, or 0. */
function sequenceLength(bytes: Uint8Array, at: number, to: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  const length = lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
  if (length === 0 || at + length > to) return 0;
  for (let i = 1; i < length; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return 0;
  const point = codePoint(bytes, at, length);
  const surrogate = point >= 0xd800 && point < 0xe000;
  return point < SMALLEST[length] || point > 0x10_ffff || surrogate ? 0 : length;
}
