/** Bytes of a dump as text that can be shown anywhere: on a terminal, in a page, in a report. */
import { decodeUtf8 } from '../../lib/utf8';

/** Characters that are not seen or turn the direction of what follows; JSON leaves them as they are. */
const UNSEEN = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** The text in quotes, with what is not printable as `\u…`; cut after so many bytes. */
export function quoted(bytes: Uint8Array, most: number): string {
  const text = decodeUtf8(bytes, 0, Math.min(bytes.length, most));
  const safe = JSON.stringify(text).replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return bytes.length > most ? `${safe}…` : safe;
}
