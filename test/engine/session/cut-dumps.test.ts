/** Dumps that were cut short: the executable stays, what is missing is told, and nothing is called garbage. */
import { describe, expect, test } from 'vitest';
import { absentPart, MAX_PAGE, missingHolders, unheldMeans } from '../../../workers/api';
import { createSession } from '../../../workers/session/create-session';
import { bytesOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

const DUMP = 'go1.27.4/poolcycle.heap';
const PAGE = { offset: 0, limit: MAX_PAGE };
const WHOLE = bytesOf(DUMP);
/** Where the dump is cut, in percent of its bytes. */
const CUTS = [10, 30, 50, 70, 80, 90, 95, 99];

async function cut(percent: number, beside = false) {
  const host = new TestHost();
  host.files.set('cut.heap', WHOLE.subarray(0, Math.floor((WHOLE.length * percent) / 100)));
  host.executables.set(beside ? 'cut.heap beside' : 'poolcycle', executableOf('go1.27.4/poolcycle'));
  const session = createSession(host);
  const summary = await session.open(beside ? { file: 'cut.heap' } : { file: 'cut.heap', executable: 'poolcycle' });
  return { session, summary };
}

describe.each(CUTS)('a dump cut at %i %%', (percent) => {
  test('keeps the executable that wrote it', async () => {
    const { executable } = (await cut(percent)).summary.naming;
    expect(executable?.level).toMatch(/^(full|types)$/);
    expect(executable?.verdict).not.toContain('did not write');
    expect((await cut(percent, true)).summary.naming.executable?.matches).toBe(true);
  });

  test('is told as what it lacks, never as garbage', async () => {
    const { session, summary } = await cut(percent);
    expect(summary.dump.state).toBe('truncated');
    const missing = missingHolders(summary.dump.problem?.lost ?? []);
    const cycles = await session.cycles(PAGE);
    const findings = await session.findings(PAGE);
    if (missing === null) return;
    expect(unheldMeans(summary.dump)).not.toContain('garbage');
    expect(cycles.rows.every(({ reason }) => reason.includes(missing) && !reason.includes('garbage'))).toBe(true);
    expect(findings.detectors.filter(({ skipped }) => skipped !== null).length).toBeGreaterThanOrEqual(4);
    const { total } = await session.goroutines(PAGE);
    const absent = absentPart(summary.dump, 'goroutines and their stacks');
    expect(absent !== null).toBe(total === 0);
  });
});

test('an executable that lies beside is not used where nothing can be compared, one that was named is', async () => {
  const host = new TestHost();
  // the header and the parameters, and not one type
  host.files.set('cut.heap', WHOLE.subarray(0, 60));
  host.executables.set('poolcycle', executableOf('go1.27.4/poolcycle'));
  host.executables.set('cut.heap beside', executableOf('go1.27.4/poolcycle'));
  const session = createSession(host);
  const named = await session.open({ file: 'cut.heap', executable: 'poolcycle' });
  expect(named.naming.executable).toMatchObject({ matches: true });
  expect(named.naming.executable?.verdict).toContain('used because it was named');
  const beside = await session.open({ file: 'cut.heap' });
  expect(beside.naming.executable).toMatchObject({ matches: false });
  expect(beside.naming.executable?.verdict).toContain('Name it to use it all the same');
});

test('another program’s executable is refused by the types alone', async () => {
  const host = new TestHost();
  host.files.set('cut.heap', WHOLE.subarray(0, Math.floor(WHOLE.length / 2)));
  host.executables.set('layout', executableOf('go1.27.4/layout'));
  const { naming } = await createSession(host).open({ file: 'cut.heap', executable: 'layout' });
  expect(naming.executable).toMatchObject({ matches: false });
});
