// How a session looks for findings: behind all questions, with progress, to be cancelled, and by the names that are on their way.
import { beforeEach, describe, expect, test } from 'vitest';
import type { AnalysisSession, PhaseProgress } from '../../../workers/api/session';
import { createSession } from '../../../workers/session/create-session';
import { DETECTORS } from '../../../workers/suspects/detectors';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

const RINGS = 'go1.27.4/finalizers.heap';
const PAGE = { offset: 0, limit: 10 };

let host: TestHost;
let session: AnalysisSession;

beforeEach(() => {
  host = new TestHost();
  session = createSession(host);
});

test('need an open dump, and a range that is one', async () => {
  await expect(session.findings(PAGE)).rejects.toMatchObject({ name: 'NothingOpen' });
  await session.open({ file: RINGS });
  await expect(session.findings({ offset: 0, limit: 501 })).rejects.toMatchObject({ name: 'BadRequest' });
});

test('are rows with addresses, labels and numbers that other questions take', async () => {
  host.executables.set('finalizers', executableOf('go1.27.4/finalizers'));
  await session.open({ file: RINGS, executable: 'finalizers' });
  const { rows, total, detectors } = await session.findings(PAGE);
  expect(detectors.map(({ name }) => name)).toEqual(DETECTORS.map(({ name }) => name));
  expect(detectors.reduce((sum, { found }) => sum + found, 0)).toBe(total);
  const [leak] = rows;
  expect(leak).toMatchObject({ detector: 'finalizer-cycle', severity: 'leak', confidence: 'certain' });
  expect(leak.id).toMatch(/^finalizer-cycle-[0-9a-f]{8}$/);
  expect(leak.title).toContain('main.A');
  const [ring, on] = leak.evidence;
  const address = ring.kind === 'object' ? ring.address : '0x0';
  expect(on).toMatchObject({ kind: 'cycle', cycle: (await session.object(address))?.cycle });
  const cuts = await session.cuts({ address }, 1);
  expect(cuts.rows[0].bytes).toBeGreaterThan(0);
  // what the engine numbers inside stays there
  expect(Object.keys(cuts).sort()).toEqual(['complete', 'entering', 'rows', 'together', 'total', 'tried']);
  for (const proof of leak.evidence) {
    if (proof.kind === 'object') expect(await session.object(proof.address)).toMatchObject(proof.label);
    if (proof.kind === 'cycle') expect(await session.cycle(proof.cycle)).toMatchObject({ held: 'strong' });
    if (proof.kind === 'goroutine')
      expect(await session.goroutine(proof.goroutine)).toMatchObject({ entry: proof.entry });
  }
  expect((await session.findings({ offset: total, limit: 1 })).rows).toEqual([]);
  expect((await session.findings({ offset: 1, limit: 1 })).rows).toEqual(rows.slice(1, 2));
});

describe('while they are looked for', () => {
  test('the status tells the detector that runs, and questions are answered', async () => {
    await session.open({ file: RINGS });
    await session.cycles(PAGE);
    const seen = new Map<string, PhaseProgress>();
    let answered = 0;
    let over = false;
    host.onPause = () => {
      void session.status().then(({ phases }) => {
        for (const phase of phases) if (phase.phase === 'findings' && phase.part) seen.set(phase.part, phase);
      });
      void session.objects(PAGE).then(() => (answered += over ? 0 : 1));
    };
    await session.findings(PAGE);
    over = true;
    host.onPause = () => undefined;
    expect([...seen.keys()]).toEqual(DETECTORS.map(({ title }) => title).filter((title) => seen.has(title)));
    expect(seen.size).toBeGreaterThan(0);
    expect([...seen.values()].every(({ unit, total }) => unit === 'detectors' && total === DETECTORS.length)).toBe(
      true,
    );
    expect(answered).toBeGreaterThan(0);
    expect((await session.status()).phases.find(({ phase }) => phase === 'findings')).toMatchObject({
      finished: true,
      done: DETECTORS.length,
    });
  });

  test('they can be cancelled at any pause, and looked for again', async () => {
    await session.open({ file: RINGS });
    await session.cycles(PAGE);
    for (let n = 1; n < 200; n++) {
      const cancelAt = host.pauses + n;
      host.onPause = (pause) => {
        if (pause === cancelAt) void session.cancel();
      };
      const outcome = await session.findings(PAGE).then(
        () => 'answered',
        (error: unknown) => (error as Error).name,
      );
      host.onPause = () => undefined;
      if (outcome === 'answered') {
        expect(n).toBeGreaterThan(1);
        break;
      }
      expect(outcome).toBe('Cancelled');
      expect((await session.status()).running).toBeNull();
    }
    expect((await session.findings(PAGE)).total).toBeGreaterThan(0);
  });

  test('they are computed once', async () => {
    await session.open({ file: RINGS });
    await Promise.all([session.findings(PAGE), session.findings(PAGE)]);
    const pauses = host.pauses;
    const reads = host.opened[0].bytesServed;
    await session.findings({ offset: 0, limit: 0 });
    expect([host.pauses, host.opened[0].bytesServed]).toEqual([pauses, reads]);
  });
});

describe('names that come later', () => {
  test('are waited for', async () => {
    host.executables.set(`${RINGS} beside`, executableOf('go1.27.4/finalizers'));
    await session.open({ file: RINGS, names: 'later' });
    expect((await session.status()).names).toMatchObject({ generation: 0, running: true });
    const { rows } = await session.findings(PAGE);
    expect((await session.status()).names.generation).toBe(1);
    expect(rows[0].title).toContain('main.A');
  });

  test('make findings anew', async () => {
    await session.open({ file: RINGS, executable: null });
    expect((await session.findings(PAGE)).rows[0].title).not.toContain('main.A');
    host.executables.set('finalizers', executableOf('go1.27.4/finalizers'));
    await session.takeNames('finalizers');
    expect((await session.findings(PAGE)).rows[0].title).toContain('main.A');
  });

  test('that are cancelled take the findings that wait for them along', async () => {
    host.executables.set(`${RINGS} beside`, executableOf('go1.27.4/finalizers'));
    await session.open({ file: RINGS, names: 'later' });
    const found = session.findings(PAGE).catch((error: unknown) => (error as Error).name);
    await session.cancel();
    expect(await found).toBe('Cancelled');
  });
});
