/** What can be said about a dump once it is read: does it agree with itself, and is there more in the file. */
import type { GoVersion } from '../go/version';
import { headerVersion, FILE_HEADER_BYTES } from './identify';
import type { DumpNote, DumpRecords } from './records';
import type { Window } from './window';

/** A note about a version that nobody knows, and how the dump is read. */
export function versionNote({ note }: GoVersion): DumpNote[] {
  return note === null ? [] : [{ code: 'go-version-unknown', message: note, offset: null }];
}

/** A note about bytes after the end record, where there are any. */
export async function trailingNote(window: Window): Promise<DumpNote[]> {
  const { offset, left } = window;
  if (left === 0) return [];
  while (window.end - window.at < Math.min(FILE_HEADER_BYTES, left) && (await window.more()));
  const isDump = headerVersion(window.bytes.subarray(window.at, window.end)) !== null;
  const more = `${left} bytes follow the end of the dump`;
  if (isDump) {
    const message = `${more} and begin with the header of another dump; only the first dump is read.`;
    return [{ code: 'another-dump-follows', message, offset }];
  }
  const message = `${more}: the rest of an older, longer file that was not cut before writing, or a sign of damage before.`;
  return [{ code: 'bytes-after-end', message, offset }];
}

/** Whether the runtime counted as many objects and bytes as were read; null where the dump does not say. */
export function agreesWithRuntime({ memstats }: DumpRecords, objects: number, bytes: number): boolean | null {
  return memstats && memstats['HeapObjects'] === objects && memstats['HeapAlloc'] === bytes;
}

/**
 * A smaller share is no reason to distrust a dump: what is counted by a rule about the allocator's free slots errs by a few objects of some
 * pages. The figures stand side by side in the summary all the same.
 */
const TELLING_SHARE = 0.001;

/** Notes where the runtime counted other objects or bytes than the file holds, by more than a few. */
export function totalsNote(records: DumpRecords, objects: number, bytes: number): DumpNote[] {
  const { memstats } = records;
  if (memstats === null) return [];
  const differing = [
    difference('HeapObjects', memstats['HeapObjects'], objects, 'objects'),
    difference('HeapAlloc', memstats['HeapAlloc'], bytes, 'bytes'),
  ].filter((sentence) => sentence !== null);
  if (differing.length === 0) return [];
  const message = `The dump does not agree with the runtime's statistics: ${differing.join('; ')}.`;
  return [{ code: 'counts-differ', message, offset: null }];
}

function difference(name: string, stated: number, counted: number, unit: string): string | null {
  if (Math.abs(stated - counted) <= TELLING_SHARE * stated) return null;
  const by = Math.abs(stated - counted);
  return `memstats.${name} is ${stated}, the file holds ${counted} ${unit} (${by} ${stated > counted ? 'fewer' : 'more'})`;
}
