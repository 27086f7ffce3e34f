/** Root paths as a caller asks for them: what to avoid by address, answers with the pointers that lead on. */
import {
  countRest,
  nextPath,
  searchRootPaths,
  type Avoid as AvoidIds,
  type RootPath as FoundPath,
} from '../../analysis/root-paths';
import { EngineError } from '../../api/errors';
import type { PathStep, RootPath } from '../../api/rows';
import type { Avoid, PathsQuery } from '../../api/session';
import { MAX_PAGE } from '../../api/values';
import { ROOT_KINDS, shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { rootAddress } from '../../graph/contents/read-object';
import { NONE } from '../../lib/none';
import type { Work } from '../../lib/work';
import { objectAddress, parseAddress, requireObject } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { pointerAt } from './reference-rows';
import { rootLabel, rootOffset } from './root-rows';
import { typeLabel } from '../dump/type-labels';

/** Paths that one answer may have. */
const MOST_PATHS = 100;

/** The paths asked for, nearest root first, and how many roots lead to the object in all. */
export function* findPaths(dump: AnalysedDump, query: PathsQuery): Work<{ total: number; paths: FoundPath[] }> {
  if (!Number.isInteger(query.count) || query.count < 0 || query.count > MOST_PATHS) {
    throw new EngineError('BadRequest', `Between 0 and ${MOST_PATHS} paths can be asked for, not ${query.count}`);
  }
  const target = requireObject(dump.graph, query.address);
  const avoid = avoidIds(dump, query.avoid ?? {});
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

/** What to avoid, in ids. Addresses that are in no object, and unknown roots, avoid nothing. */
function avoidIds({ graph, reachability }: AnalysedDump, avoid: Avoid): AvoidIds {
  const kinds: readonly string[] = ROOT_KINDS;
  const rootNames = avoid.roots ?? [];
  const places = new Set(rootNames.filter((name) => !kinds.includes(name)).map((name) => parseAddress(name)));
  return {
    objects: new Set((avoid.objects ?? []).map((address) => graph.index.objectAt(parseAddress(address)))),
    references: new Set((avoid.references ?? []).flatMap(({ from, to }) => referencesBetween(graph, from, to))),
    rootKinds: new Set(rootNames.map((name) => kinds.indexOf(name)).filter((kind) => kind >= 0)),
    roots: places.size === 0 ? new Set() : rootsAt(graph, reachability.effectiveRoots, places),
  };
}

/** Every reference from one address's object to another's, as indices of referenceTarget. */
function referencesBetween(graph: HeapGraph, from: string, to: string): number[] {
  const source = graph.index.objectAt(parseAddress(from));
  const target = graph.index.objectAt(parseAddress(to));
  if (source === NONE || target === NONE) return [];
  const found: number[] = [];
  for (let at = graph.referenceStart[source]; at < graph.referenceStart[source + 1]; at++) {
    if (graph.referenceTarget[at] === target) found.push(at);
  }
  return found;
}

/** The roots whose pointers lie at these addresses. */
function rootsAt(graph: HeapGraph, roots: Uint32Array, places: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  for (const root of roots) {
    const address = rootAddress(graph, root);
    if (address !== null && places.has(address)) found.add(root);
  }
  return found;
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
