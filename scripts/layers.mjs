// Checks the import rules of .dependency-cruiser.cjs, and that the checker really saw the modules: with a compiler that it cannot load it
// reports "no violations" over nothing at all.
import { existsSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.cjs';

const FOLDERS = ['workers', 'src', 'fixtures/builder'].filter((folder) => existsSync(folder));
const MUST_SEE = [
  'workers/lib',
  'workers/dump',
  'workers/graph',
  'workers/analysis',
  'workers/session',
  'workers/api',
  'src/renderer',
  'src/cli',
];

const { options, forbidden } = rules;
const result = await cruise(FOLDERS, { ...options, ruleSet: { forbidden }, validate: true }, undefined, {
  tsConfig: extractTSConfig('tsconfig.base.json'),
});
const { modules, summary } = result.output;

const unseen = MUST_SEE.filter((folder) => !modules.some((module) => module.source.startsWith(`${folder}/`)));
const unresolved = modules.flatMap((module) =>
  module.dependencies
    .filter((dependency) => dependency.couldNotResolve)
    .map((dependency) => `${module.source} → ${dependency.module}`),
);

for (const violation of summary.violations)
  console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`);
for (const folder of unseen) console.error(`layers: no module of ${folder} was seen`);
for (const edge of unresolved) console.error(`layers: could not resolve ${edge}`);
console.log(`layers: ${modules.length} modules, ${summary.violations.length} violations`);
process.exitCode = summary.violations.length + unseen.length + unresolved.length > 0 ? 1 : 0;
