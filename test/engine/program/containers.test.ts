/** Executables of every container are read: build information, functions with lines, types. */
import { describe, expect, test } from 'vitest';
import { finish } from '../../../workers/lib/work';
import { readBuildInfo } from '../../../workers/program/build-info';
import { Dwarf } from '../../../workers/program/dwarf/dwarf';
import { fullName } from '../../../workers/program/type-names';
import type { Program } from '../../../workers/program/program';
import { executableOf, functionNamed, programOf } from '../../support/programs';

const TABLE = [
  {
    name: 'go1.27.4/poolcycle',
    container: 'ELF',
    architecture: 'amd64',
    version: 'go1.27.4',
    type: 'main.Item',
    debug: true,
  },
  {
    name: 'go1.27.4/poolcycle-stripped',
    container: 'ELF',
    architecture: 'amd64',
    version: 'go1.27.4',
    type: 'main.Item',
    debug: false,
  },
  {
    name: 'go1.27.4-pie/poolcycle-stripped',
    container: 'ELF',
    architecture: 'amd64',
    version: 'go1.27.4',
    type: 'main.Item',
    debug: false,
  },
  {
    name: 'go1.27.4-386/poolcycle-stripped',
    container: 'ELF',
    architecture: '386',
    version: 'go1.27.4',
    type: 'main.Item',
    debug: false,
  },
  {
    name: 'go1.19.8/poolcycle-stripped',
    container: 'ELF',
    architecture: 'amd64',
    version: 'go1.19.8',
    type: 'main.Item',
    debug: false,
  },
  {
    name: 'go1.26-darwin-arm64/mix-stripped',
    container: 'Mach-O',
    architecture: 'arm64',
    version: 'go1.26',
    type: 'main.Node',
    debug: false,
  },
  {
    name: 'go1.26-windows-amd64/mix-stripped',
    container: 'PE',
    architecture: 'amd64',
    version: 'go1.26',
    type: 'main.Node',
    debug: false,
  },
];

describe('containers', () => {
  for (const row of TABLE) {
    test(`${row.name} is read`, () => {
      const program = programOf(executableOf(row.name));
      expect(program.image.container).toBe(row.container);
      expect(program.image.architecture).toBe(row.architecture);
      expect(program.version.text).toContain(row.version);
      expect(
        readBuildInfo(program.image)?.settings['-compiler'] ?? readBuildInfo(program.image)?.settings['GOARCH'],
      ).toBeDefined();
      expect(program.debug).toBe(row.debug);
      expect(typeNames(program)).toContain(row.type);
      const main = functionNamed(program, 'main.main');
      expect(program.functions.nameOfEntry(program.functions.entry[main])).toBe('main.main');
      expect(program.functions.lines(program.functions.entry[main])[0]).toMatchObject({ function: 'main.main' });
      expect(program.functions.lines(program.functions.entry[main])[0].file).toMatch(/main\.go$/);
      expect(program.functions.lines(program.functions.entry[main])[0].line).toBeGreaterThan(0);
    });
  }

  test('a position-independent executable has the types of the other one', () => {
    const pie = typeNames(programOf(executableOf('go1.27.4-pie/poolcycle-stripped')));
    const plain = typeNames(programOf(executableOf('go1.27.4/poolcycle-stripped')));
    expect(pie.filter((name) => name.startsWith('main.'))).toEqual(plain.filter((name) => name.startsWith('main.')));
    expect(pie.length).toBeGreaterThan(500);
  });

  test('the slice of a fat file is chosen by architecture', () => {
    const arm = executableOf('go1.26-darwin-arm64/mix-stripped');
    const fat = fatFile([
      { cpuType: 0x01000007, bytes: new Uint8Array(4096) },
      { cpuType: 0x0100000c, bytes: arm },
    ]);
    const program = programOf(fat, 'arm64');
    expect(program.image.architecture).toBe('arm64');
    expect(typeNames(program)).toContain('main.Node');
  });

  test('inlined calls are listed innermost first', () => {
    const { functions } = programOf(executableOf('go1.27.4/poolcycle'));
    let deepest = 0;
    for (let i = 0; i < functions.count; i++) {
      for (let pc = functions.entry[i]; pc < functions.entry[i + 1] && pc < functions.entry[i] + 64; pc += 8) {
        const lines = functions.lines(pc);
        expect(lines.at(-1)?.function).toBe(functions.name(i));
        deepest = Math.max(deepest, lines.length);
      }
    }
    expect(deepest).toBeGreaterThan(2);
  });
});

/** Captured variables by closure, as debug information has them from Go 1.23 on; all variables of other functions. */
const DEBUG = [
  {
    form: 'DWARF 5, compressed as ELF has it',
    name: 'go1.27.4/poolcycle',
    version: 5,
    function: 'main.newOwner.func1.1',
    variables: ['it *main.Item captured at +8', 'p *sync.Pool captured at +16'],
  },
  {
    form: 'DWARF 4, compressed as ELF has it',
    name: 'go1.19.8/values',
    version: 4,
    function: 'main.counter.func1',
    variables: ['~r0 int', '&start *int', 'inner *main.Inner'],
  },
  {
    form: 'DWARF 4, compressed as Mach-O has it',
    name: 'go1.26-darwin-arm64/mix',
    version: 4,
    function: 'main.mkAdder.func1',
    variables: [
      'x int',
      '~r0 int',
      '&count *int captured at +8',
      'who *main.Handler captured at +16',
      'n int captured at +24',
    ],
  },
];

describe('debug information', () => {
  for (const { form, name, version, function: called, variables } of DEBUG) {
    test(`${form}: variables of a function, with what closures capture`, () => {
      const program = programOf(executableOf(name));
      const dwarf = finish(Dwarf.read(program.image));
      const found = dwarf?.functionAt(program.functions.entry[functionNamed(program, called)]);
      expect(found?.unit.version).toBe(version);
      const read = (found?.variables ?? []).map((at) => {
        const variable = dwarf?.variable(at);
        const type = variable && dwarf?.type(variable.type)?.name;
        return `${variable?.name} ${type}${variable?.closureOffset ? ` captured at +${variable.closureOffset}` : ''}`;
      });
      expect(read).toEqual(variables);
    });
  }

  test('package variables have names, addresses and types', () => {
    const program = programOf(executableOf('go1.27.4/poolcycle'));
    const dwarf = finish(Dwarf.read(program.image));
    const pool = dwarf?.globals.find(({ name }) => name === 'main.bufPool');
    expect(pool && dwarf?.type(pool.type)?.name).toBe('sync.Pool');
    const { data = 0, ebss = 0 } = program.module ?? {};
    expect(pool?.address).toBeGreaterThanOrEqual(data);
    expect(pool?.address).toBeLessThan(ebss);
  });
});

function typeNames({ types }: Program): string[] {
  return types ? [...types.scan()].map((type) => fullName(types, type)).sort() : [];
}

/** A fat Mach-O: big-endian header, one 20-byte entry for each slice, slices on pages. */
function fatFile(slices: { cpuType: number; bytes: Uint8Array }[]): Uint8Array {
  const page = 16384;
  const starts: number[] = [];
  let end = page;
  for (const { bytes } of slices) {
    starts.push(end);
    end += Math.ceil(bytes.length / page) * page;
  }
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0xcafebabe);
  view.setUint32(4, slices.length);
  slices.forEach(({ cpuType, bytes }, i) => {
    const at = 8 + 20 * i;
    [cpuType, 0, starts[i], bytes.length, 14].forEach((word, k) => view.setUint32(at + 4 * k, word));
    file.set(bytes, starts[i]);
  });
  return file;
}
