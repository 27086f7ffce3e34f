/** What packages of the desktop program are made of. Whether electron-builder understands its configuration, `npm run package:check` tells. */
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { PNG } from 'pngjs';
import { drawIcon } from '../../scripts/icon.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(resolve(PROJECT, file), 'utf8');

interface Configuration {
  files: string[];
  asarUnpack: string[];
  fileAssociations: { ext: string[]; mimeType: string; role: string }[];
  electronFuses: Record<string, boolean>;
}
const { files, asarUnpack, fileAssociations, electronFuses } = JSON.parse(
  read('electron-builder.json'),
) as Configuration;
const { main, dependencies } = JSON.parse(read('package.json')) as { main: string; dependencies: object };
const taken = files.filter((file) => !file.startsWith('!'));
const left = files.filter((file) => file.startsWith('!')).map((file) => file.slice(1));

test('every file that is taken or left out exists', () => {
  expect([...taken, ...left, ...asarUnpack].filter((file) => !existsSync(resolve(PROJECT, file)))).toEqual([]);
  expect(taken.some((folder) => main.startsWith(`${folder}/`))).toBe(true);
});

test('what the program imports is in the package, and no package more', () => {
  const packages = [...imported('out/main/index.js'), ...imported('out/main/analysis.process.js')];
  const wanted = new Set(packages.filter((name) => name !== 'electron'));
  const packed = Object.keys(dependencies).filter(
    (name) => !left.some((path) => `node_modules/${name}/`.startsWith(`${path}/`)),
  );
  expect([...wanted].toSorted()).toEqual(packed.toSorted());
});

test('a dump is opened by association, whatever its executable’s name may be beside it', () => {
  expect(fileAssociations).toMatchObject([{ ext: ['heap', 'heapdump'], role: 'Viewer' }]);
  // Linux associates by type, never by ending alone
  expect(fileAssociations[0].mimeType).toMatch(/^application\//);
});

test('the program is no Node for whoever finds it, and runs its own code only', () => {
  expect(electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('the icon is the drawing, as large as any system asks for', () => {
  const icon = readFileSync(resolve(PROJECT, 'build/icon.png'));
  expect(icon.equals(drawIcon())).toBe(true);
  const { width, height } = PNG.sync.read(icon);
  expect([width, height]).toEqual([1024, 1024]);
});

/** Packages that a built file imports, by itself or by the files that it imports. */
function imported(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const words = [...read(file).matchAll(/(?:^import|^export|\bimport\()[^'"]*?["']([^'"]+)["']/gm)].map(
    (match) => match[1],
  );
  return words.flatMap((word) => {
    if (word.startsWith('.')) return imported(`${dirname(file)}/${word}`.replaceAll('/./', '/'), seen);
    return word.startsWith('node:') || builtinModules.includes(word) ? [] : [word];
  });
}
