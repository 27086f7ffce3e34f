/** Dumps that claim another Go version than the one that wrote them: layouts that are not what the version says. */

/** A dump's bytes with another version in its params record; both versions are shorter than 128 bytes. */
export function claiming(bytes: Uint8Array, wrote: string, claimed: string): Uint8Array {
  const before = textOf(wrote);
  const at = placeOf(bytes, before);
  const after = textOf(claimed);
  const changed = new Uint8Array(bytes.length - before.length + after.length);
  changed.set(bytes.subarray(0, at));
  changed.set(after, at);
  changed.set(bytes.subarray(at + before.length), at + after.length);
  return changed;
}

/** A text as a record holds it: its length, then its bytes. */
function textOf(text: string): Uint8Array {
  return Uint8Array.of(text.length, ...new TextEncoder().encode(text));
}

const PARAMS_END = 256;

function placeOf(bytes: Uint8Array, text: Uint8Array): number {
  for (let at = 0; at < PARAMS_END; at++) if (text.every((byte, i) => bytes[at + i] === byte)) return at;
  throw new Error('the dump does not claim that version');
}
