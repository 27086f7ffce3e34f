/** What is read of executables, counted: each container, architecture and form of debug information. */
import { expect, test } from 'vitest';
import { finish } from '../../workers/lib/work';
import { readBuildInfo } from '../../workers/program/build-info';
import { Dwarf } from '../../workers/program/dwarf/dwarf';
import { executableOf, functionNamed, programOf } from '../support/programs';

const EXECUTABLES = [
  'go1.19.8/poolcycle-stripped',
  'go1.19.8/values',
  'go1.21-darwin-amd64/mix',
  'go1.24/httpd',
  'go1.24/httpd-stripped',
  'go1.24-linux-arm64/mix',
  'go1.26-darwin-arm64/mix',
  'go1.26-darwin-arm64/mix-stripped',
  'go1.26-windows-amd64/mix',
  'go1.26-windows-amd64/mix-stripped',
  'go1.27.4/closureleak',
  'go1.27.4/poolcycle-stripped',
  'go1.27.4-386/poolcycle-stripped',
  'go1.27.4-pie/poolcycle-stripped',
];

const COLUMNS = ['executable', 'container', 'machine', 'Go', 'settings', 'functions', 'types', 'DWARF', 'variables'];

/** One line of the table. */
function lineOf(name: string): string[] {
  const program = programOf(executableOf(name));
  const { image, functions, types, version } = program;
  const dwarf = finish(Dwarf.read(image));
  const main = dwarf?.functionAt(functions.entry[functionNamed(program, 'main.main')]);
  return [
    name,
    image.container,
    image.architecture,
    version.text,
    String(Object.keys(readBuildInfo(image)?.settings ?? {}).length),
    String(functions.count),
    String(types ? [...types.scan()].length : 0),
    main ? String(main.unit.version) : '–',
    String(dwarf?.globals.length ?? 0),
  ];
}

test('the table', async () => {
  const rows = [COLUMNS, ...EXECUTABLES.map(lineOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const text = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join('  '));
  await expect(text.map((line) => `${line.trimEnd()}\n`).join('')).toMatchFileSnapshot(
    'answers/naming/executables.txt',
  );
});
