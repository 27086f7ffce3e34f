/** The same questions get the same answers from the engine called directly and from the one behind the loopback server. */
import { basename, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisSession } from '../../workers/api';
import { createDirectSession } from '../../workers/hosts/direct';
import { serveSession, type ServedSession } from './server-host';

const DUMPS = resolve(import.meta.dirname, '../../fixtures/dumps');
const NAMES = [
  'go1.27.4/finalizers.heap',
  'go1.27.4/stackroots.heap',
  'go1.19.8/deferleak.heap',
  'go1.27.4-386/closureleak.heap',
  'go1.27.4-mips/poolcycle.heap',
];
const NO_DUMP = 'go1.27.4/cache.heap.truth.json';
const pathOf = (name: string): string => resolve(DUMPS, name);

let served: ServedSession;
beforeAll(async () => {
  served = await serveSession([...NAMES, NO_DUMP].map(pathOf));
});
afterAll(() => served.close());

const some = { offset: 0, limit: 40 };

/** Everything that can be asked, about the dump and about one object of its first cycle. */
async function interrogate(session: AnalysisSession, file: string): Promise<Record<string, unknown>> {
  const summary = await session.open({ file });
  const cycles = await session.cycles({ ...some, sort: { column: 'retained', descending: true } });
  const members = await session.objects({ ...some, cycle: cycles.rows[0].id });
  const goroutines = await session.goroutines(some);
  const { address } = members.rows[0];
  const ring = cycles.rows[0].id;
  return {
    summary,
    cycles,
    members,
    goroutines,
    again: await session.summary(),
    cycle: await session.cycle(ring),
    entering: await session.entering(ring, some),
    leaving: await session.leaving(ring, some),
    types: await session.types({ ...some, sort: { column: 'bytes', descending: true } }),
    largest: await session.objects({
      ...some,
      sort: { column: 'retained', descending: true },
      filters: { size: '>64' },
    }),
    object: await session.object(address),
    nowhere: await session.object('0x10'),
    contents: await session.contents(address, 0, 256),
    references: await session.references(address, some),
    referrers: await session.referrers(address, some),
    dominated: await session.dominated({ ...some, of: 'root' }),
    chain: await session.dominatorChain(address),
    paths: await session.rootPaths({ address, count: 3 }),
    goroutine: await session.goroutine(goroutines.rows[0].id),
    roots: await session.roots(some),
    drawing: await session.drawing({ cycle: ring, budget: 60, expanded: [] }),
    search: await session.search(address, 5),
  };
}

describe('the server', () => {
  it.each(NAMES)('answers about %s as the engine does', async (name) => {
    const direct = createDirectSession();
    const expected = await interrogate(direct, pathOf(name));
    await direct.close();
    expect(await interrogate(served.session, basename(name))).toEqual(expected);
  });

  it('refuses as the engine does', async () => {
    const direct = createDirectSession();
    await direct.open({ file: pathOf(NAMES[0]) });
    await served.session.open({ file: basename(NAMES[0]) });
    const refusals: ((session: AnalysisSession) => Promise<unknown>)[] = [
      (session) => session.cycle(1e9),
      (session) => session.goroutine(1e9),
      (session) => session.references('0x10', some),
      (session) => session.objects({ offset: 0, limit: 501 }),
      (session) => session.objects({ ...some, filters: { size: '>lots' } }),
    ];
    for (const refused of refusals) {
      const expected = await refusalOf(refused(direct));
      expect(expected).not.toBe('no refusal');
      expect(await refusalOf(refused(served.session))).toBe(expected);
    }
    expect(await refusalOf(served.session.open({ file: basename(NO_DUMP) }))).toMatch(/^NotADump: /);
  });
});

function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
}
