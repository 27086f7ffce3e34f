/** The command as a process of its own: what only real pipes and signals can show. Needs the build (`npm run build`, which `npm test` does). */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const project = resolve(import.meta.dirname, '../../..');
const launcher = join(project, 'bin/heapknot.mjs');
const dump = join(project, 'fixtures/dumps/go1.27.4/finalizers.heap');

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the launcher; `onOutput` sees each piece of standard output and may act on the process. */
function start(
  script: string,
  argv: string[],
  onOutput: (child: ReturnType<typeof spawn>) => void = () => {},
): Promise<Ended> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [script, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      onOutput(child);
    });
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => settle({ code, out, err }));
  });
}

describe('the built command', () => {
  beforeAll(() => {
    expect(existsSync(join(project, 'out/main/cli.js')), 'built: run `npm run build` first').toBe(true);
  });

  it('answers', async () => {
    const { code, out, err } = await start(launcher, ['summary', dump, '--json']);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ schema: 'heapknot/summary/1', heap: { objects: 2708 } });
  });

  it('ends quietly when its reader goes away', async () => {
    const { code, err } = await start(launcher, ['objects', dump, '--json', '--limit', 'all'], (child) =>
      child.stdout?.destroy(),
    );
    expect([code, err]).toEqual([0, '']);
  });

  it('serves until it is interrupted', async () => {
    const { code, out } = await start(launcher, ['serve', dump], (child) => child.kill('SIGINT'));
    expect(code).toBe(130);
    expect(out).toMatch(/^Serving finalizers\.heap at http:\/\/127\.0\.0\.1:\d+\/#token=\S+\n$/);
  });
});

describe('the launcher', () => {
  it('says in one line what to do where nothing is built', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heapknot-'));
    try {
      cpSync(launcher, join(folder, 'bin/heapknot.mjs'));
      const { code, out, err } = await start(join(folder, 'bin/heapknot.mjs'), ['summary', dump]);
      expect([code, out]).toEqual([3, '']);
      expect(err).toMatch(/^heapknot: not built yet; run `npm run build`.*\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
