/** Root paths as a caller asks for them: what to avoid by address, answers with the pointers that lead on. */
import { countRest, nextPath, searchRootPaths, type RootPath as FoundPath } from '../../analysis/root-paths';
import { EngineError } from '../../api/errors';
import type { PathStep, RootPath } from '../../api/rows';
import type { PathsQuery } from '../../api/session';
import { MAX_PAGE } from '../../api/values';
import { shallowSize } from '../../graph/heap-graph';
import type { Kinds } from '../../kinds/kinds';
import type { Work } from '../../lib/work';
import { objectAddress, requireObject } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { avoidIds } from './avoided';
import { pointerAt } from './reference-rows';
import { rootLabel, rootOffset } from './root-rows';
import { typeLabel } from '../dump/type-labels';

/** Paths that one answer may have. */
const MOST_PATHS = 100;

/** The paths asked for, nearest root first, and how many roots lead to the object in all. `kinds`: where something is avoided by kind. */
export function* findPaths(
  dump: AnalysedDump,
  kinds: Kinds | null,
  query: PathsQuery,
): Work<{ total: number; paths: FoundPath[] }> {
  if (!Number.isInteger(query.count) || query.count < 0 || query.count > MOST_PATHS) {
    throw new EngineError('BadRequest', `Between 0 and ${MOST_PATHS} paths can be asked for, not ${query.count}`);
  }
  const target = requireObject(dump.graph, query.address);
  const avoid = avoidIds(dump, kinds, target, query.avoid ?? {});
  const search = searchRootPaths(dump.graph, dump.reachability, dump.roots, target, avoid, dump.account);
  const paths: FoundPath[] = [];
  try {
    while (paths.length < query.count) {
      const path = yield* nextPath(search);
      if (!path) return { total: paths.length, paths };
      paths.push(path);
    }
    return { total: paths.length + (yield* countRest(search)), paths };
  } finally {
    search.return();
  }
}

/** A path as rows: at most MAX_PAGE steps, the middle of a longer one is left out. */
export async function rootPathRow(dump: AnalysedDump, path: FoundPath): Promise<RootPath> {
  const { graph } = dump;
  const places = shownSteps(path.objects.length);
  const steps: PathStep[] = [];
  for (const at of places) {
    const id = path.objects[at];
    const lead =
      at === 0
        ? { field: null, offset: rootOffset(graph, path.root) }
        : await pointerAt(dump, path.objects[at - 1], path.references[at - 1]);
    steps.push({
      address: objectAddress(graph, id),
      ...typeLabel(dump.labels, id),
      size: shallowSize(graph, id),
      retainedSize: dump.dominators.retainedSize[id],
      field: lead.field,
      offset: lead.offset,
    });
  }
  const omitted = path.objects.length - places.length;
  return { root: rootLabel(dump, path.root), steps, ...(omitted > 0 ? { omitted } : {}) };
}

/** The places of a path that are shown: all, or the two ends in equal halves. */
function shownSteps(length: number): number[] {
  const all = Array.from({ length: Math.min(length, MAX_PAGE) }, (_, at) => at);
  const half = MAX_PAGE / 2;
  return length <= MAX_PAGE ? all : all.map((at) => (at < half ? at : length - MAX_PAGE + at));
}
