/** Dumps whose writer recorded the type of every allocation, under fixtures/dumps/go1.24, and how well names agree with that. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { HeapGraph } from '../../workers/graph/heap-graph';
import { NONE } from '../../workers/lib/none';
import type { Naming } from '../../workers/naming/naming';
import { graphOf } from './dumps';

const DUMPS = fileURLToPath(new URL('../../fixtures/dumps/', import.meta.url));

/** Address, bytes of the slot, pointer words, type; what follows may lack. */
const COLUMNS = 4;

/** What the allocator was told of one slot. */
export interface Allocation {
  size: number;
  /** The type; `-` for memory without one, `tiny{…}` for small values that share a slot. */
  type: string;
}

export interface TypedDump {
  graph: HeapGraph;
  /** slot address → what lies there */
  allocations: ReadonlyMap<number, Allocation>;
  /** Slots that are written as objects but hold the allocator's own bits. */
  phantoms: readonly number[];
}

/** A dump by name, as `go1.24/mix`. */
export async function typedDump(name: string): Promise<TypedDump> {
  const allocations = new Map<number, Allocation>();
  const phantoms: number[] = [];
  for (const line of unzipped(`${name}.types.tsv.gz`).toString('utf8').split('\n')) {
    const cells = line.split('\t');
    if (line.startsWith('#') || cells.length < COLUMNS) continue;
    const [address, size, , type, ...rest] = cells;
    if (type === 'phantom' || rest.includes('phantom')) phantoms.push(Number(address));
    else allocations.set(Number(address), { size: Number(size), type });
  }
  return { graph: await graphOf(new Uint8Array(unzipped(`${name}.heap.gz`))), allocations, phantoms };
}

function unzipped(file: string): Buffer {
  return gunzipSync(readFileSync(DUMPS + file));
}

export interface TypeScore {
  objects: number;
  bytes: number;
  right: number;
  rightBytes: number;
  wrong: number;
  /** The first few wrong names. */
  examples: string[];
  /** Headers of maps that hold something: all, those named as such, and what was named so but is none. */
  maps: { all: number; found: number; false: number };
  channels: { all: number; found: number; false: number };
}

const MOST_EXAMPLES = 10;
const MAP = /^(runtime\.hmap|internal\/runtime\/maps\.Map)$/;
const CHANNEL = /^runtime\.hchan/;

/** Memory without a type, and tiny blocks, count as right as they are. */
export function scoreTypes({ graph, allocations }: TypedDump, naming: Naming): TypeScore {
  const parts = () => ({ all: 0, found: 0, false: 0 });
  const score: TypeScore = {
    ...{ objects: 0, bytes: 0, right: 0, rightBytes: 0, wrong: 0, examples: [] },
    ...{ maps: parts(), channels: parts() },
  };
  for (const [address, { size, type }] of allocations) {
    const id = graph.index.objectAt(address);
    score.objects++;
    score.bytes += size;
    if (id === NONE) continue;
    // as the runtime prints it, like the truth: types of one name are told apart for people only
    const named = naming.reportLine(id).type || null;
    const untyped = type === '-' || type.startsWith('tiny');
    if (untyped || (named !== null && sameType(named, type))) {
      score.right++;
      score.rightBytes += size;
    } else if (named !== null) {
      score.wrong++;
      if (score.examples.length < MOST_EXAMPLES) score.examples.push(`${named} is ${type}`);
    }
    const role = naming.typeOf(id)?.role ?? 'plain';
    const filled = graph.referenceStart[id + 1] > graph.referenceStart[id];
    if (MAP.test(type) ? filled : role === 'map header') count(score.maps, MAP.test(type), role === 'map header');
    // Channels of pointer-free elements are allocated without a type.
    if (CHANNEL.test(type) || (role === 'channel' && type !== '-'))
      count(score.channels, CHANNEL.test(type), role === 'channel');
  }
  return score;
}

function count(part: TypeScore['maps'], is: boolean, found: boolean): void {
  if (is) part.all++;
  if (is && found) part.found++;
  if (!is && found) part.false++;
}

const RAW = /^(string|\[\d*\]u?int8|\[\d*\]byte|u?int8|byte|string data|bytes)$/;
const BOXED = /^(string|\[.*|u?int|u?int(16|32|64)|float64)$/;

/** Is a name right, or the equivalent of the true one? Several values side by side are allocated as one of them. */
function sameType(name: string, truth: string): boolean {
  const [mine, true_] = [plainName(name), plainName(truth)];
  const element = (type: string): string => type.replace(/^\[\d*\]/, '');
  if (element(mine) === element(true_) || element(mine) === true_) return true;
  if (true_.includes('go.shape.') && mine.split('[')[0] === true_.split('[')[0]) return true;
  if (RAW.test(true_)) return RAW.test(mine);
  if (/^runtime\..*InterfacePtr/.test(true_)) return BOXED.test(mine);
  if (MAP.test(true_)) return mine.startsWith('map[') || MAP.test(mine);
  if (CHANNEL.test(true_)) return mine.startsWith('chan ') || CHANNEL.test(mine);
  return true_.startsWith('struct { F uintptr') && /^(closure |func)/.test(mine);
}

function plainName(name: string): string {
  return name
    .trim()
    .replace(/^\[1\]/, '')
    .replace(/\bnoalg\./g, '');
}
