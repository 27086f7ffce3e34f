// Answers by kind over one dump with its executable, on this thread: `measure-kinds DUMP EXECUTABLE`. Prints a run as JSON; what they are held
// against, components and dominators, is measured in the same run.
import { readFileSync } from 'node:fs';
import { findComponents } from '../../workers/analysis/components';
import { findReachability } from '../../workers/analysis/reachability';
import { buildDominatorTree } from '../../workers/analysis/retained';
import { openFileSource } from '../../workers/hosts/file-source';
import { finish, type Work } from '../../workers/lib/work';
import { findCycleStructures } from '../../workers/session/computed/cycle-facts';
import { findFreeTarget } from '../../workers/session/computed/free-targets';
import { findKinds } from '../../workers/session/computed/kinds';
import { findDominatorTree, findPathTree } from '../../workers/session/computed/retention';
import { NodeNames } from '../../workers/session/rows/node-names';
import { analysedDump } from '../support/analysed-heap';
import { Laps } from './laps';

const [path, executable] = process.argv.slice(2);
const source = await openFileSource(path);
const dump = await analysedDump(source, new Uint8Array(readFileSync(executable)));
const { graph, account } = dump;
const tools = { checkpoint: () => undefined, drive: <T>(work: Work<T>) => Promise.resolve(finish(work)) };
const structures = await findCycleStructures(dump, tools);

const laps = new Laps(account);
const reachability = finish(findReachability(graph, account));
laps.end('reach');
const components = finish(findComponents(graph, reachability, account));
laps.end('components');
finish(buildDominatorTree(graph, reachability, components, account));
laps.end('dominators');
const kinds = await findKinds(dump, tools);
laps.end('kinds');
const tree = finish(findPathTree(dump, structures, kinds, null));
laps.end('retention by path');
finish(findDominatorTree(dump, kinds));
laps.end('retention by dominator');
const names = new NodeNames(tree, kinds);
laps.end('names of nodes');
// a target with many ancestors: what the most objects of a named type are, and then five of the kinds that hold them thought away
const members = objectsOfLargestKind(dump, kinds);
laps.end('choice of a target');
const { target, ways } = finish(findFreeTarget(dump, kinds, members));
laps.end('what would free a type');
finish(target.without([0, 1, 2, 3, 4].filter((way) => way < ways.ways.length)));
laps.end('free, five kinds ticked');
await source.close();

process.stdout.write(
  JSON.stringify({
    objects: graph.objectCount,
    references: graph.referenceTarget.length,
    kinds: kinds.objects.count,
    fields: kinds.fields.count,
    rootKinds: kinds.roots.count,
    nodes: names.ids.length,
    phases: laps.phases,
  }),
);

function objectsOfLargestKind({ graph }: typeof dump, { objects }: typeof kinds): Uint32Array {
  const counts = new Uint32Array(objects.count);
  for (let id = 1; id <= graph.objectCount; id++)
    if (graph.referenceStart[id + 1] > graph.referenceStart[id]) counts[objects.ofObject[id]]++;
  const largest = counts.indexOf(Math.max(...counts));
  return Uint32Array.from({ length: graph.objectCount }, (_, at) => at + 1).filter(
    (id) => objects.ofObject[id] === largest,
  );
}
