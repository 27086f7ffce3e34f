/** What goes without the references that an edge of a drawing stands for. */
import { finalizerRows, type CutTables } from '../../analysis/cut-tables';
import { CutTrials, type Loss, type Removal } from '../../analysis/removal-loss';
import type { EdgeCut } from '../../api/graph';
import { withScratch } from '../../lib/scratch';
import type { Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';
import type { Scope } from './scope';
import type { SketchLink, SketchNode } from './sketch';

/** A drawing is looked at, not studied: its trials are shorter than those of a list of cuts. */
const MOST_STEPS = 2 ** 15;

/** In the order of the links; null where one stands for more references than it remembers. */
export function rateLinks(
  dump: AnalysedDump,
  tables: CutTables,
  scope: Scope,
  links: readonly SketchLink[],
): Work<(EdgeCut | null)[]> {
  return withScratch(dump.account, function* (scratch) {
    const trials = new CutTrials({ ...dump, ...tables }, scratch, MOST_STEPS);
    const losses: (Loss | null)[] = [];
    for (const link of links) {
      const removal = removalOf(dump, tables, link);
      losses.push(removal && (yield* trials.loss(removal)));
    }
    const best = bestOf(scope, links, losses);
    return losses.map((loss, at) => loss && { ...loss, best: at === best });
  });
}

/** All that a link stands for; a finalizer goes as a whole. */
function removalOf({ graph }: AnalysedDump, { finalizers }: CutTables, link: SketchLink): Removal | null {
  const { samples, roots, count } = link;
  if (link.from.kind === 'more' || samples.length + roots.length < count) return null;
  return { references: samples, roots: roots.flatMap((root) => finalizerRows(graph, finalizers, root) ?? [root]) };
}

/** The link that frees most, of those that lead to what the drawing is about; -1 where none frees anything, or it is about a path. */
function bestOf(scope: Scope, links: readonly SketchLink[], losses: readonly (Loss | null)[]): number {
  let best = -1;
  if (scope.subject === 'path') return best;
  for (const [at, { to }] of links.entries()) {
    const bytes = losses[at]?.bytes ?? 0;
    if (bytes > (losses[best]?.bytes ?? 0) && isSubject(scope, to)) best = at;
  }
  return best;
}

/** Members stand in the middle, each for itself or several together. */
function isSubject(scope: Scope, { object, place }: SketchNode): boolean {
  return object === null ? place === 'core' : scope.contains(object);
}
