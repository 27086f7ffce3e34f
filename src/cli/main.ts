/** Entry of the `heapknot` command; `bin/heapknot.mjs` imports the built form, which lies as deep under the package's folder as this file. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { processIo } from './process-io';
import { runHeapknot } from './program';

const packageFolder = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(resolve(packageFolder, 'package.json'), 'utf8')) as { version: string };

const code = await runHeapknot(process.argv.slice(2), processIo(packageFolder), version);
// All output has been written: every write was awaited. Left to itself, Node 20.20 now and then waits for ever at its end, for a compiler
// thread that waits for a collection (4 of 46 runs of a small script that opened dumps).
process.exit(code);
