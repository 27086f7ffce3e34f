/** One question of each kind about one dump; what later ones ask about, earlier ones have found. */
import type { Address, AnalysisSession } from '../../../workers/api';

export type Answers = Awaited<ReturnType<typeof answersOf>>;
export type CycleAnswers = Awaited<ReturnType<typeof cycleOf>>;
export type ObjectAnswers = Awaited<ReturnType<typeof objectOf>>;

const FIRST = { offset: 0, limit: 3 };
const BY_RETAINED = { column: 'retained', descending: true } as const;
/** So much that a list of the fixtures is whole. */
const WHOLE = { offset: 0, limit: 500 };

/** Opens the dump, which has to have a cycle, and asks everything. */
export async function answersOf(session: AnalysisSession, file: string) {
  const summary = await session.open({ file });
  const lists = await listsOf(session);
  const [largest] = (
    await session.cycles({ offset: 0, limit: 1, graph: 'heap', sort: { column: 'objects', descending: true } })
  ).rows;
  const [holder] = lists.objects.rows;
  return {
    summary,
    lists,
    cycle: await cycleOf(session, largest.id),
    holder: await objectOf(session, holder.address),
    refused: await refusalsOf(session),
  };
}

async function listsOf(session: AnalysisSession) {
  return {
    cycles: await session.cycles({ ...FIRST, graph: 'heap', sort: BY_RETAINED }),
    cyclesOfHolders: await session.cycles({ ...WHOLE, graph: 'heap', filters: { class: '/^(gor|fin)/' } }),
    cyclesOfAll: await session.cycles({ ...FIRST, graph: 'full', sort: { column: 'id', descending: true } }),
    shapes: await session.cycleShapes({ ...FIRST, graph: 'full', sort: BY_RETAINED }),
    types: await session.types({ ...FIRST, sort: BY_RETAINED }),
    objects: await session.objects({ ...FIRST, sort: BY_RETAINED }),
    farthest: await session.objects({ ...FIRST, sort: { column: 'distance', descending: true } }),
    nextFarthest: await session.objects({ offset: 3, limit: 3, sort: { column: 'distance', descending: true } }),
    staleWords: await session.objects({ ...WHOLE, filters: { size: '16..1KiB', held: 'weak' } }),
    closures: await session.closures({ ...FIRST, sort: BY_RETAINED }),
    pools: await session.pools(FIRST),
    goroutines: await session.goroutines({ ...FIRST, sort: BY_RETAINED }),
    mainGoroutine: await session.goroutine(1),
    roots: await session.roots({ ...FIRST, sort: BY_RETAINED }),
    frameRoots: await session.roots({
      ...FIRST,
      filters: { kind: 'stack' },
      sort: { column: 'name', descending: false },
    }),
    findings: await session.findings(WHOLE),
    identities: await session.identities(FIRST),
    names: await session.names(FIRST),
    topOfTree: await session.dominated({ of: 'root', ...FIRST }),
    foundGoroutine: await session.search('g1', 3),
    foundCycle: await session.search('cycle 0', 3),
    foundFunctions: await session.search('main.', 3),
    foundTypes: await session.search('48 b', 3),
  };
}

async function cycleOf(session: AnalysisSession, id: number) {
  const members = await session.objects({ cycle: id, ...FIRST });
  return {
    row: await session.cycle(id),
    members,
    entering: await session.entering(id, FIRST),
    leaving: await session.leaving(id, FIRST),
    cuts: await session.cuts({ cycle: id }, 3),
    drawing: await session.drawing({ cycle: id, budget: 60, expanded: [] }),
    member: await objectOf(session, members.rows[0].address),
  };
}

async function objectOf(session: AnalysisSession, address: Address) {
  const inside: Address = `0x${(BigInt(address) + 1n).toString(16)}`;
  const avoid = { roots: ['data' as const, 'bss' as const], objects: [], references: [] };
  return {
    row: await session.object(address),
    byInside: await session.object(inside),
    contents: await session.contents(address, 0, 32),
    values: await session.values(address, { offset: 0, limit: 4 }),
    references: await session.references(address, { offset: 0, limit: 4 }),
    referrers: await session.referrers(address, { offset: 0, limit: 4 }),
    cuts: await session.cuts({ address }, 3),
    dominated: await session.dominated({ of: address, ...FIRST }),
    dominators: await session.dominatorChain(address),
    paths: await session.rootPaths({ address, count: 2 }),
    pathsNotFromGlobals: await session.rootPaths({ address, count: 1, avoid }),
    found: await session.search(address, 3),
    drawing: await session.drawing({ address, budget: 60, expanded: [] }),
  };
}

/** What is asked in vain, and the answer: an error by its name and message, or what stands for nothing. */
async function refusalsOf(session: AnalysisSession): Promise<[question: string, answer: string][]> {
  const one = { offset: 0, limit: 1 };
  const unknown: Record<string, string> = { colour: 'red' };
  const asked: [string, Promise<unknown>][] = [
    ['an address in no object', session.object('0x10')],
    ['references of an address in no object', session.references('0x10', one)],
    ['what is no address', session.object('0xhere')],
    ['a cycle that is not there', session.cycle(1e9)],
    ['what would let go of a cycle that is not there', session.cuts({ cycle: 1e9 }, 3)],
    ['what would let go of nothing', session.cuts({ address: '0x10' }, 3)],
    ['a pool that is not there', session.pool('0x10')],
    ['items of a pool that is not there', session.poolItems('0x10', one)],
    ['a goroutine that is not there', session.goroutine(0)],
    ['a column that is not there', session.objects({ ...one, filters: unknown })],
    ['a filter that cannot be read', session.objects({ ...one, filters: { size: 'big' } })],
    ['a page that is too long', session.roots({ offset: 0, limit: 501 })],
    ['a search for nothing', session.search('  ', 3)],
  ];
  return Promise.all(
    asked.map(async ([question, answer]): Promise<[string, string]> => [
      question,
      await answer.then(
        (value) => JSON.stringify(value),
        (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
      ),
    ]),
  );
}
