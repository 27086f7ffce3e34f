/** The questions to the open dump, by name. */
import type { AnalysisSession } from '../../api/session';
import type { Asked } from './asked';
import * as cycles from './cycles';
import * as alive from './dominators';
import * as holders from './holders';
import { knot } from './knot';
import * as lists from './lists';
import * as names from './names';
import * as objects from './objects';
import * as paths from './paths';
import { cuts } from './what-lets-go';

/** What is more than a question. */
type Commands = 'open' | 'status' | 'cancel' | 'close' | 'takeNames' | 'giveNames' | 'findings' | 'retention' | 'free';

/** The questions that only read what is there; each is put to whatever is open when it is asked. */
export function questions(asked: () => Asked): Omit<AnalysisSession, Commands> {
  return {
    summary: async () => {
      const { analyses, ticket } = asked();
      return analyses.summary.get(ticket);
    },
    cycles: async (query) => cycles.cycles(asked(), query),
    cycleShapes: async (query) => cycles.cycleShapes(asked(), query),
    cycle: async (id) => cycles.cycle(asked(), id),
    knot: async (query) => knot(asked(), query),
    entering: async (id, range) => cycles.entering(asked(), id, range),
    leaving: async (id, range) => cycles.leaving(asked(), id, range),
    types: async (query) => lists.types(asked(), query),
    packages: async (query) => lists.packages(asked(), query),
    objects: async (query) => objects.objects(asked(), query),
    object: async (address) => objects.object(asked(), address),
    contents: async (address, offset, length) => objects.contents(asked(), address, offset, length),
    identities: async (range) => names.identities(asked(), range),
    values: async (address, range) => names.values(asked(), address, range),
    names: async (range) => names.names(asked(), range),
    references: async (address, range) => objects.references(asked(), address, range),
    referrers: async (address, range) => objects.referrers(asked(), address, range),
    cuts: async (of, limit) => cuts(asked(), of, limit),
    dominated: async (query) => alive.dominated(asked(), query),
    dominatedKinds: async (query) => alive.dominatedKinds(asked(), query),
    dominatorChain: async (address) => alive.dominatorChain(asked(), address),
    rootPaths: async (query) => paths.rootPaths(asked(), query),
    rootPathKinds: async (query) => paths.rootPathKinds(asked(), query),
    goroutines: async (query) => holders.goroutines(asked(), query),
    goroutineKinds: async (query) => holders.goroutineKinds(asked(), query),
    goroutine: async (id) => holders.goroutine(asked(), id),
    roots: async (query) => holders.roots(asked(), query),
    rootKinds: async (query) => holders.rootKinds(asked(), query),
    closures: async (query) => names.closures(asked(), query),
    pools: async (query) => names.pools(asked(), query),
    pool: async (address) => names.pool(asked(), address),
    poolItems: async (address, range) => names.poolItems(asked(), address, range),
    drawing: async (query) => lists.drawing(asked(), query),
    search: async (text, limit) => lists.search(asked(), text, limit),
  };
}
