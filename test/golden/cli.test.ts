/**
 * The command line on a real dump: its tables as texts that a person can review, its JSON against the published schemas. After a wanted change
 * `npx vitest run test/golden/cli -u` writes the texts anew; read the difference.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createDirectSession } from '../../workers/hosts/direct';
import type { DrawnGraph } from '../../workers/api';
import { heapknot } from '../engine/cli/harness';
import type { Run } from '../engine/cli/harness';
import { executableOf } from '../support/programs';
import { expectAnswer, SCHEMAS } from '../engine/cli/schemas';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/dumps/${name}`, import.meta.url));

/** Rings of two with a finalizer each, a ring of a thousand, an object that refers to itself. */
const FINALIZERS = fixture('go1.27.4/finalizers.heap');

/** Member A0 of the first ring, as the program printed it. */
const A0 = '0x269c0c488120';

/** The second of the ring of a thousand. */
const RUNG = '0x269c0c494180';

/** The same questions for people and for programs. */
const QUESTIONS: [string, string[]][] = [
  ['summary', []],
  ['retention', []],
  ['retention', ['--by', 'dominator', '--depth', '2']],
  ['findings', []],
  ['cycles', ['--limit', '8']],
  ['cycles', ['--members', '3', '--limit', '2', '--filter', 'class=finalizer']],
  ['knot', ['8']],
  ['cuts', [A0]],
  ['cuts', ['--cycle', '8']],
  ['free', [A0]],
  ['free', ['--cycle', '8']],
  ['path', [A0, '--paths', '2']],
  ['path', [RUNG, '--by', 'kind']],
  ['path', [A0, '--avoid', 'finalizer']],
  ['path', [RUNG, '--avoid', `0x269c0c494160>${RUNG}`]],
  ['path', [RUNG, '--paths', '2', '--avoid', 'bss']],
  ['object', [A0, '0x10', '--limit', '5']],
  ['objects', ['--limit', '6']],
  ['types', ['--limit', '6']],
  ['closures', []],
  ['pools', []],
  ['dominators', ['--limit', '6']],
  ['dominators', [A0]],
  ['dominators', ['--by', 'kind', '--limit', '8']],
  ['dominators', [A0, '--by', 'kind', '--filter', 'count=>1']],
  ['goroutines', []],
  ['goroutines', ['1']],
  ['goroutines', ['--by', 'stack']],
  ['goroutines', ['--like', '1']],
  ['roots', ['--filter', 'kind=finalizer']],
  ['roots', ['--by', 'kind', '--limit', '12']],
  ['identities', ['--no-exe']],
];

/** Questions that need names: the program, the command, what follows it. */
const NAMED: [string, string, string[]][] = [
  ['poolcycle', 'retention', []],
  ['closureleak', 'retention', ['--of', 'main.Conn', '--limit', '12']],
  ['closureleak', 'retention', ['--focus', '/main\\./', '--hide', 'closure', '--min', '0.1%']],
  ['closureleak', 'closures', ['--limit', '8']],
  ['closureleak', 'closures', ['--limit', '2', '--members', '3', '--filter', 'function=main.']],
  ['poolcycle', 'closures', ['--filter', 'captured=Pool']],
  ['closureleak', 'goroutines', ['--by', 'stack']],
  ['closureleak', 'roots', ['--by', 'kind', '--sort', 'alone', '--limit', '8']],
  ['poolcycle', 'cuts', ['--cycle', '4', '--limit', '6']],
  ['poolcycle', 'knot', ['4', '--ties', '3']],
  ['poolcycle', 'free', ['--cycle', '4', '--limit', '6']],
  ['closureleak', 'free', ['--type', 'main.Big', '--limit', '6']],
  ['poolcycle', 'pools', []],
  ['poolcycle', 'pools', ['--sort', 'items', '--limit', '2', '--items', '4']],
  ['poolcycle', 'pools', ['0x78cbb508120', '--items', '6']],
  ['poolcycle', 'object', ['0x78cbb508180', '0x78cbb50c030', '--limit', '5']],
];

/** An executable of the fixtures as a file. */
async function unpacked(name: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'heapknot-names-'));
  const path = join(folder, basename(name));
  await writeFile(path, executableOf(name));
  return { path, remove: () => rm(folder, { recursive: true }) };
}

function ask(command: string, rest: readonly string[], file = FINALIZERS, columns = 110): Promise<Run> {
  return heapknot([command, file, ...rest, '--no-color', '--quiet'], { session: createDirectSession(), columns });
}

