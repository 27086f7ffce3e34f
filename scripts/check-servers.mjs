// Holds a build against what is known of real servers: `node scripts/check-servers.mjs FOLDER`. The folder has one for each server with `exe` and
// its dumps; test/servers/known.json says how many objects of a type and goroutines by their `go` statement each dump holds, as the servers
// themselves and their load generators counted. It ends with 1 where a count differs.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '..');
const KNOWN = JSON.parse(readFileSync(resolve(PROJECT, 'test/servers/known.json'), 'utf8'));
const LARGEST_ANSWER = 2 ** 30;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('node scripts/check-servers.mjs FOLDER');
  process.exit(2);
}

let wrong = 0;
let right = 0;
for (const [server, { executables, paths, types, goroutines }] of Object.entries(KNOWN)) {
  const dumps = Object.keys(executables).filter((dump) => existsSync(fileOf(server, `${dump}.heap`)));
  if (dumps.length === 0) console.log(`${server}: no dumps here`);
  for (const dump of dumps) {
    const given = [fileOf(server, `${dump}.heap`), '--exe', fileOf(server, executables[dump])];
    const objects = new Map(ask('types', given).types.map((row) => [row.name, row.objects]));
    for (const [name, counts] of Object.entries(types))
      compare(`${server} ${dump}: ${name}`, counts[dump], objects.get(fullName(name, paths)) ?? 0);
    const started = new Map();
    for (const { createdBy } of ask('goroutines', given).goroutines)
      started.set(createdBy?.function, (started.get(createdBy?.function) ?? 0) + 1);
    for (const [name, counts] of Object.entries(goroutines))
      compare(`${server} ${dump}: goroutines by ${name}`, counts[dump], started.get(fullName(name, paths)) ?? 0);
  }
}
console.log(`${right} of ${right + wrong} counts are as known`);
process.exitCode = wrong > 0 ? 1 : 0;

function fileOf(server, name) {
  return resolve(folder, server, name);
}

/** `server.client` is of the package that `paths` calls `server`. */
function fullName(name, paths) {
  const [short] = name.split('.');
  return short in paths ? paths[short] + name.slice(short.length) : name;
}

function ask(command, given) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve(PROJECT, 'bin/heapknot.mjs'), command, ...given, '--json', '--limit', 'all', '--quiet'],
    { encoding: 'utf8', maxBuffer: LARGEST_ANSWER },
  );
  if (status !== 0) throw new Error(`heapknot ${command} ${given.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}

function compare(what, known, found) {
  if (known === undefined) return;
  if (known === found) right++;
  else {
    wrong++;
    console.log(`${what}: ${found}, known are ${known}`);
  }
}
