/**
 * The same questions about real dumps through every host: the answers are texts that a person can review, and one text per dump, so they are
 * the same through all. After a wanted change `npx vitest run test/golden/session -u` writes them anew; read the difference.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTS, type RunningHost } from './hosts';
import { answersOf } from './questions';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/dumps/${name}`, import.meta.url));

const DUMPS = [
  'go1.27.4/finalizers.heap',
  'go1.27.4-mips/poolcycle.heap',
  'go1.27.4-386/closureleak.heap',
  'go1.19.8/deferleak.heap',
  'broken/disk-full.heap',
];

describe.each(Object.entries(HOSTS))('through %s', (_, start) => {
  let host: RunningHost;
  beforeAll(async () => {
    host = await start([...DUMPS, 'no-such.heap'].map(fixture));
  });
  afterAll(() => host.stop());

  test.each(DUMPS)('%s', async (name) => {
    const answers = await answersOf(host.session, fixture(name));
    const file = name.replaceAll('/', '-').replace('.heap', '.txt');
    await expect(`${answers}\n`).toMatchFileSnapshot(`answers/session/${file}`);
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