describe('the tables', () => {
  it.each(QUESTIONS)('of %s %j', async (command, rest) => {
    const { out } = await ask(command, rest);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
    const name = [command, ...rest].join(' ').replaceAll(/[^\w.]+/g, '-');
    await expect(`$ heapknot ${[command, ...rest].join(' ')}\n\n${out}`).toMatchFileSnapshot(`answers/cli/${name}.txt`);
  });
});

describe.each(NAMED)('of %s: %s %j', (program, command, rest) => {
  let exe: Awaited<ReturnType<typeof unpacked>>;
  beforeAll(async () => (exe = await unpacked(`go1.27.4/${program}`)));
  afterAll(() => exe.remove());
  const answer = (...more: string[]) =>
    ask(command, [...rest, ...more, '--exe', exe.path], fixture(`go1.27.4/${program}.heap`));

  it('the table', async () => {
    const { code, out } = await answer();
    expect(code).toBe(0);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
    const name = [command, program, ...rest].join(' ').replaceAll(/[^\w.]+/g, '-');
    await expect(`$ heapknot ${[command, ...rest].join(' ')}\n\n${out}`).toMatchFileSnapshot(`answers/cli/${name}.txt`);
  });

  it('the JSON fits its schema and is the same each time', async () => {
    const once = await answer('--json');
    expectAnswer(command, once.out);
    expect((await answer('--json')).out).toBe(once.out);
  });
});

test('what lets go of nothing is answered by exit 1, and of everything at once is a mistake', async () => {
  const run = await ask('cuts', ['0x10', '--json']);
  expect(run.code).toBe(1);
  expectAnswer('cuts', run.out);
  expect((await ask('cuts', [A0, '--cycle', '8'])).code).toBe(2);
  expect((await ask('cuts', [])).code).toBe(2);
});

test('a knot is drawn into the file that its name says, and a field that is not there is told', async () => {
  const { code, files } = await ask('knot', ['8', '-o', 'knot.svg']);
  expect(code).toBe(0);
  expect(files.get('knot.svg')).toContain('① +0x0');
  const png = (await ask('knot', ['8', '-o', 'knot.png'])).files.get('knot.png') ?? '';
  expect(Buffer.from(png).subarray(1, 4).toString('latin1')).toBe('PNG');
  const { nodes } = JSON.parse(String((await ask('knot', ['8', '-o', 'k.json'])).files.get('k.json'))) as DrawnGraph;
  expect(nodes).toHaveLength(2);
  expect((await ask('knot', ['8', '-o', 'knot.bmp'])).code).toBe(2);
  const unknown = await ask('knot', ['8', '--ignore', 'main.Node .parent']);
  expect(unknown.err).toContain('No object of this dump has a field “main.Node .parent”');
  expect(unknown.code).toBe(1);
});

test('what would free nothing is answered by exit 1, and a kind that does not hold it is none', async () => {
  const run = await ask('free', ['0x10', '--json']);
  expect(run.code).toBe(1);
  expectAnswer('free', run.out);
  expect((await ask('free', [A0, '--cycle', '8'])).code).toBe(2);
  const unknown = await ask('free', [A0, '--cut', 'no such kind']);
  expect([unknown.code, unknown.out]).toEqual([2, '']);
  expect(unknown.err).toContain('Nothing that holds it is called “no such kind”');
});

test('a pool that is not there is answered by exit 1', async () => {
  const run = await ask('pools', ['0x10']);
  expect([run.code, run.out]).toEqual([1, '']);
  expect(run.err).toBe('heapknot: No sync.Pool of this dump that was used lies at 0x10\n');
});

