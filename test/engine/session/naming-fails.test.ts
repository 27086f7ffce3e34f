// Naming that trips over a dump: the dump opens all the same, and says what is missing and why.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AnalysisSession } from '../../../workers/api/session';
import { MAX_PAGE } from '../../../workers/api/values';
import { tellMapStructures } from '../../../workers/naming/steps/map-structures';
import { settleBeliefs } from '../../../workers/naming/beliefs/beliefs';
import { createSession } from '../../../workers/session/create-session';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

vi.mock(import('../../../workers/naming/steps/map-structures'), async (original) => {
  const module = await original();
  return { ...module, tellMapStructures: vi.fn(module.tellMapStructures) };
});
vi.mock(import('../../../workers/naming/beliefs/beliefs'), async (original) => {
  const module = await original();
  return { ...module, settleBeliefs: vi.fn(module.settleBeliefs) };
});

const DUMP = 'go1.27.4/poolcycle.heap';
const PAGE = { offset: 0, limit: MAX_PAGE };
const MISREAD = new RangeError('Offset is outside the bounds of the DataView');

let host: TestHost;
let session: AnalysisSession;

beforeEach(() => {
  vi.mocked(tellMapStructures).mockReset();
  vi.mocked(settleBeliefs).mockReset();
  host = new TestHost();
  host.executables.set('poolcycle', executableOf('go1.27.4/poolcycle'));
  session = createSession(host);
});

describe('one step fails', () => {
  test.each([MISREAD, new TypeError('x is undefined')])('by %s: the others name what they know', async (error) => {
    vi.mocked(tellMapStructures).mockRejectedValue(error);
    const { dump, naming, heap } = await session.open({ file: DUMP, executable: null });
    expect(dump.warnings).toEqual([
      { code: 'names-partial', message: expect.stringMatching(/^Naming by maps .*\.$/) as string, offset: null },
    ]);
    expect(dump.warnings[0].message).toContain(error.message);
    expect(naming.objects.shape).toBeLessThan(heap.objects);
  });

  test('with an executable: it is not at fault, and names all that it can', async () => {
    vi.mocked(tellMapStructures).mockRejectedValue(MISREAD);
    const { dump, naming } = await session.open({ file: DUMP, executable: 'poolcycle' });
    expect(dump.warnings.map(({ code }) => code)).toEqual(['names-partial']);
    expect(naming.executable).toMatchObject({ level: 'full' });
    expect(naming.objects.exact).toBeGreaterThan(0);
  });

  test('what is no misreading ends the opening', async () => {
    const full = Object.assign(new Error('no room'), { name: 'OutOfMemory' });
    vi.mocked(tellMapStructures).mockRejectedValue(full);
    await expect(session.open({ file: DUMP, executable: null })).rejects.toMatchObject({ name: 'OutOfMemory' });
  });
});

describe('all of it fails', () => {
  test('objects are known by their shapes, and every question is answered', async () => {
    vi.mocked(settleBeliefs).mockRejectedValue(MISREAD);
    const { dump, naming, heap, cycles } = await session.open({ file: DUMP, executable: null });
    expect(dump.warnings).toEqual([
      {
        code: 'names-missing',
        message: expect.stringMatching(/^The objects could not be named: .*\.$/) as string,
        offset: null,
      },
    ]);
    expect(naming.objects).toEqual({ exact: 0, likely: 0, kind: 0, shape: heap.objects });
    expect((await session.cycles({ ...PAGE, graph: 'heap' })).total).toBe(cycles.count);
    expect((await session.findings(PAGE)).rows).toBeInstanceOf(Array);
    expect((await session.types(PAGE)).rows.length).toBeGreaterThan(0);
  });

  test('names that come later fail likewise, and can be taken again', async () => {
    vi.mocked(settleBeliefs).mockRejectedValueOnce(MISREAD);
    await session.open({ file: DUMP, executable: null, names: 'later' });
    await session.findings(PAGE); // waits for the names
    expect((await session.summary()).dump.warnings.map(({ code }) => code)).toEqual(['names-missing']);
    const { dump, naming, heap } = await session.takeNames();
    expect(dump.warnings).toEqual([]);
    expect(naming.objects.shape).toBeLessThan(heap.objects);
  });
});
