/** Every dump of the fixtures, whole or broken, of any word size and byte order, is named alone without harm. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { closureGroups } from '../../../workers/values/closure-summary';
import { countCoverage } from '../../support/coverage';
import { decodeObject } from '../../../workers/values/decode-value';
import { findPools } from '../../../workers/values/pool-summary';
import type { HeapGraph } from '../../../workers/graph/heap-graph';
import { bytesOf, graphOf } from '../../support/dumps';
import { executableOf, nameGraph, programOf } from '../../support/programs';

const DUMPS = fileURLToPath(new URL('../../../fixtures/dumps/', import.meta.url));
const LARGEST = 800_000;

const go = (): undefined => undefined;

/** The graph of a file, null where it is no dump at all. */
async function graphIn(file: string): Promise<HeapGraph | null> {
  try {
    return await graphOf(bytesOf(file));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotADump') return null;
    throw error;
  }
}

async function ask(graph: HeapGraph, executable: string | null): Promise<number> {
  const naming = await nameGraph(graph, executable === null ? null : programOf(executableOf(executable)));
  const { objects } = await countCoverage(naming, go);
  await closureGroups(naming, go);
  await findPools(naming, go);
  for (let id = 1; id <= graph.objectCount; id += 41) {
    expect(naming.reason(id)).toMatch(/\.$/);
    await decodeObject(naming, id);
  }
  return objects.exact + objects.likely + objects.kind;
}

describe('dumps alone', () => {
  const files = readdirSync(DUMPS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.heap'))
    .sort();
  for (const file of files) {
    test(file, async () => {
      const bytes = bytesOf(file);
      if (bytes.length > LARGEST) return;
      const graph = await graphIn(file);
      if (!graph) return;
      const named = await ask(graph, null);
      if (graph.objectCount > 100) expect(named).toBeGreaterThan(0);
    });
  }
});

describe('dumps that end early, with their executable', () => {
  test('cut at every eighth', async () => {
    const bytes = bytesOf('go1.27.4/poolcycle.heap');
    for (let eighth = 1; eighth < 8; eighth++) {
      const graph = await graphOf(bytes.slice(0, Math.floor((bytes.length * eighth) / 8)));
      expect(graph.records.state).toBe('truncated');
      await ask(graph, graph.records.bss ? 'go1.27.4/poolcycle' : null);
    }
  });
});
