/** The stack that allocated an object, as the program's memory profile sampled it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Address, AnalysisSession } from '../../../workers/api';
import { createSession } from '../../../workers/session/create-session';
import { truthOf } from '../../support/dumps';
import { TestHost } from './test-host';

const PAGE = { offset: 0, limit: 500 };

describe('go1.19.8/memprof, which samples every allocation', () => {
  let session: AnalysisSession;
  beforeAll(async () => {
    session = createSession(new TestHost());
    await session.open({ file: 'go1.19.8/memprof.heap', executable: null });
  });
  afterAll(() => session.close());

  test('an object of a known site has its stack, innermost frame first', async () => {
    const head = truthOf('go1.19.8/memprof').objects.find(({ name }) => name === 'head')?.addr as Address; // as the recorder writes them
    const allocation = (await session.object(head))?.allocation;
    expect(allocation?.size).toBe(32);
    expect(allocation?.frames.map(({ function: name }) => name)).toEqual([
      'main.siteB',
      'main.main',
      'runtime.main',
      'runtime.goexit',
    ]);
    expect(allocation?.frames[0].file).toMatch(/memprof\/main\.go$/);
    expect(allocation?.frames.every(({ line }) => line > 0)).toBe(true);
  });

  test('as many objects have a site as the program allocated there', async () => {
    const counts = new Map<string, number>();
    const { rows } = await session.objects(PAGE);
    for (const { address } of rows) {
      const frames = (await session.object(address))?.allocation?.frames ?? [];
      for (const { function: name } of frames) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.get('main.siteA')).toBe(100);
    expect(counts.get('main.siteB')).toBe(50);
  });
});

test('without a profile there is no stack', async () => {
  const session = createSession(new TestHost());
  await session.open({ file: 'go1.19.8/poolcycle.heap', executable: null });
  const { rows } = await session.objects({ offset: 0, limit: 1 });
  expect(await session.object(rows[0].address)).toMatchObject({ allocation: null });
  await session.close();
});
