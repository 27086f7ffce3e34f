/** Root paths sorted by what they look like: kind of root, then field and kind of each object, recursion and insides of containers told once. */
import { countRest, nextPath, searchRootPaths, type RootPath } from '../../analysis/root-paths';
import type { PathKindRow } from '../../api/path-rows';
import type { PathKindsQuery } from '../../api/session';
import { ContainerInsides } from '../../kinds/containers-inside';
import type { Kinds } from '../../kinds/kinds';
import { FOLDED_WITHIN } from '../../kinds/way-tree';
import { NONE } from '../../lib/none';
import type { Work } from '../../lib/work';
import { requireObject } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { avoidIds } from './avoided';
import { holderOf } from './held';
import { rootPathRow } from './root-paths';

export interface FoundPathKind {
  /** Kind of root. */
  readonly root: number;
  readonly steps: readonly Step[];
  readonly example: RootPath;
  readonly exampleAt: number;
  paths: number;
}

interface Step {
  readonly kind: number;
  readonly field: number;
}

/** Paths that are looked at, and objects on them: a thousand goroutines lead to most objects, and a list may be a million long. */
const MOST_PATHS = 10_000;
const MOST_STEPS = 2 ** 22;

export function* findPathKinds(
  dump: AnalysedDump,
  kinds: Kinds,
  query: PathKindsQuery,
): Work<{ total: number; told: number; kinds: FoundPathKind[] }> {
  const target = requireObject(dump.graph, query.address);
  const avoid = avoidIds(dump, kinds, target, query.avoid ?? {});
  const search = searchRootPaths(dump.graph, dump.reachability, dump.roots, target, avoid, dump.account);
  const insides = new ContainerInsides(dump.naming.beliefs);
  const found = new Map<string, FoundPathKind>();
  let told = 0;
  let objects = 0;
  try {
    while (told < MOST_PATHS && objects < MOST_STEPS) {
      const path = yield* nextPath(search);
      if (!path) return { total: told, told, kinds: nearestFirst(found) };
      objects += path.objects.length;
      note(found, path, told++, kinds, insides);
    }
    return { total: told + (yield* countRest(search)), told, kinds: nearestFirst(found) };
  } finally {
    search.return();
  }
}

function note(
  found: Map<string, FoundPathKind>,
  path: RootPath,
  at: number,
  kinds: Kinds,
  insides: ContainerInsides,
): void {
  const root = kinds.roots.ofRoot[path.root];
  const steps = stepsOf(path, kinds, insides);
  const key = [root, ...steps.map(({ field, kind }) => `${field}>${kind}`)].join(' ');
  const known = found.get(key);
  if (known) known.paths++;
  else found.set(key, { root, steps, example: path, exampleAt: at, paths: 1 });
}

function stepsOf({ objects, references }: RootPath, kinds: Kinds, insides: ContainerInsides): Step[] {
  const steps: Step[] = [];
  for (const [at, id] of objects.entries()) {
    const isInside = at > 0 && insides.isInsideOf(id, objects[at - 1]);
    if (isInside && at + 1 < objects.length) continue;
    const kind = kinds.objects.ofObject[id];
    const back = steps.slice(-FOLDED_WITHIN).findLastIndex((step) => step.kind === kind);
    if (back >= 0) steps.length = Math.max(0, steps.length - FOLDED_WITHIN) + back + 1;
    else steps.push({ kind, field: at === 0 ? NONE : kinds.fields.ofReference[references[at - 1]] });
  }
  return steps;
}

/** Of equally near ones those of most paths. */
function nearestFirst(found: ReadonlyMap<string, FoundPathKind>): FoundPathKind[] {
  return [...found.values()].sort((a, b) => a.example.objects.length - b.example.objects.length || b.paths - a.paths);
}

export async function pathKindRow(
  dump: AnalysedDump,
  { objects, fields, roots }: Kinds,
  { root, steps, example, exampleAt, paths }: FoundPathKind,
): Promise<PathKindRow> {
  return {
    root: { name: roots.text(root), holder: holderOf(roots.keeper[root]) },
    steps: steps.map(({ kind, field }) => ({
      name: objects.text(kind),
      field: field === NONE ? null : fields.text(field) || null,
    })),
    paths,
    length: example.objects.length,
    example: await rootPathRow(dump, example),
    exampleAt,
  };
}