describe('the report of names', () => {
  const DUMP = fixture('go1.27.4-386/closureleak.heap');
  const report = (file: string, ...rest: string[]) => ask('name-report', ['--tsv', ...rest], file);

  it('of a dump alone', async () => {
    const { out } = await report(DUMP);
    await expect(out).toMatchFileSnapshot('answers/cli/name-report-closureleak-386.tsv');
    expect((await report(DUMP)).out).toBe(out);
  });

  it('by an executable: one line for every object, by address, and notes before them', async () => {
    const { path, remove } = await unpacked('go1.27.4/poolcycle-stripped');
    const file = fixture('go1.27.4/poolcycle.heap');
    const { out, err } = await report(file, '--exe', path);
    await remove();
    expect(err).toBe('');
    const lines = out.trimEnd().split('\n');
    const [first] = lines;
    expect(first).toMatch(/^# Executable poolcycle-stripped: The executable matches: /);
    const rows = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
    const summary = await ask('summary', ['--json', '--no-exe'], file);
    const { heap } = JSON.parse(summary.out) as { heap: { objects: number } };
    expect(rows).toHaveLength(heap.objects);
    const addresses = rows.map(([address]) => Number(address));
    expect(addresses).toEqual([...addresses].sort((a, b) => a - b));
    expect(rows.every((row) => row.length === 5)).toBe(true);
    expect(rows.filter(([, type]) => type === 'main.Owner')).toHaveLength(1);
  });
});

describe('the JSON', () => {
  it.each(QUESTIONS)('of %s %j fits its schema and is the same each time', async (command, rest) => {
    const once = await ask(command, [...rest, '--json']);
    expectAnswer(command, once.out);
    expect((await ask(command, [...rest, '--json'])).out).toBe(once.out);
    expect(once.out).not.toContain(fixture(''));
  });

  it.each([
    ['cycles', ['--limit', 'all', '--members', 'all']],
    ['objects', ['--limit', 'all']],
    ['types', ['--limit', 'all']],
    ['roots', ['--limit', 'all']],
    ['goroutines', ['--limit', 'all']],
  ])('of %s %j lists everything that its total promises', async (command, rest) => {
    const { out } = await ask(command, [...rest, '--json']);
    const document = expectAnswer(command, out) as Record<string, unknown>;
    expect(document['total']).toBeGreaterThan(0);
    expect(document[command]).toHaveLength(document['total'] as number);
  });

  it('has a question here for every schema', () => {
    const asked = new Set([
      ...QUESTIONS.map(([command]) => command),
      ...NAMED.map(([, command]) => command),
      'export',
      'ignore',
      'given-names',
    ]);
    expect([...SCHEMAS.keys()].sort()).toEqual([...asked].sort());
  });
});

describe('exports', () => {
  it.each([
    ['a cycle', ['--cycle', '0']],
    ['an object', ['--object', A0]],
    ['a root path', ['--path', A0]],
  ])('%s in four formats', async (_what, subject) => {
    expectAnswer('export', (await ask('export', [...subject, '--json'])).out);
    expect((await ask('export', [...subject, '--format', 'dot'])).out).toMatch(/^digraph "[^]*->[^]*\}\n$/);
    const svg = (await ask('export', subject)).out;
    expect(svg).toMatch(/^<svg |^<\?xml /);
    const { files, out } = await ask('export', [...subject, '-o', 'picture.png']);
    expect(out).toBe('');
    const png = Buffer.from(files.get('picture.png') as Uint8Array);
    const [width, height] = ['width', 'height'].map((side) => Number(new RegExp(`${side}="(\\d+)"`).exec(svg)?.[1]));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height]);
  });

  it('are not there for what is not there', async () => {
    expect((await ask('export', ['--cycle', '999999'])).code).toBe(1);
    expect((await ask('export', ['--object', '0x10'])).code).toBe(1);
  });

  it('take one subject, a budget in bounds, and no picture on the terminal', async () => {
    for (const rest of [
      [],
      ['--cycle', '0', '--path', A0],
      ['--cycle', '0', '--budget', '7'],
      ['--cycle', '0', '--format', 'png'],
    ]) {
      expect((await ask('export', rest)).code, rest.join(' ')).toBe(2);
    }
  });
});

describe('files that are not whole', () => {
  it.each(['broken/disk-full.heap', 'broken/go1.27.4-goroutineleak-crash.heap', 'synthetic/bad-tag-99.heap'])(
    '%s is answered with what was whole, and refused with --strict',
    async (name) => {
      const session = createDirectSession();
      const run = await heapknot(['summary', fixture(name), '--json'], { session });
      expect(run.code).toBe(0);
      const { dump } = expectAnswer('summary', run.out) as { dump: { state: string; problem: { offset: number } } };
      expect(dump.state).not.toBe('whole');
      expect(dump.problem.offset).toBeLessThanOrEqual(readFileSync(fixture(name)).length);
      expect(run.err).toContain(`this dump is ${dump.state}: at offset`);
      const strict = await heapknot(['summary', fixture(name), '--strict'], { session: createDirectSession() });
      expect([strict.code, strict.out]).toEqual([3, '']);
      expect(strict.err).not.toBe('');
    },
  );

  it.each([
    ['broken/empty.heap', /empty/],
    ['broken/cut-header.heap', /header/],
    ['broken/gzipped.heap.gz', /gzip/],
    ['broken/pprof-text-profile.heap', /pprof/],
    ['go1.27.4/finalizers.heap.truth.json', /./],
    ['nowhere.heap', /nowhere\.heap/],
  ])('%s is no dump: exit 3 and a message that names it', async (name, message) => {
    const run = await heapknot(['cycles', fixture(name), '--json'], { session: createDirectSession() });
    expect([run.code, run.out]).toEqual([3, '']);
    expect(run.err).toMatch(/^heapknot: .+\n$/);
    expect(run.err).toMatch(message);
    expect(run.err).not.toContain('defect');
  });
});
