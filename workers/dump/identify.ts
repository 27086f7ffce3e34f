/** Tells what a file is that does not begin like a heap dump, so that the answer to a wrong file is its name. */

export const FILE_HEADER_BYTES = 16;

/** Enough of a file to know it by. */
export const SNIFF_BYTES = 64;

const WRITE_ONE = 'Write one with runtime/debug.WriteHeapDump.';

/** The N of the header `go1.N heap dump`, where this reader knows it. */
export function headerVersion(head: Uint8Array): number | null {
  const match = /^go1\.([567]) heap dump\n/.exec(latin(head.subarray(0, FILE_HEADER_BYTES)));
  return match ? Number(match[1]) : null;
}

/** A sentence about a file that is no heap dump, and what to do. */
export function describeOther(head: Uint8Array, size: number): string {
  if (size === 0) return `The file is empty: there is no heap dump in it. ${WRITE_ONE}`;
  const text = latin(head);
  const header = /^go1\.(\d+) heap dump\n/.exec(text);
  if (header) return otherHeader(Number(header[1]));
  if ('go1.7 heap dump\n'.startsWith(text)) {
    return `The file ends at offset ${size}, inside the 16 bytes of a heap dump's header: nothing of the dump was written. Write it again.`;
  }
  const known = SIGNATURES.find(([pattern]) => pattern.test(text));
  if (known) return `This is ${known[1]}, not a heap dump (offset 0). ${known[2] ?? WRITE_ONE}`;
  const printable = /^[\t\n\r\x20-\x7e]*$/.test(text);
  const what = printable
    ? 'a text file'
    : /^\0*$/.test(text)
      ? 'a file that begins with zeros'
      : 'no kind of file known here';
  return `This is ${what}, not a heap dump: it does not begin with "go1.7 heap dump" (offset 0). ${WRITE_ONE}`;
}

function otherHeader(version: number): string {
  const age = version < 5 ? 'Go 1.4 or older, whose dumps have another layout' : 'a Go newer than this program knows';
  return `This heap dump was written by ${age} (header go1.${version} at offset 0). Headers go1.5, go1.6 and go1.7 can be read; Go 1.7 to 1.27 write the last.`;
}

const PROFILE =
  'A profile holds samples of allocations, not objects. Write a heap dump with runtime/debug.WriteHeapDump.';
const UNPACK = 'Unpack it and open the file inside.';

/** First bytes, what they are the beginning of, and what to do where it is not to write a dump. */
const SIGNATURES: [RegExp, string, string?][] = [
  [
    /^\x1f\x8b/,
    'a gzip file',
    `If it is a compressed dump, run gunzip and open the result. Most pprof profiles are gzip files too. ${PROFILE}`,
  ],
  [/^(heap profile|goroutine profile|--- (contention|mutex)|threadcreate profile)/, 'a pprof text profile', PROFILE],
  [/^\x0a[\x02-\x20]\x08[^]\x10[^]/, 'a pprof profile', PROFILE],
  [
    /^\x7fELF[^]{12}\x04\0/,
    'a core file',
    'Core files cannot be read. Write a heap dump with runtime/debug.WriteHeapDump.',
  ],
  [
    /^\x7fELF[^]\x02[^]{10}\0\x04/,
    'a core file',
    'Core files cannot be read. Write a heap dump with runtime/debug.WriteHeapDump.',
  ],
  [/^\x7fELF/, 'an ELF executable'],
  [/^(\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)/, 'a Mach-O executable'],
  [/^MZ/, 'a Windows executable'],
  [/^MDMP/, 'a Windows minidump'],
  [/^go 1\.\d+ trace\0/, 'a Go execution trace'],
  [/^JAVA PROFILE/, 'a Java heap dump'],
  [/^\{"snapshot"/, 'a V8 heap snapshot'],
  [/^PK\x03\x04/, 'a zip file', UNPACK],
  [/^\x28\xb5\x2f\xfd/, 'a zstd file', UNPACK],
  [/^\xfd7zXZ\0/, 'an xz file', UNPACK],
  [/^BZh\d/, 'a bzip2 file', UNPACK],
  [/^\x04\x22\x4d\x18/, 'an lz4 file', UNPACK],
];

/** Bytes as the characters of the same code. */
function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
