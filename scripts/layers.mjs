// Checks the import rules of .dependency-cruiser.cjs, which deny by default: a folder of code that no row names fails, and so does a row whose
// folder is not there. Also that the checker really saw the modules: with a compiler that it cannot load it reports "no violations" over nothing
// at all. Words after the command are folders to look at in place of the project's (the tests plant files in a copy).
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.cjs';

process.chdir(resolve(process.argv[2] ?? '.'));
const FOLDERS = ['workers', 'src', 'fixtures/builder'].filter((folder) => existsSync(folder));

const { layers, options, forbidden } = rules;
const result = await cruise(FOLDERS, { ...options, ruleSet: { forbidden }, validate: true }, undefined, {
  tsConfig: extractTSConfig('tsconfig.base.json'),
});
const { modules, summary } = result.output;
const sources = modules
  .map(({ source }) => source)
  .filter((source) => FOLDERS.some((folder) => source.startsWith(`${folder}/`)));

const complaints = [
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ...sources
    .filter((source) => !hasLayer(source))
    .map((source) => `no layer: ${source} lies in a folder that the rules do not name`),
  ...layers
    .filter(({ from }) => !sources.some((source) => source.startsWith(`${from}/`)))
    .map(({ from }) => `no folder: a rule names ${from}, where no module was seen`),
  ...modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ couldNotResolve }) => couldNotResolve)
      .map(({ module }) => `could not resolve: ${source} → ${module}`),
  ),
];
for (const complaint of complaints) console.error(complaint);
console.log(`layers: ${sources.length} modules, ${complaints.length} complaints`);
process.exitCode = complaints.length > 0 ? 1 : 0;

/** A row with rooms inside speaks of the files beside them only: another folder beside them needs a row of its own. */
function hasLayer(source) {
  const rows = layers.map(({ from }) => from);
  const own = rows.filter((from) => source.startsWith(`${from}/`)).sort((a, b) => b.length - a.length)[0];
  if (own === undefined) return false;
  const rooms = rows.some((from) => from.startsWith(`${own}/`));
  return !rooms || !source.slice(own.length + 1).includes('/');
}
