/** What a file is, by its first bytes: what it is called proves nothing. */
export type FileKind = 'dump' | 'executable' | 'names' | 'other';

const BEGINNING_BYTES = 64;
/** ELF, PE, thin Mach-O of either size, fat Mach-O. */
const EXECUTABLES = /^(7f454c46|4d5a|c[ef]faedfe|cafebabe)/;
const DUMP = /^go1\.\d+ heap dump\n/;
/** A JSON object: the only such file that the window takes holds names. */
const NAMES = /^\uFEFF?\s*\{/;

/** Reads a few bytes. Rejects where the file cannot be read: gone, or a folder. */
export async function fileKind(file: Blob): Promise<FileKind> {
  const start = new Uint8Array(await file.slice(0, BEGINNING_BYTES).arrayBuffer());
  const hex = Array.from(start.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (EXECUTABLES.test(hex)) return 'executable';
  const text = new TextDecoder('latin1').decode(start);
  if (DUMP.test(text)) return 'dump';
  return NAMES.test(text) ? 'names' : 'other';
}
