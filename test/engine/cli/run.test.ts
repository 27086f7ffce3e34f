import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../workers/api';
import type { EngineErrorName, Summary } from '../../../workers/api';
import { A, B, doubleSession, pageOf, SUMMARY } from './double';
import { heapknot } from './harness';

const session = doubleSession();

describe('exit codes', () => {
  it.each([
    ['summary', ['summary', 'x.heap'], 0],
    ['an object that is there', ['object', 'x.heap', A], 0],
    ['an object that is not', ['object', 'x.heap', A, '0x10'], 1],
    ['the path of an object that is not', ['path', 'x.heap', '0x10'], 1],
    ['a cycle that is not', ['cycles', 'x.heap', '7'], 1],
    ['no command', [], 2],
    ['an unknown command', ['sumary', 'x.heap'], 2],
    ['no file', ['summary'], 2],
    ['an unknown option', ['summary', 'x.heap', '--colour'], 2],
    ['a limit that is no number', ['cycles', 'x.heap', '--limit', 'few'], 2],
    ['an unknown column', ['cycles', 'x.heap', '--sort', 'weight'], 2],
    ['something that is no address', ['object', 'x.heap', 'c000'], 2],
    ['no address', ['object', 'x.heap'], 2],
    ['an unknown way to group', ['cycles', 'x.heap', '--by', 'type'], 2],
    ['an unknown graph', ['cycles', 'x.heap', '--graph', 'all'], 2],
    ['names from an executable', ['summary', 'x.heap', '--exe', 'app'], 0],
    ['names in no form', ['name-report', 'x.heap'], 2],
    ['names in JSON', ['name-report', 'x.heap', '--tsv', '--json'], 2],
    ['no names from an executable', ['summary', 'x.heap', '--no-exe'], 0],
    ['too many paths', ['path', 'x.heap', A, '--paths', '101'], 2],
    ['two addresses for a path', ['path', 'x.heap', A, B], 2],
    ['help', ['--help'], 0],
    ['help of a command', ['cycles', '--help'], 0],
    ['version', ['--version'], 0],
  ])('%s', async (_case, argv, code) => {
    const run = await heapknot(argv, { session });
    expect(run.code, run.err).toBe(code);
    if (code === 2) expect(run.err).not.toBe('');
    if (code === 2) expect(run.out).toBe('');
  });

  it.each<[EngineErrorName, number]>([
    ['Cancelled', 130],
    ['NotADump', 3],
    ['CannotRead', 3],
    ['OutOfMemory', 3],
    ['EngineGone', 3],
    ['BadRequest', 2],
    ['NotFound', 1],
  ])('%s from the engine is %i', async (name, code) => {
    const failing = doubleSession({ open: () => Promise.reject(new EngineError(name, 'x.heap: what went wrong')) });
    const run = await heapknot(['summary', 'x.heap'], { session: failing });
    expect(run.code).toBe(code);
    expect(run.out).toBe('');
    expect(run.err).toBe(name === 'Cancelled' ? 'heapknot: interrupted\n' : 'heapknot: x.heap: what went wrong\n');
  });

  it('calls a defect a defect, with its stack', async () => {
    const failing = doubleSession({
      cycles: () => Promise.reject(new TypeError('x is undefined')),
    });
    const run = await heapknot(['cycles', 'x.heap'], { session: failing });
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/defect of heapknot[^]*TypeError: x is undefined\n +at /);
  });

  it('closes the dump however it ends', async () => {
    let closed = 0;
    const close = async () => {
      closed++;
    };
    await heapknot(['summary', 'x.heap'], { session: doubleSession({ close }) });
    const failing = doubleSession({ close, open: () => Promise.reject(new EngineError('NotADump', 'no')) });
    await heapknot(['summary', 'x.heap'], { session: failing });
    expect(closed).toBe(2);
  });
});

describe('a dump that is not whole', () => {
  const dump: Summary['dump'] = {
    ...SUMMARY.dump,
    state: 'truncated',
    truncated: true,
    problem: {
      offset: 204_800,
      record: 'object',
      expected: '112 bytes of contents',
      found: 'the end of the file',
      lost: ['globals', 'stacks'],
    },
    warnings: [{ code: 'counts-differ', message: 'MemStats is missing.', offset: null }],
  };
  const opening = doubleSession({ open: async () => ({ ...SUMMARY, dump }) });

  it('is answered, with the damage on standard error', async () => {
    const run = await heapknot(['summary', 'x.heap'], { session: opening });
    expect(run.code).toBe(0);
    expect(run.err).toBe(
      [
        'heapknot: this dump is truncated: at offset 204,800 of 373.5 KiB, in a record of kind object: expected 112 bytes of contents, found the end of the file',
        'heapknot: what follows is missing: globals, stacks',
        'heapknot: warning: MemStats is missing.',
        '',
      ].join('\n'),
    );
  });

  it('says so in the JSON of every command', async () => {
    for (const argv of [['summary'], ['cycles'], ['object', A], ['path', A]]) {
      const [command, ...rest] = argv;
      const run = await heapknot([command, 'x.heap', ...rest, '--json'], { session: opening });
      expect(JSON.parse(run.out)).toMatchObject({
        dump: { state: 'truncated', truncated: true, problem: dump.problem, warnings: dump.warnings },
      });
    }
  });

  it('is silent with --quiet', async () => {
    expect((await heapknot(['summary', 'x.heap', '--quiet'], { session: opening })).err).toBe('');
  });

  it('is exit 3 with --strict', async () => {
    const run = await heapknot(['summary', 'x.heap', '--strict'], { session: opening });
    expect([run.code, run.out]).toEqual([3, '']);
    expect(run.err).toContain('truncated');
  });
});

