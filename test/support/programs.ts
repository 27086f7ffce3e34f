/** The executables under fixtures/executables, and dumps named by them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { HeapGraph } from '../../workers/graph/heap-graph';
import { MemoryAccount } from '../../workers/lib/alloc';
import { nameObjects } from '../../workers/naming/name-objects';
import type { Naming } from '../../workers/naming/naming';
import { finish } from '../../workers/lib/work';
import { matchProgram } from '../../workers/naming/executable/program-match';
import type { Architecture } from '../../workers/program/image';
import { loadProgram, type Program } from '../../workers/program/program';
import { bytesOf, graphOf } from './dumps';

const EXECUTABLES = fileURLToPath(new URL('../../fixtures/executables/', import.meta.url));

/** Bytes of an executable by name, as `go1.27.4/poolcycle`; each call makes a copy, for loading writes into it. */
export function executableOf(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(`${EXECUTABLES}${name}.gz`)));
}

export function programOf(bytes: Uint8Array, architecture: Architecture | null = null): Program {
  return finish(loadProgram(bytes, { inflate: (source) => inflateSync(source), architecture }));
}

/** Names a dump, as `go1.27.4/poolcycle`, by an executable whose types must be those of the dump, or alone. */
export async function namingOf(dump: string, executable: string | null): Promise<Naming> {
  const graph = await graphOf(bytesOf(`${dump}.heap`));
  return nameGraph(graph, executable === null ? null : programOf(executableOf(executable)));
}

/** `windows`: bytes that may be kept, and bytes of one window; left out, all of the dump is in memory. */
export async function nameGraph(
  graph: HeapGraph,
  program: Program | null,
  account = new MemoryAccount(),
  windows: { windowBudget: number; windowBytes?: number } = { windowBudget: 2 ** 28 },
): Promise<Naming> {
  const match = program && finish(matchProgram(graph.records, program));
  if (match && match.level !== 'full' && match.level !== 'types') throw new Error(match.verdict);
  return nameObjects(graph, {
    executable: program && match ? { program, slide: match.slide, dataSlide: match.dataSlide } : null,
    account,
    ...windows,
    checkpoint: () => undefined,
  });
}

/** The number of the function with a name; throws where there is none. */
export function functionNamed({ functions }: Program, name: string): number {
  for (let i = 0; i < functions.count; i++) if (functions.name(i) === name) return i;
  throw new Error(`no function ${name}`);
}
