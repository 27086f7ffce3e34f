/** One question of each kind, and what it is good for; what later ones ask about, earlier ones have found. */
import type { Address, AnalysisSession, FindingsPage } from '../../workers/api';

/** Asks everything and writes the answers as text, one row a line. */
export async function answersOf(session: AnalysisSession, file: string): Promise<string> {
  const text: string[] = [];
  const tell = async (question: string, asked: Promise<unknown>): Promise<void> => {
    const answer = await asked.catch((error: unknown) => ({ rejects: nameOf(error) }));
    text.push(`# ${question}`, ...linesOf(answer), '');
  };
  await tell('summary', session.open({ file }));
  await askAboutLists(session, tell);
  const { rows } = await session.cycles({ offset: 0, limit: 1, sort: { column: 'objects', descending: true } });
  if (rows.length > 0) await askAboutCycle(session, rows[0].id, tell);
  const largest = await session.objects({ offset: 0, limit: 1, sort: { column: 'retained', descending: true } });
  await askAboutObject(session, 'the object that retains most', largest.rows[0].address, tell);
  await askInVain(session, tell);
  return text.join('\n');
}

type Tell = (question: string, asked: Promise<unknown>) => Promise<void>;

async function askAboutLists(session: AnalysisSession, tell: Tell): Promise<void> {
  const first = { offset: 0, limit: 3 };
  const byRetained = { column: 'retained', descending: true } as const;
  await tell('cycles by retained size', session.cycles({ ...first, sort: byRetained }));
  await tell(
    'cycles held by a goroutine or a finalizer',
    session.cycles({ ...first, filters: { class: '/^(gor|fin)/' } }),
  );
  await tell('shapes of cycles', session.cycleShapes({ ...first, sort: byRetained, graph: 'full' }));
  await tell(
    'cycles through globals or goroutines',
    session.cycles({ ...first, sort: { column: 'id', descending: true }, graph: 'full' }),
  );
  await tell('types by retained size', session.types({ ...first, sort: byRetained }));
  await tell('objects by retained size', session.objects({ ...first, sort: byRetained }));
  await tell(
    'objects by distance, second page',
    session.objects({ offset: 3, limit: 3, sort: { column: 'distance', descending: true } }),
  );
  await tell(
    'objects of a size, held by words of stacks',
    session.objects({ ...first, filters: { size: '16..1KiB', held: 'weak' } }),
  );
  await tell('closures by retained size', session.closures({ ...first, sort: byRetained }));
  await tell('pools', session.pools(first));
  await tell('goroutines by what they hold', session.goroutines({ ...first, sort: byRetained }));
  await tell('goroutine 1', session.goroutine(1));
  await tell('roots by retained size', session.roots({ ...first, sort: byRetained }));
  await tell(
    'roots in frames',
    session.roots({ ...first, filters: { kind: 'stack' }, sort: { column: 'name', descending: false } }),
  );
  await tell('findings', withoutAdvice(session.findings({ offset: 0, limit: 3 })));
  await tell('top of the dominator tree', session.dominated({ of: 'root', ...first }));
  await tell('search g1', session.search('g1', 3));
  await tell('search cycle 0', session.search('cycle 0', 3));
  await tell('search main.', session.search('main.', 3));
  await tell('search 48 b', session.search('48 b', 3));
}

/** Findings without the texts that are the same for every dump. */
async function withoutAdvice(asked: Promise<FindingsPage>): Promise<unknown> {
  const { rows, ...page } = await asked;
  return { ...page, rows: rows.map(({ why: _why, fix: _fix, before: _before, after: _after, ...row }) => row) };
}

async function askAboutCycle(session: AnalysisSession, id: number, tell: Tell): Promise<void> {
  await tell('the largest cycle', session.cycle(id));
  await tell('its members', session.objects({ cycle: id, offset: 0, limit: 3 }));
  await tell('references into it', session.entering(id, { offset: 0, limit: 3 }));
  await tell('references out of it', session.leaving(id, { offset: 0, limit: 3 }));
  await tell('what would let go of it', session.cuts({ cycle: id }, 3));
  const { nodes, edges, ...rest } = await session.drawing({ cycle: id, budget: 60, expanded: [] });
  await tell('its drawing', Promise.resolve({ ...rest, nodes: nodes.length, edges: edges.length }));
  const [member] = (await session.objects({ cycle: id, offset: 0, limit: 1 })).rows;
  await askAboutObject(session, 'its first member', member.address, tell);
}

async function askAboutObject(session: AnalysisSession, name: string, address: Address, tell: Tell): Promise<void> {
  const inside: Address = `0x${(BigInt(address) + 1n).toString(16)}`;
  await tell(name, session.object(address));
  await tell(
    `${name}, by an address inside`,
    session.object(inside).then((row) => row?.address),
  );
  await tell(`${name}: contents`, session.contents(address, 0, 32));
  await tell(`${name}: values`, session.values(address, { offset: 0, limit: 4 }));
  await tell(`${name}: references`, session.references(address, { offset: 0, limit: 4 }));
  await tell(`${name}: referrers`, session.referrers(address, { offset: 0, limit: 4 }));
  await tell(`${name}: what would let go`, session.cuts({ address }, 3));
  await tell(`${name}: dominated`, session.dominated({ of: address, offset: 0, limit: 2 }));
  await tell(`${name}: dominators above`, session.dominatorChain(address));
  await tell(`${name}: root paths`, session.rootPaths({ address, count: 2 }));
  const avoid = { roots: ['data' as const, 'bss' as const], objects: [], references: [] };
  await tell(`${name}: root paths not from globals`, session.rootPaths({ address, count: 1, avoid }));
  await tell(`${name}: found by its address`, session.search(address, 3));
}

async function askInVain(session: AnalysisSession, tell: Tell): Promise<void> {
  const unknown: Record<string, string> = { colour: 'red' };
  await tell('an address in no object', session.object('0x10'));
  await tell('references of an address in no object', session.references('0x10', { offset: 0, limit: 1 }));
  await tell('what is no address', session.object('0xhere'));
  await tell('a cycle that is not there', session.cycle(1e9));
  await tell('what would let go of it', session.cuts({ cycle: 1e9 }, 3));
  await tell('what would let go of nothing', session.cuts({ address: '0x10' }, 3));
  await tell('a pool that is not there', session.pool('0x10'));
  await tell('items of a pool that is not there', session.poolItems('0x10', { offset: 0, limit: 1 }));
  await tell('a goroutine that is not there', session.goroutine(0));
  await tell('a column that is not there', session.objects({ offset: 0, limit: 1, filters: unknown }));
  await tell('a filter that cannot be read', session.objects({ offset: 0, limit: 1, filters: { size: 'big' } }));
  await tell('a page that is too long', session.roots({ offset: 0, limit: 501 }));
  await tell('a search for nothing', session.search('  ', 3));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** An object as `key: value` lines, a list one line an entry, bytes as hex. */
function linesOf(answer: unknown, indent = ''): string[] {
  if (Array.isArray(answer))
    return answer.length === 0 ? [`${indent}[]`] : answer.map((entry) => indent + compact(entry));
  if (typeof answer !== 'object' || answer === null || answer instanceof Uint8Array) return [indent + compact(answer)];
  return Object.entries(answer).flatMap(([key, value]: [string, unknown]) => {
    const flat = compact(value);
    return flat.length < 130 ? [`${indent}${key}: ${flat}`] : [`${indent}${key}:`, ...linesOf(value, `${indent}  `)];
  });
}

function compact(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? compact(part) : part));
}