describe('streams', () => {
  it('end quietly when nobody reads on', async () => {
    const endless = doubleSession({
      cycles: async (query) =>
        pageOf(
          Array.from({ length: 5000 }, () => ROW),
          query,
        ),
    });
    const run = await heapknot(['cycles', 'x.heap', '--limit', 'all'], { session: endless, closesAfter: 1000 });
    expect([run.code, run.err]).toEqual([0, '']);
  });

  it('stop at Ctrl+C', async () => {
    let cancelled = false;
    let interrupt = () => {};
    const interrupted = doubleSession({
      cancel: async () => void (cancelled = true),
      cycles: async (query) => {
        interrupt();
        return pageOf([ROW], query);
      },
    });
    const run = await heapknot(['cycles', 'x.heap'], { session: interrupted, atStart: (press) => (interrupt = press) });
    expect(run.code).toBe(130);
    expect(run.out).toBe('');
    expect(run.err).toBe('heapknot: interrupted\n');
    expect(cancelled).toBe(true);
  });

  it('take addresses from standard input in the place of -', async () => {
    const run = await heapknot(['object', 'x.heap', '0x10', '-', '--json'], {
      session,
      input: `${A}\n  ${B} 0xC000010008\n`,
    });
    const { objects } = JSON.parse(run.out) as { objects: { asked: string; found: boolean; address?: string }[] };
    expect(objects.map(({ asked, found, address }) => [asked, found, address])).toEqual([
      ['0x10', false, undefined],
      [A, true, A],
      [B, true, B],
      ['0xC000010008', true, A],
    ]);
    expect(run.code).toBe(1);
    expect((await heapknot(['path', 'x.heap', '-'], { session, input: `${A}\n` })).code).toBe(0);
    expect((await heapknot(['path', 'x.heap', '-'], { session, input: '' })).code).toBe(2);
  });

  it('show progress only to a person', async () => {
    const slow = doubleSession({
      open: () => new Promise((resolve) => setTimeout(() => resolve(SUMMARY), 250)),
      status: async () => ({
        state: 'opening',
        file: null,
        running: 'read',
        phases: [{ phase: 'read', unit: 'bytes', done: 2048, total: 382_514, elapsedMs: 1, finished: false }],
        objects: 12,
        memory: { used: 0, peak: 0, estimate: null },
        names: { generation: 0, running: false, problem: null },
      }),
    });
    const line = 'reading 2.0 KiB of 373.5 KiB · 12 objects';
    const watched = await heapknot(['summary', 'x.heap'], { session: slow, columns: 100 });
    expect(watched.err).toContain(`\r\u001b[K${line}`);
    expect(watched.err.endsWith('\r\u001b[K')).toBe(true);
    expect((await heapknot(['summary', 'x.heap', '--quiet'], { session: slow, columns: 100 })).err).toBe('');
    expect((await heapknot(['summary', 'x.heap'], { session: slow })).err).toBe('');
  });

  it('are coloured only on a terminal that wants it', async () => {
    const escape = '\u001b[1m';
    const on = async (argv: string[], env = {}) =>
      (await heapknot(['summary', 'x.heap', ...argv], { session, columns: 100, env })).out.includes(escape);
    expect(await on([])).toBe(true);
    expect(await on(['--no-color'])).toBe(false);
    expect(await on([], { NO_COLOR: '1' })).toBe(false);
    expect(await on([], { TERM: 'dumb' })).toBe(false);
    expect((await heapknot(['summary', 'x.heap'], { session })).out).not.toContain(escape);
  });
});

describe('the command itself', () => {
  it('takes a file alone as a summary', async () => {
    const alone = await heapknot(['./x.heap', '--json'], { session });
    expect(alone.out).toBe((await heapknot(['summary', './x.heap', '--json'], { session })).out);
    expect((await heapknot(['cycels'], { session })).err).toContain('Did you mean cycles?');
  });

  it('says what it can do when it is given nothing', async () => {
    const run = await heapknot([]);
    expect(run.err).toContain('heapknot cycles app.heap');
    expect(run.err).toContain('Exit codes');
  });

  it('gives examples for every command', async () => {
    const { out } = await heapknot(['--help']);
    const commands = [...out.matchAll(/^ {2}([a-z]+) .*<(?:file|shell|files)/gm)].map(([, name]) => name);
    expect(commands).toContain('export');
    for (const command of commands) {
      const help = (await heapknot([command, '--help'])).out;
      expect(help, command).toMatch(/\nExamples:\n +\$ .*heapknot/);
    }
  });

  it('prints its version', async () => {
    expect((await heapknot(['--version'])).out).toBe('1.2.3\n');
  });

  it.each(['bash', 'zsh', 'fish'])('completes its commands and options in %s', async (shell) => {
    const { out, code } = await heapknot(['completions', shell]);
    expect(code).toBe(0);
    for (const word of ['summary', 'dominators', 'members', 'graph', 'svg']) expect(out, word).toContain(word);
  });

  it('completes for no other shell', async () => {
    expect((await heapknot(['completions', 'tcsh'])).code).toBe(2);
  });
});

const ROW = await doubleSession().cycle(0);
