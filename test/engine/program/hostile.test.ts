/** Cut and mutated executables end in a sentence or in a verdict; they never crash or hang. */
import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../../fixtures/builder/random';
import type { HeapGraph } from '../../../workers/graph/heap-graph';
import { matchProgram } from '../../../workers/naming/program-match';
import { NotAnExecutable } from '../../../workers/program/file-view';
import type { Program } from '../../../workers/program/program';
import { bytesOf, graphOf } from '../../support/dumps';
import { executableOf, nameGraph, programOf } from '../../support/programs';

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
async function survive(bytes: Uint8Array): Promise<'refused' | 'no match' | 'named'> {
  let program: Program;
  try {
    program = programOf(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(NotAnExecutable);
    expect((error as NotAnExecutable).message).toMatch(/\w+ \w+ \w+/);
    return 'refused';
  }
  const match = matchProgram(graph.records, program);
  expect(match.verdict).toMatch(/\.$/);
  if (match.level !== 'full') return 'no match';
  const naming = await nameGraph(graph, program);
  for (let id = 1; id <= graph.objectCount; id += 97) {
    naming.reportLine(id);
    naming.reasonChain(id);
  }
  return 'named';
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

  test('a few bits in the types leave the rest named', async () => {
    const whole = executableOf('go1.27.4/poolcycle-stripped');
    const { module } = programOf(whole.slice());
    const outcomes = new Set<string>();
    for (let seed = 0; seed < SEEDS; seed++) {
      const random = new Random(seed);
      const bytes = whole.slice();
      const start = fileOffset(whole, module?.types ?? 0);
      const length = (module?.etypes ?? 0) - (module?.types ?? 0);
      for (let i = 0; i < 8; i++) bytes[start + random.below(length)] ^= 1 << random.below(8);
      outcomes.add(await survive(bytes));
    }
    expect(outcomes).toContain('named');
  });
});

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
