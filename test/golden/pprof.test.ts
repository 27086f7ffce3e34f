/** The profile of a real dump, read back by the library and, where there is a Go, by `go tool pprof`: both tell the totals of the summary. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { afterAll, describe, expect, test } from 'vitest';
import { createDirectSession } from '../../workers/hosts/direct';
import { heapknot } from '../engine/cli/harness';
import { executableOf } from '../support/programs';

const DUMP = fileURLToPath(new URL('../../fixtures/dumps/go1.27.4/poolcycle.heap', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'heapknot-pprof-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const exe = join(folder, 'poolcycle');
writeFileSync(exe, executableOf('go1.27.4/poolcycle'));

const ask = (command: string, ...rest: string[]) =>
  heapknot([command, DUMP, '--exe', exe, '--quiet', ...rest], { session: createDirectSession() });

async function reachable(): Promise<[objects: number, bytes: number]> {
  const { heap } = JSON.parse((await ask('summary', '--json')).out) as {
    heap: { reachableObjects: number; reachableBytes: number };
  };
  return [heap.reachableObjects, heap.reachableBytes];
}

describe.each(['path', 'dominator'])('by %s', (by) => {
  test('samples add up to what is reachable, and the same dump gives the same bytes', async () => {
    const { bytes } = await ask('pprof', '--by', by);
    const profile = Profile.decode(gunzipSync(bytes));
    const text = (at: number | bigint) => profile.stringTable.strings[Number(at)];
    expect(profile.sampleType.map(({ type, unit }) => [text(type), text(unit)])).toEqual([
      ['objects', 'count'],
      ['bytes', 'bytes'],
    ]);
    expect(text(profile.defaultSampleType)).toBe('bytes');
    const sum = [0, 0];
    for (const { value } of profile.sample) value.forEach((one, at) => (sum[at] += Number(one)));
    expect(sum).toEqual(await reachable());
    expect((await ask('pprof', '--by', by)).bytes).toEqual(bytes);
  });
});

test('stacks are chains from the object to its root', async () => {
  const profile = Profile.decode(gunzipSync((await ask('pprof')).bytes));
  const names = profile.function.map(({ name }) => profile.stringTable.strings[Number(name)]);
  const stacks = profile.sample.map(({ locationId }) => locationId.map((id) => names[Number(id) - 1]));
  const buffers = stacks.filter(([own, above]) => own === '[]uint8' && above === 'main.Item');
  expect(buffers.length).toBeGreaterThan(0);
  for (const stack of buffers) expect(stack.at(-1)).toMatch(/^(items of |main\.)/);
});

const GO = spawnSync('go', ['version']).status === 0;
test.skipIf(!GO)('go tool pprof prints the same total', async () => {
  const file = join(folder, 'profile.pb.gz');
  writeFileSync(file, (await ask('pprof')).bytes);
  const { stdout } = spawnSync('go', ['tool', 'pprof', '-top', '-unit=B', file], { encoding: 'utf8' });
  const [, bytes] = await reachable();
  expect(stdout).toContain(` of ${bytes}B total`);
});
