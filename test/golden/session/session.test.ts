/**
 * The same questions about real dumps through every host. What the engine answers when asked directly stands in pages under `answers/session`
 * that a person can review; through each host it must be the same to the last field. After a wanted change
 * `npx vitest run test/golden/session -u` writes the pages anew; read the difference.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDirectSession } from '../../../workers/hosts/direct';
import { HOSTS, type RunningHost } from '../hosts';
import { PAGES } from './pages';
import { PROPERTIES } from './properties';
import { answersOf, type Answers } from './questions';
import { LINE } from '../text';

const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/dumps/${name}`, import.meta.url));

const DUMPS = [
  'go1.27.4/finalizers.heap',
  'go1.27.4-mips/poolcycle.heap',
  'go1.27.4-386/closureleak.heap',
  'go1.19.8/deferleak.heap',
  'broken/disk-full.heap',
];

const direct = new Map<string, Answers>();
const directly = (name: string): Answers => direct.get(name)!;

beforeAll(async () => {
  const session = createDirectSession();
  for (const name of DUMPS) direct.set(name, await answersOf(session, fixture(name)));
  await session.close();
}, 120_000);

test.each(Object.entries(PAGES))('the page %s', async (name, page) => {
  const text = page(direct);
  expect(text.split('\n').filter((line) => line.length > LINE)).toEqual([]);
  await expect(text).toMatchFileSnapshot(`../answers/session/${name}.txt`);
});

describe.each(DUMPS)('%s', (name) => {
  test.each(Object.entries(PROPERTIES))('%s', (_, holds) => {
    holds(directly(name));
  });
});

test('what is refused is refused in the same words, whatever the dump', () => {
  const words = ({ refused }: Answers) => refused.map(([, answer]) => answer.replace(/0 to \d+$/, '0 to N'));
  for (const answers of direct.values()) expect(words(answers)).toEqual(words(directly(DUMPS[0])));
});

describe.each(Object.entries(HOSTS))('through %s', (_, start) => {
  let host: RunningHost;
  beforeAll(async () => {
    host = await start([...DUMPS, 'no-such.heap'].map(fixture));
  });
  afterAll(() => host.stop());

  test.each(DUMPS)('the same answers: %s', async (name) => {
    expect(await answersOf(host.session, fixture(name))).toEqual(directly(name));
  });

  test('names given by hand reach the engine, and come back', async () => {
    await host.session.open({ file: fixture(DUMPS[0]), executable: null });
    expect(await host.session.giveNames({ '0x58e750': 'errorString', '0x10': 'x.Y' })).toEqual(['0x10']);
    const words = 'what a pointer type of errors points at, #1';
    const first = { identity: '0x58e750', package: 'errors', words, name: 'errors.errorString' };
    expect((await host.session.identities({ offset: 0, limit: 1 })).rows).toEqual([first]);
    await expect(host.session.giveNames({ '0x58e750': 'net.conn' })).rejects.toMatchObject({ name: 'BadRequest' });
    expect((await host.session.identities({ offset: 0, limit: 1 })).rows).toEqual([first]);
  });

  test('errors keep their names, and the session lives on', async () => {
    await expect(host.session.open({ file: fixture('no-such.heap') })).rejects.toMatchObject({
      name: 'CannotRead',
      message: expect.stringMatching(/no-such\.heap cannot be read: there is no such file$/) as string,
    });
    await expect(host.session.summary()).rejects.toMatchObject({ name: 'NothingOpen' });
    expect((await host.session.open({ file: fixture(DUMPS[0]) })).dump.state).toBe('whole');
  });
});
