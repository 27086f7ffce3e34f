/** The kinds that ways to a target are told by: whose roots go together, and what a program can hardly cut. */
import { KEEPER } from '../../cycles/keepers';
import { ROOT } from '../../graph/heap-graph';
import { goroutineOfRoot } from '../../graph/root-owner';
import { containersOf } from '../../heap/containers';
import type { WayKinds } from '../../kinds/free-ways';
import type { Kinds } from '../../kinds/kinds';
import type { AnalysedDump } from '../dump/opened-dump';

/** What only the runtime can cut: a way out where nothing else is left. */
export const RUNTIMES_OWN = 1000;

export interface OwnedWays extends WayKinds {
  /** Owner → the function that its goroutines run; null for owners that are kinds of roots, with the same numbers. */
  goroutinesOf(owner: number): string | null;
}

const RUNTIME = /^(runtime|internal\/.+)$/;
/** What a program starts and can stop, although the runtime keeps it. */
const TIMERS = /^(runtime\.(timer|timeTimer)|time\.(Timer|Ticker|runtimeTimer))$/;
const POOLS = /^sync\.(pool|\[\]\*?pool)/;

export function wayKinds(dump: AnalysedDump, kinds: Kinds): OwnedWays {
  const { objects, fields, roots } = kinds;
  const { ownerOfRoot, functions } = ownersOfRoots(dump, kinds);
  const containers = containersOf(dump.naming);
  const costOfRoot = (kind: number): number => (isProgramsOwn(roots.keeper[kind]) ? 1 : RUNTIMES_OWN);
  return {
    ofObject: objects.ofObject,
    kindCount: objects.count,
    ofReference: fields.ofReference,
    fieldCount: fields.count,
    ofRoot: roots.ofRoot,
    rootCount: roots.count,
    ownerOfRoot,
    isInside: (objectId) => containers.isInside(objectId),
    costOfField: (field) => {
      const owner = objects.text(fields.owner[field]);
      const isRuntimes = RUNTIME.test(objects.packageOf(fields.owner[field]) ?? '') || POOLS.test(owner);
      return isRuntimes && !TIMERS.test(owner) ? RUNTIMES_OWN : 1;
    },
    costOfRoot,
    costOfOwner: (owner) => {
      if (owner < roots.count) return costOfRoot(owner);
      return functions[owner - roots.count].startsWith('runtime.') ? RUNTIMES_OWN : 1;
    },
    goroutinesOf: (owner) => (owner < roots.count ? null : functions[owner - roots.count]),
  };
}

function isProgramsOwn(keeper: number): boolean {
  return keeper !== KEEPER.runtime && keeper !== KEEPER.pool && keeper !== KEEPER.other && keeper < KEEPER.cleanup;
}

/** Roots of goroutines that run one function have one owner, behind the kinds of roots; others have their kind. */
function ownersOfRoots(
  { graph }: AnalysedDump,
  { roots }: Kinds,
): { ownerOfRoot: Uint32Array; functions: readonly string[] } {
  const numbers = new Map<string, number>();
  const functions: string[] = [];
  const ownerOfRoot = roots.ofRoot.slice();
  for (let root = 0; root < graph.roots.count; root++) {
    const { kind } = graph.roots;
    if (kind[root] !== ROOT.stack && kind[root] !== ROOT.goroutine) continue;
    const goroutine = goroutineOfRoot(graph, root);
    if (goroutine === null) continue;
    const name = entryFunction(graph.records, goroutine);
    let number = numbers.get(name);
    if (number === undefined) {
      number = roots.count + functions.push(name) - 1;
      numbers.set(name, number);
    }
    ownerOfRoot[root] = number;
  }
  return { ownerOfRoot, functions };
}

/** The outermost function of a goroutine, the one that its go statement names. */
function entryFunction({ goroutines, frames }: AnalysedDump['graph']['records'], goroutine: number): string {
  const { firstFrame, frameCount } = goroutines[goroutine];
  for (let at = firstFrame + frameCount - 1; at >= firstFrame; at--)
    if (frames[at].function !== 'runtime.goexit') return frames[at].function;
  return 'no function';
}
