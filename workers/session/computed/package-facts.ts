/** What a list of packages shows: types of one package together, and what their objects retain together. */
import { findSetRetained } from '../../analysis/set-retained';
import { withScratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';

/** Columns indexed by package, in the order in which labels name them. */
export interface PackageFacts {
  /** Import path; null for what belongs to no package, or to none that is known. */
  readonly paths: readonly (string | null)[];
  readonly types: Uint32Array;
  readonly objects: Float64Array;
  /** Shallow bytes. */
  readonly bytes: Float64Array;
  /** What objects of all its types retain together, nothing counted twice. */
  readonly retainedBytes: Float64Array;
}

/** 8 bytes an object while it runs. */
export function findPackageFacts(dump: AnalysedDump): Work<PackageFacts> {
  return withScratch(dump.account, function* (scratch) {
    const { graph, labels } = dump;
    const { paths, ofLabel } = packagesOf(dump);
    const types = new Uint32Array(paths.length);
    const objects = new Float64Array(paths.length);
    const bytes = new Float64Array(paths.length);
    for (let label = 0; label < labels.count; label++) {
      const path = ofLabel[label];
      types[path]++;
      objects[path] += labels.objects[label];
      bytes[path] += labels.bytes[label];
    }
    const packageOf = scratch.uint32('packages of objects', graph.vertexCount);
    for (let id = 1; id <= graph.objectCount; id++) {
      packageOf[id] = ofLabel[labels.labelOf(id)];
      if ((id & SLICE_MASK) === 0) yield id;
    }
    const retained = yield* findSetRetained(dump.dominators, dump.components, packageOf, paths.length, dump.account);
    return { paths, types, objects, bytes, retainedBytes: retained.bytes };
  });
}

function packagesOf({ labels }: AnalysedDump): { paths: (string | null)[]; ofLabel: Uint32Array } {
  const paths: (string | null)[] = [];
  const known = new Map<string | null, number>();
  const ofLabel = new Uint32Array(labels.count);
  for (let label = 0; label < labels.count; label++) {
    const path = labels.label(label).package;
    let index = known.get(path);
    if (index === undefined) {
      known.set(path, (index = paths.length));
      paths.push(path);
    }
    ofLabel[label] = index;
  }
  return { paths, ofLabel };
}
