/** Cut and mutated executables end in a sentence or in a verdict; they never crash or hang. */
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../../fixtures/builder/random';
import type { HeapGraph } from '../../../workers/graph/heap-graph';
import { finish } from '../../../workers/lib/work';
import { closureGroups } from '../../../workers/values/closure-summary';
import { countCoverage } from '../../support/coverage';
import { decodeObject, fieldPathInWords } from '../../../workers/values/decode-value';
import type { Naming } from '../../../workers/naming/naming';
import { findPools } from '../../../workers/values/pool-summary';
import { matchProgram } from '../../../workers/naming/executable/program-match';
import { NotAnExecutable } from '../../../workers/program/file-view';
import { loadProgram, type Program } from '../../../workers/program/program';
import { bytesOf, graphOf } from '../../support/dumps';
import { executableOf, nameGraph, programOf } from '../../support/programs';

const go = (): undefined => undefined;

const CUTS = 12;
const SEEDS = 12;
const WORDS = 24;
/** Numbers that lengths, counts and offsets dislike. */
const NASTY = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff8, 0x10000, 0x41414141];

let graph: HeapGraph;
beforeAll(async () => {
  graph = await graphOf(bytesOf('go1.27.4/poolcycle.heap'));
});

/** Loads and uses an executable as a session would; what is no executable must say so in a sentence. */
async function survive(
  bytes: Uint8Array,
  load: (bytes: Uint8Array) => Program = programOf,
): Promise<'refused' | 'no match' | 'named'> {
  let program: Program;
  try {
    program = load(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(NotAnExecutable);
    expect((error as NotAnExecutable).message).toMatch(/\w+ \w+ \w+/);
    return 'refused';
  }
  const match = finish(matchProgram(graph.records, program));
  expect(match.verdict).toMatch(/\.$/);
  if (match.level !== 'full') return 'no match';
  await askEverything(await nameGraph(graph, program));
  return 'named';
}

/** Every question about names, of the dump as a whole and of some objects. */
async function askEverything(naming: Naming): Promise<void> {
  const { objects } = await countCoverage(naming, go);
  expect(objects.exact + objects.likely + objects.kind + objects.shape).toBe(graph.objectCount);
  await closureGroups(naming, go);
  await findPools(naming, go);
  for (let root = 0; root < graph.roots.count; root += 11) naming.rootName(root);
  for (let id = 1; id <= graph.objectCount; id += 31) {
    naming.reportLine(id);
    naming.reasonChain(id);
    await decodeObject(naming, id);
    for (const offset of [0, 8, 24, 4096]) await fieldPathInWords(naming, id, offset);
  }
}

describe('cut executables', () => {
  for (const name of ['go1.27.4/poolcycle', 'go1.26-darwin-arm64/mix-stripped', 'go1.26-windows-amd64/mix-stripped']) {
    test(name, async () => {
      const whole = executableOf(name);
      for (let i = 0; i < CUTS; i++) await survive(whole.slice(0, Math.floor((whole.length * i) / CUTS)));
      for (const bytes of [0, 1, 63, 64, 65, 512, 4096]) expect(await survive(whole.slice(0, bytes))).toBe('refused');
    });
  }
});

describe('mutated executables', () => {
  for (const name of ['go1.27.4/poolcycle', 'go1.27.4-386/poolcycle-stripped', 'go1.26-darwin-arm64/mix-stripped']) {
    for (const where of ['headers', 'tables', 'debug'] as const) {
      test(`${name}: ${where}`, async () => {
        const whole = executableOf(name);
        const [from, to] = region(whole, where);
        for (let seed = 0; seed < SEEDS; seed++) {
          const random = new Random(seed);
          const bytes = whole.slice();
          const view = new DataView(bytes.buffer);
          const words = 1 + random.below(WORDS);
          for (let i = 0; i < words; i++) {
            const at = from + random.below(Math.max(1, to - from - 4));
            view.setUint32(at - (at % 4), random.oneIn(3) ? random.below(2 ** 32) : random.pick(NASTY), true);
          }
          await survive(bytes);
        }
      });
    }
  }
});

/** Damage that the match does not see: the executable is believed, and must do no harm all the same. */
describe('matching executables with damage inside', () => {
  const NAME = 'go1.27.4/poolcycle';

  for (const { what, flips, words } of [
    { what: 'bits of types', flips: 16, words: 0 },
    { what: 'whole words of types', flips: 0, words: 8 },
  ]) {
    test(what, async () => {
      const whole = executableOf(NAME);
      const { module } = programOf(whole.slice());
      const start = fileOffset(whole, module?.types ?? 0);
      const length = (module?.etypes ?? 0) - (module?.types ?? 0);
      const outcomes: string[] = [];
      for (let seed = 0; seed < SEEDS; seed++) {
        const random = new Random(seed);
        const bytes = whole.slice();
        for (let i = 0; i < flips; i++) bytes[start + random.below(length)] ^= 1 << random.below(8);
        for (let i = 0; i < words; i++) writeNasty(bytes, start + random.below(length - 4), random);
        outcomes.push(await survive(bytes));
      }
      expect(outcomes).toContain('named');
    });
  }

  test('debug information that is damaged behind its compression', async () => {
    const whole = executableOf(NAME);
    const outcomes = new Set<string>();
    for (let seed = 0; seed < SEEDS; seed++) {
      const random = new Random(seed);
      const inflate = (source: Uint8Array): Uint8Array => {
        const section = new Uint8Array(inflateSync(source));
        for (let i = 0; i < 4; i++) {
          if (section.length > 8) writeNasty(section, random.below(section.length - 4), random);
          section[random.below(section.length)] ^= 1 << random.below(8);
        }
        return section;
      };
      outcomes.add(
        await survive(whole.slice(), (bytes) => finish(loadProgram(bytes, { inflate, architecture: null }))),
      );
    }
    expect([...outcomes]).toEqual(['named']);
  });

  test('sections that inflate to nothing, or to a little of another', async () => {
    for (const length of [0, 1, 7, 64]) {
      const inflate = (): Uint8Array => new Uint8Array(length).fill(0x2e);
      expect(
        await survive(executableOf(NAME), (bytes) => finish(loadProgram(bytes, { inflate, architecture: null }))),
      ).toBe('named');
    }
  });
});

function writeNasty(bytes: Uint8Array, at: number, random: Random): void {
  const aligned = at - (at % 4);
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(aligned, random.pick(NASTY), true);
}

test('files that no linker wrote are refused by what they are', () => {
  const text = new TextEncoder().encode(
    '#!/bin/sh\necho not an executable, but long enough to look at it in earnest\n',
  );
  expect(() => programOf(text)).toThrow('not an ELF, Mach-O or PE file');
  expect(() => programOf(new Uint8Array(0))).toThrow('0 bytes are too few for an executable');
  const elf = new Uint8Array(64);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  expect(() => programOf(elf)).toThrow(NotAnExecutable);
});

/** Where in the file headers, Go's tables and the rest begin and end; tables by the module data of the whole file. */
function region(whole: Uint8Array, where: 'headers' | 'tables' | 'debug'): [number, number] {
  if (where === 'headers') return [4, 2048];
  const { module, functions } = programOf(whole.slice());
  const table = fileOffset(whole, functions.at);
  if (where === 'tables') return [Math.min(table, fileOffset(whole, module?.types ?? 0)), table + 65536];
  return [Math.floor(whole.length * 0.7), whole.length];
}

function fileOffset(whole: Uint8Array, address: number): number {
  const { image } = programOf(whole.slice());
  return image.bytes(address, 1).byteOffset;
}
