/** The dumps under fixtures/dumps, and what their programs printed about them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { ArraySource } from '../../workers/dump/byte-source';
import { readHeapGraph } from '../../workers/graph/build';
import type { HeapGraph } from '../../workers/graph/heap-graph';
import { MemoryAccount } from '../../workers/lib/alloc';

const DUMPS = fileURLToPath(new URL('../../fixtures/dumps/', import.meta.url));

/** What a program said about its own heap; addresses are `0x…` strings, of values. */
export interface Truth {
  objects: { name: string; addr: string; type: string; size: number; where: string; live: string }[];
  refs: { from: string; to: string; offset: number; toOffset?: number; field: string }[] | null;
  notes: string[];
  /** Planted cycles: by the names of objects, or by addresses where those have none. */
  sccs: { name: string; members: string[]; addrs?: string[] }[];
  counts: Record<string, number>;
}

/** Names of dumps with a truth beside them, as `go1.27.4/cache`. */
export function dumpsWithTruth(): string[] {
  const files = readdirSync(DUMPS, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.heap.truth.json'))
    .map((file) => file.slice(0, -'.heap.truth.json'.length))
    .sort();
}

/** A truth file is what our own recorder wrote, so its form is taken as known. */
export function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(`${DUMPS}${name}.heap.truth.json`, 'utf8')) as Truth;
}

export function bytesOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(DUMPS + file));
}

/** The bytes of a dump that is kept packed, by name: `go1.24.4/holders`. */
export function unpackedBytesOf(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(`${DUMPS}${name}.heap.gz`)));
}

/** Reads a dump from memory, with a window of so many bytes. */
export function graphOf(bytes: Uint8Array, windowBytes = 2 ** 22, account = new MemoryAccount()): Promise<HeapGraph> {
  return readHeapGraph(new ArraySource(bytes, 'test.heap'), { account, windowBytes });
}
