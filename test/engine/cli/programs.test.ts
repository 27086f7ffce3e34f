import { describe, expect, it } from 'vitest';
import { heapknot } from './harness';

describe('heapknot serve', () => {
  const url = 'http://127.0.0.1:1234/#token=t';

  it('prints the address, serves until Ctrl+C and closes', async () => {
    const asked: unknown[] = [];
    let closed = false;
    const run = await heapknot(['serve', 'dir/a.heap', 'b.heap', '--exe', 'bin/a', '--port', '1234', '--open'], {
      files: ['dir/a.heap', 'b.heap', 'bin/a'],
      server: (files, executable, port) => {
        asked.push(files, executable, port);
        return {
          url,
          close: async () => {
            closed = true;
          },
        };
      },
      atStart: (interrupt) => setTimeout(interrupt, 20),
    });
    expect(asked).toEqual([['dir/a.heap', 'b.heap'], 'bin/a', 1234]);
    expect(run.out).toBe(`Serving a.heap, b.heap at ${url}\n`);
    expect(run.err).toContain('no browser could be started');
    expect([run.code, closed]).toEqual([130, true]);
  });

  it('serves the sample where nothing is named', async () => {
    const run = await heapknot(['serve'], {
      server: () => ({ url, close: async () => {} }),
      atStart: (interrupt) => setTimeout(interrupt, 20),
    });
    expect(run.out).toBe(`Serving the sample at ${url}\n`);
  });

  it('does not start for a file that is not there', async () => {
    const run = await heapknot(['serve', 'a.heap', 'b.heap'], { files: ['a.heap'] });
    expect([run.code, run.out, run.err]).toEqual([3, '', 'heapknot: cannot read b.heap: there is no such file\n']);
    const without = await heapknot(['serve', 'a.heap', '--exe', 'a'], { files: ['a.heap'] });
    expect([without.code, without.err]).toEqual([3, 'heapknot: cannot read a: there is no such file\n']);
  });
});

describe('heapknot open', () => {
  it('ends as the window ends', async () => {
    const asked: unknown[] = [];
    const ending = (code: number) => (files: readonly string[]) => {
      asked.push(files);
      return code;
    };
    expect((await heapknot(['open', 'a.heap'], { files: ['a.heap'], window: ending(0) })).code).toBe(0);
    expect((await heapknot(['open'], { window: ending(130) })).code).toBe(130);
    expect((await heapknot(['open'], { window: ending(77) })).code).toBe(3);
    expect(asked).toEqual([['a.heap'], [], []]);
  });

  it('does not open a file that is not there', async () => {
    const run = await heapknot(['open', 'a.heap']);
    expect([run.code, run.err]).toEqual([3, 'heapknot: cannot read a.heap: there is no such file\n']);
  });
});
