/** Entry of the `heapknot` command; `bin/heapknot.mjs` imports the built form, which lies as deep under the package's folder as this file. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { processIo } from './process-io';
import { runHeapknot } from './program';

const packageFolder = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(resolve(packageFolder, 'package.json'), 'utf8')) as { version: string };

process.exitCode = await runHeapknot(process.argv.slice(2), processIo(packageFolder), version);
