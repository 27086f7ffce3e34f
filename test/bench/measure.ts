// Opens one dump and runs every analysis, one after the other, on this thread: `measure PATH`. Prints a run as JSON.
import { findComponents } from '../../workers/analysis/components';
import { findCycleRetained } from '../../workers/analysis/cycle-retained';
import { findDistances } from '../../workers/analysis/distances';
import { findReachability } from '../../workers/analysis/reachability';
import type { Components } from '../../workers/analysis/results';
import { buildDominatorTree } from '../../workers/analysis/retained';
import { readHeapGraph } from '../../workers/graph/build';
import type { HeapGraph } from '../../workers/graph/heap-graph';
import { openFileSource } from '../../workers/hosts/file-source';
import { MemoryAccount } from '../../workers/lib/alloc';
import { finish, type Work } from '../../workers/lib/work';
import { Laps } from './laps';

const account = new MemoryAccount();
const source = await openFileSource(process.argv[2]);
const laps = new Laps(account);

const timed = <T>(phase: string, work: Work<T>): T => {
  const result = finish(work);
  laps.end(phase);
  return result;
};

const graph = await readGraph();
const reachability = timed('reach', findReachability(graph, account));
const components = timed('components', findComponents(graph, reachability, account));
timed('dominators', buildDominatorTree(graph, reachability, components, account));
const peakBytes = account.peak;
timed('cycles', findCycleRetained(graph, reachability, components, account));
timed('distances', findDistances(graph, reachability, account));
await source.close();

process.stdout.write(
  JSON.stringify({
    phases: laps.phases,
    peakBytes,
    peakBytesAll: account.peak,
    residentBytes: process.resourceUsage().maxRSS * 1024,
    found: {
      objects: graph.objectCount,
      references: graph.referenceTarget.length,
      garbageObjects: reachability.objects[reachability.objects.length - 1],
      ...cycleFacts(components),
    },
  }),
);

/** Reads the dump; ends the phase `read` where linking begins. */
async function readGraph(): Promise<HeapGraph> {
  let reading = true;
  const read = await readHeapGraph(source, {
    account,
    checkpoint: (phase) => {
      if (phase === 'link' && reading) laps.end('read');
      if (phase === 'link') reading = false;
    },
  });
  laps.end('link');
  return read;
}

function cycleFacts({ cycleCount, memberStart }: Components): Record<string, number> {
  let largestCycle = 0;
  for (let cycle = 0; cycle < cycleCount; cycle++) {
    largestCycle = Math.max(largestCycle, memberStart[cycle + 1] - memberStart[cycle]);
  }
  return { cycles: cycleCount, cycleObjects: memberStart[cycleCount], largestCycle };
}
