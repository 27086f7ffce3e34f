// Holds electron-builder.json against electron-builder's own schema: `npm run package:check`, which fetches that package for the purpose, for it
// is no dependency (docs/decisions/0013).
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { Ajv } from 'ajv';

const PROJECT = resolve(import.meta.dirname, '..');

// npx puts the commands of what it has fetched on the path
const schema = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => resolve(folder, '../app-builder-lib/scheme.json'))
  .find((file) => existsSync(file));
if (schema === undefined) {
  console.error('There is no electron-builder on the path: this is to be run by `npm run package:check`.');
  process.exit(1);
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const validate = new Ajv({ strict: false, allErrors: true }).compile(read(schema));
const configuration = read(resolve(PROJECT, 'electron-builder.json'));
const complaints = validate(configuration) ? [] : validate.errors;
for (const { instancePath, message, params } of complaints)
  console.error(`electron-builder.json${instancePath} ${message} ${JSON.stringify(params)}`);
console.log(`electron-builder.json: ${complaints.length} complaints`);
process.exitCode = complaints.length > 0 ? 1 : 0;
