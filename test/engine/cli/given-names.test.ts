/** `--names` and `identities`, on a dump whose types have no names. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createDirectSession } from '../../../workers/hosts/direct';
import { heapknot, type Run } from './harness';
import { expectAnswer } from './schemas';

const DUMP = fileURLToPath(new URL('../../../fixtures/dumps/go1.27.4/ifaces.heap', import.meta.url));
const file = (names: Record<string, string>): string => JSON.stringify({ schema: 'heapknot/given-names/1', names });

function ask(argv: readonly string[], names: string | null = null): Promise<Run> {
  const [command, ...rest] = argv;
  const texts = names === null ? {} : { 'names.json': names };
  const given = names === null ? [] : ['--names', 'names.json'];
  return heapknot([command, DUMP, '--no-exe', '--no-color', ...given, ...rest], {
    session: createDirectSession(),
    columns: 110,
    texts,
  });
}

describe('--names', () => {
  it('calls types by the names in a file, in every command', async () => {
    const names = file({ '0x5a0d10': 'Circle' });
    const types = await ask(['types', '--filter', 'name=circle', '--json'], names);
    expect(types.code).toBe(0);
    expect(expectAnswer('types', types.out)).toMatchObject({
      total: 1,
      types: [{ name: 'main.Circle (named by hand)', evidence: 'kind', objects: 3 }],
    });
    const objects = await ask(['objects', '--filter', 'type=circle', '--json'], names);
    expect(expectAnswer('objects', objects.out)).toMatchObject({ total: 3 });
    const identities = await ask(['identities', '--json'], names);
    expect(JSON.stringify(expectAnswer('identities', identities.out))).toContain('"name":"main.Circle"');
  });

  it('leaves the report of names as it is', async () => {
    const report = await ask(['name-report', '--tsv'], file({ '0x5a0d10': 'Circle' }));
    expect(report.out).toBe((await ask(['name-report', '--tsv'])).out);
  });

  it('tells of names that are for another dump, and uses the others', async () => {
    const { code, out, err } = await ask(
      ['types', '--filter', 'name=circle'],
      file({ '0x10': 'x.Y', '0x5a0d10': 'Circle' }),
    );
    expect(code).toBe(0);
    // a slow machine shows its progress before it
    expect(err).toContain('heapknot: warning: 1 name of names.json is for no type of this dump: 0x10\n');
    expect(err.match(/warning:/g)).toHaveLength(1);
    expect(out).toContain('main.Circle (named by hand)');
  });

  it.each([
    ['{', 3, 'names.json holds no names: it is no JSON'],
    [file({ '0x5a0d10': 'net/http.Conn' }), 2, 'a type of main'],
  ])('refuses what cannot be names: %s', async (names, code, message) => {
    const run = await ask(['summary'], names);
    expect([run.code, run.out]).toEqual([code, '']);
    expect(run.err).toContain(message);
  });
});

describe('identities', () => {
  it('writes a file that --names takes', async () => {
    const { out } = await ask(['identities', '--template']);
    expect(expectAnswer('given-names', out)).toMatchObject({ names: { '0x5a0d10': 'main.type1' } });
    const types = await ask(['types', '--limit', 'all'], out);
    expect(types.code).toBe(0);
    expect(types.err).not.toContain('warning');
    expect(types.out).toContain('main.type1 (named by hand)');
    expect(types.out).not.toContain('a pointer type of');
  });
});
