/** Whether an executable belongs to a dump, in words. */
import { describe, expect, test } from 'vitest';
import { executableFacts } from '../../../workers/naming/executable/executable-facts';
import type { HeapGraph } from '../../../workers/graph/heap-graph';
import type { Naming } from '../../../workers/naming/naming';
import { finish } from '../../../workers/lib/work';
import { matchProgram } from '../../../workers/naming/executable/program-match';
import type { ModuleData } from '../../../workers/program/module-data';
import { bytesOf, graphOf } from '../../support/dumps';
import { executableOf, nameGraph, namingOf, programOf } from '../../support/programs';

const TABLE = [
  {
    dump: 'go1.27.4/poolcycle',
    executable: 'go1.27.4/poolcycle',
    level: 'full',
    verdict: 'The executable matches: 29 of 29 frames, 22 recorded types, both segments.',
  },
  {
    dump: 'go1.27.4/poolcycle',
    executable: 'go1.27.4/poolcycle-stripped',
    level: 'full',
    verdict: 'The executable matches: 29 of 29 frames, 22 recorded types, both segments.',
  },
  {
    dump: 'go1.27.4/poolcycle',
    executable: 'go1.27.4/closureleak',
    level: 'none',
    verdict:
      /^This executable did not write the dump: the \w+ segment has \d+ bytes in the dump and \d+ in the executable\.$/,
  },
  {
    dump: 'go1.26.11/poolcycle',
    executable: 'go1.27.4/poolcycle',
    level: 'none',
    verdict:
      'This executable did not write the dump: the dump was written by go1.26.11, the executable built with go1.27.4.',
  },
  {
    dump: 'go1.27.4-386/poolcycle',
    executable: 'go1.27.4/poolcycle',
    level: 'none',
    verdict: 'This executable did not write the dump: the dump is of 386, the executable for amd64.',
  },
];

describe('an executable and a dump', () => {
  for (const { dump, executable, level, verdict } of TABLE) {
    test(`${executable} for ${dump}: ${level}`, async () => {
      const graph = await graphOf(bytesOf(`${dump}.heap`));
      const match = finish(matchProgram(graph.records, programOf(executableOf(executable))));
      expect(match.level).toBe(level);
      if (typeof verdict === 'string') expect(match.verdict).toBe(verdict);
      else expect(match.verdict).toMatch(verdict);
    });
  }

  test('a type of another name is a difference, of the same size as it may be', async () => {
    const graph = await graphOf(bytesOf('go1.27.4/poolcycle.heap'));
    const types = graph.records.types.map((type, i) => (i === 3 ? { ...type, name: 'main.Renamed' } : type));
    const match = finish(matchProgram({ ...graph.records, types }, programOf(executableOf('go1.27.4/poolcycle'))));
    expect(match.level).toBe('functions');
    expect(match.verdict).toMatch(/: the type at 0x[0-9a-f]+ is main\.Renamed in the dump and .+ in the executable\.$/);
  });

  test('facts of a stripped executable say what a rebuild would add', async () => {
    const graph = await graphOf(bytesOf('go1.27.4/poolcycle.heap'));
    const program = programOf(executableOf('go1.27.4/poolcycle-stripped'));
    const facts = executableFacts('poolcycle', program, finish(matchProgram(graph.records, program)));
    expect(facts).toMatchObject({ file: 'poolcycle', goVersion: 'go1.27.4', stripped: true, matches: true });
    expect(facts).toMatchObject({ debug: false, level: 'full' });
    expect(facts.verdict).toContain('It is stripped: variables have no names. A rebuild of the same commit');
  });
});

describe('another build of the same code', () => {
  const DUMP = 'go1.27.4/poolcycle';
  const AGREE = 'Another build of the same code: all 29 frames and 22 recorded types agree, but ';

  /** The executable as if its linker had placed data elsewhere, or more of it. */
  async function rebuilt(change: (module: ModuleData) => Partial<ModuleData>) {
    const graph = await graphOf(bytesOf(`${DUMP}.heap`));
    const program = programOf(executableOf(DUMP));
    const { module } = program;
    const other = { ...program, module: module && { ...module, ...change(module) } };
    return { graph, program: other, match: finish(matchProgram(graph.records, other)) };
  }

  test('whose data lies elsewhere gives functions, types and variables', async () => {
    const { match } = await rebuilt(({ data, edata, bss, ebss }) => ({
      ...{ data: data + 0x2000, edata: edata + 0x2000 },
      ...{ bss: bss + 0x2000, ebss: ebss + 0x2000 },
    }));
    expect(match).toMatchObject({ level: 'types', slide: 0, dataSlide: -0x2000 });
    expect(match.verdict).toMatch(/^Another build of the same code: .+\. Functions, types and variables are used\.$/);
  });

  test('with other data gives functions and types', async () => {
    const { match, graph, program } = await rebuilt(({ edata }) => ({ edata: edata + 32 }));
    expect(match).toMatchObject({ level: 'types', slide: 0, dataSlide: null });
    expect(match.verdict).toMatch(
      new RegExp(
        `^${AGREE}the data segment has \\d+ bytes in the dump and \\d+ in the executable\\. Functions and types are used\\.$`,
      ),
    );
    expect(executableFacts('poolcycle', program, match)).toMatchObject({ matches: true, debug: true, level: 'types' });
    const [partly, fully] = [await nameGraph(graph, program), await namingOf(DUMP, DUMP)];
    expect(differentNames(graph, partly, fully)).toEqual([]);
    expect(named(graph, partly)).toBeGreaterThan(0.9 * named(graph, fully));
    const roots = Array.from({ length: graph.roots.count }, (_, root) => partly.rootName(root));
    expect(roots.filter((name) => name?.startsWith('main.') && !/: | \+0x/.test(name))).toEqual([]);
  });

  test('of a dump that was cut before its globals says so', async () => {
    const bytes = bytesOf(`${DUMP}.heap`);
    const whole = await graphOf(bytes);
    const graph = await graphOf(bytes.subarray(0, whole.records.data!.contentsAt - 12));
    const match = finish(matchProgram(graph.records, programOf(executableOf(DUMP))));
    expect(match).toMatchObject({ level: 'types', slide: 0, dataSlide: null });
    expect(match.verdict).toBe(
      'The executable matches in all 29 frames and 22 recorded types; the dump ends before its globals.',
    );
  });
});

/** Objects whose types both tell, and tell differently. */
function differentNames(graph: HeapGraph, one: Naming, other: Naming): string[] {
  const told = (naming: Naming, id: number): string | null => {
    const { type, evidence } = naming.label(id);
    // the header of a map, whatever its keys and values
    return evidence === 'kind' || type === 'internal/runtime/maps.Map' ? null : type;
  };
  const names = Array.from({ length: graph.objectCount }, (_, i) => [told(one, i + 1), told(other, i + 1)]);
  return names
    .filter(([first, second]) => first !== null && second !== null && first !== second)
    .map(([first, second]) => `${first} or ${second}`);
}

function named(graph: HeapGraph, naming: Naming): number {
  return Array.from({ length: graph.objectCount }, (_, i) => naming.label(i + 1).type).filter(Boolean).length;
}
