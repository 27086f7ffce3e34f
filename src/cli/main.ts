/** Entry of the `heapknot` command; `bin/heapknot.mjs` imports the built form. */
import { version } from '../../package.json';
import { processIo } from './process-io';
import { runHeapknot } from './program';

process.exitCode = await runHeapknot(process.argv.slice(2), processIo(), version);
