// What `heapknot findings` writes, and how it ends.
import { describe, expect, it } from 'vitest';
import { writeIgnoreFile } from '../../../workers/api';
import type { FindingRow } from '../../../workers/api';
import { A, DETECTORS, doubleSession, FINDINGS, pageOf } from './double';
import { heapknot, type Surroundings } from './harness';
import { expectAnswer } from './schemas';

const [LEAK, NOTE] = FINDINGS;
const ignoring = ({ detector, key }: FindingRow, reason: string) =>
  writeIgnoreFile([{ detector, key, state: 'expected', reason }]);

function findings(rest: string[] = [], surroundings: Surroundings = {}) {
  return heapknot(['findings', 'x.heap', ...rest], { session: doubleSession(), ...surroundings });
}

describe('the cards', () => {
  it('say what, how much, what proves it, why, how to fix it and what would let go', async () => {
    const { code, out, err } = await findings([], { columns: 90 });
    expect([code, err.replaceAll(/\u001b\[K|\r/g, '')]).toEqual([0, '']);
    for (const line of out.split('\n')) expect(line.replaceAll(/\u001b\[\d+m/g, '').length).toBeLessThanOrEqual(90);
    expect((await findings()).out).toMatchInlineSnapshot(`
      "1 leak, 1 note.

      LEAK  2 objects of []*main.A | main.B[int] lie in a cycle with a finalizer
        1.2 MiB in 1,234 objects · certain: The dump records the finalizer.

        Evidence
          0xc000010000  48 B, pointers at +0: has a finalizer, main.(*A).close
          goroutine 7  main.serve: waits for it
          cycle 0: joins both

        The runtime never frees an object with a finalizer that can reach itself, whatever else lets go of
        it: each ring stays for as long as the program runs.

        Fix: Set the finalizer on an object outside of the ring.

        // before
          a.b = b
          b.a = a
          runtime.SetFinalizer(a, close)

        // after
          a.b = b
          // \`\`\` b does not refer to a

        What would let go
          1.2 MiB, 1,234 objects: 0xc000010000 48 B, pointers at +0, at +0 → 0xc000020008 640 B, pointers
          at +0
          about 48 B, 1 object: bss+0x1a40 → 0xc000010000 48 B, pointers at +0

        finalizer-cycle-0badcafe

      NOTE  main.cache has room for a million entries and holds 3
        4.0 KiB in 3 objects · likely: Its table is as large as Go makes them for a million entries.

        Maps never shrink.

        Fix: Make a new map and copy what is left.

        empty-map-00c0ffee

      Not looked at, or not everywhere
        Contexts that nobody can cancel: It needs the executable.
      "
    `);
  });

  it('with nothing found, what was looked for', async () => {
    const session = doubleSession({ findings: async (range) => ({ ...pageOf([], range), detectors: DETECTORS }) });
    const { code, out } = await findings(['--fail-on', 'note'], { session });
    expect(code).toBe(0);
    expect(out).toBe(
      'Nothing was found.\nLooked for: Finalizers in cycles; Maps far emptier than their tables.\n' +
        '\nNot looked at, or not everywhere\n  Contexts that nobody can cancel: It needs the executable.\n',
    );
  });

  it('are as many as --limit says, and the rest is counted', async () => {
    const { out } = await findings(['--limit', '1']);
    expect(out).toContain('1 leak, 1 note.');
    expect(out).not.toContain(NOTE.title);
    expect(out).toContain('1 more: --limit all');
  });

  it('are asked for page by page', async () => {
    const many = Array.from({ length: 1200 }, (_, i) => ({ ...NOTE, id: `n-${i}`, key: `main.m${i}` }));
    const session = doubleSession({ findings: async (range) => ({ ...pageOf(many, range), detectors: DETECTORS }) });
    const { out } = await findings(['--json', '--limit', 'all'], { session });
    const { findings: rows } = expectAnswer('findings', out) as { findings: { id: string }[] };
    expect(rows.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
  });
});

describe('--fail-on', () => {
  it.each([
    ['leak', [], 1],
    ['warning', [], 1],
    ['note', [], 1],
    ['leak', ['--min-bytes', '2MiB'], 0],
    ['note', ['--min-bytes', '4096'], 1],
  ])('%s with %j is exit %i', async (severity, rest, code) => {
    expect((await findings(['--fail-on', severity, ...rest])).code).toBe(code);
  });

  it('does not count what is ignored, nor what is less bad', async () => {
    const texts = { 'heapknot.ignore.json': ignoring(LEAK, 'known') };
    expect((await findings(['--fail-on', 'warning'], { texts })).code).toBe(0);
    expect((await findings(['--fail-on', 'note'], { texts })).code).toBe(1);
    expect((await findings(['--fail-on', 'warning', '--no-ignore'], { texts })).code).toBe(1);
  });

  it('wants a severity', async () => {
    const { code, err } = await findings(['--fail-on', 'panic']);
    expect(code).toBe(2);
    expect(err).toContain('leak, warning, note');
  });
});

describe('--min-bytes', () => {
  it.each([
    ['4096', 2],
    ['4.1k', 1],
    ['1MB', 1],
    ['1.5MiB', 0],
  ])('%s leaves %i', async (size, count) => {
    const { out } = await findings(['--json', '--min-bytes', size]);
    expect(expectAnswer('findings', out)).toMatchObject({ total: count });
  });

  it('is a size', async () => {
    expect((await findings(['--min-bytes', 'much'])).code).toBe(2);
  });
});

describe('the ignore file', () => {
  it('folds what it names, with the reason, and tells of entries that match nothing', async () => {
    const entries = [
      { detector: LEAK.detector, key: LEAK.key, state: 'expected' as const, reason: 'known' },
      { detector: 'gone', key: 'main.T', state: 'ignored' as const, reason: 'later' },
    ];
    const { out } = await findings([], { texts: { 'heapknot.ignore.json': writeIgnoreFile(entries) } });
    expect(out).toContain('1 note; 1 expected or ignored.');
    expect(out).toContain(`Expected or ignored\n  Leak, ${LEAK.title} (1.2 MiB in 1,234 objects) – expected: known`);
    expect(out).toContain('1 entry of the ignore file match');
    const json = await findings(['--json', '--ignore', 'mine.json'], {
      texts: { 'mine.json': writeIgnoreFile(entries) },
    });
    expect(expectAnswer('findings', json.out)).toMatchObject({
      total: 2,
      ignored: 1,
      findings: [{ ignored: { state: 'expected', reason: 'known' } }, { ignored: null }],
    });
  });

  it('that cannot be read, or is wrong, is exit 3 before the dump is opened', async () => {
    const missing = await findings(['--ignore', 'no.json']);
    expect([missing.code, missing.err]).toEqual([3, 'heapknot: no.json cannot be read\n']);
    const wrong = await findings([], {
      texts: { 'heapknot.ignore.json': '{"schema":"heapknot/ignore/1","ignore":[{}]}' },
    });
    expect([wrong.code, wrong.out]).toEqual([3, '']);
    expect(wrong.err).toContain(
      'heapknot.ignore.json, entry 1: "detector" must be a text that says something, not missing',
    );
  });
});

describe('the JSON', () => {
  it('fits its schema, and evidence leads on to the other commands', async () => {
    const { code, out } = await findings(['--format', 'json']);
    expect(code).toBe(0);
    const document = expectAnswer('findings', out);
    expect((await findings(['--json'])).out).toBe(out);
    expect(document).toMatchObject({
      total: 2,
      ignored: 0,
      findings: [
        {
          severity: 'leak',
          bytes: LEAK.bytes,
          evidence: [{ address: A }, { goroutine: 7, entry: 'main.serve' }, { cycle: 0 }],
          cut: [
            { from: A, field: null, exact: true },
            { from: 'root', root: { name: 'bss+0x1a40' }, exact: false },
          ],
        },
        { severity: 'note', before: null },
      ],
      detectors: DETECTORS,
    });
  });
});

it('writes one format', async () => {
  expect((await findings(['--json', '--format', 'md'])).code).toBe(2);
  expect((await findings(['--format', 'html'])).code).toBe(2);
});

describe('the Markdown', () => {
  it('can be pasted into an issue', async () => {
    const { out } = await findings(['--format', 'md'], {
      texts: { 'heapknot.ignore.json': ignoring(NOTE, '@team <knows>') },
    });
    expect(out).toMatchInlineSnapshot(`
      "# Findings

      go1.24.4, amd64: 3,412 objects, 1.2 MiB.

      | Severity | Finding | Held | Objects | Confidence |
      | --- | --- | ---: | ---: | --- |
      | Leak | 2 objects of \\[\\]\\*main.A \\| main.B\\[int\\] lie in a cycle with a finalizer | 1.2 MiB | 1,234 | certain |

      ## Leak: 2 objects of \\[\\]\\*main.A \\| main.B\\[int\\] lie in a cycle with a finalizer

      **1.2 MiB in 1,234 objects** · certain: The dump records the finalizer. · \`finalizer-cycle-0badcafe\`

      The runtime never frees an object with a finalizer that can reach itself, whatever else lets go of it: each ring stays for as long as the program runs.

      **Evidence**

      - \`0xc000010000\` \`48 B, pointers at +0\`: has a finalizer, main.(\\*A).close
      - \`goroutine 7\` \`main.serve\`: waits for it
      - \`cycle 0\`: joins both

      **Fix.** Set the finalizer on an object outside of the ring.

      Before:

      \`\`\`go
      a.b = b
      b.a = a
      runtime.SetFinalizer(a, close)
      \`\`\`

      After:

      \`\`\`\`go
      a.b = b
      // \`\`\` b does not refer to a
      \`\`\`\`

      **What would let go**

      | Reference | To | Frees | Objects |
      | --- | --- | ---: | ---: |
      | \`0xc000010000 48 B, pointers at +0, at +0\` | \`0xc000020008 640 B, pointers at +0\` | 1.2 MiB | 1,234 |
      | \`bss+0x1a40\` | \`0xc000010000 48 B, pointers at +0\` | about 48 B | 1 |

      ## Expected or ignored

      - Note: main.cache has room for a million entries and holds 3 (4.0 KiB in 3 objects) – expected: @<!-- -->team &lt;knows\\>

      ## Not looked at, or not everywhere

      - Contexts that nobody can cancel: It needs the executable.
      "
    `);
  });
});
