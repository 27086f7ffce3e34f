// The file that a team commits: what it may hold, and what its errors say.
import { describe, expect, it } from 'vitest';
import { ignoredBy, readIgnoreFile, writeIgnoreFile } from '../../../workers/api';
import type { IgnoreEntry } from '../../../workers/api';

const ENTRIES: IgnoreEntry[] = [
  { detector: 'timers', key: 'main.poll', state: 'expected', reason: 'It polls for ever.' },
  { detector: 'empty-map', key: 'main.cache', state: 'ignored', reason: 'Next quarter.' },
];

const file = (...ignore: unknown[]) => JSON.stringify({ schema: 'heapknot/ignore/1', ignore });

describe('an ignore file', () => {
  it('is written sorted, with one line for each part, and read back', () => {
    const text = writeIgnoreFile(ENTRIES);
    expect(text).toBe(
      [
        '{',
        '  "schema": "heapknot/ignore/1",',
        '  "ignore": [',
        '    {',
        '      "detector": "empty-map",',
        '      "key": "main.cache",',
        '      "state": "ignored",',
        '      "reason": "Next quarter."',
        '    },',
        '    {',
        '      "detector": "timers",',
        '      "key": "main.poll",',
        '      "state": "expected",',
        '      "reason": "It polls for ever."',
        '    }',
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
    expect(readIgnoreFile(text, 'f')).toEqual([ENTRIES[1], ENTRIES[0]]);
    expect(writeIgnoreFile([...ENTRIES].reverse())).toBe(text);
  });

  it('matches by detector and key', () => {
    expect(ignoredBy(ENTRIES, { detector: 'timers', key: 'main.poll' })).toBe(ENTRIES[0]);
    expect(ignoredBy(ENTRIES, { detector: 'timers', key: 'main.cache' })).toBeNull();
    expect(ignoredBy([], { detector: 'timers', key: 'main.poll' })).toBeNull();
  });

  it('may leave the state out', () => {
    expect(readIgnoreFile(file({ detector: 'a', key: 'b', reason: 'c' }), 'f')).toEqual([
      { detector: 'a', key: 'b', state: 'ignored', reason: 'c' },
    ]);
  });
});

describe('an ignore file that is wrong', () => {
  it.each([
    ['{\n  "schema": "heapknot/ignore/1",\n  "ignore": [,]\n}', /^f(, line 3)?: it is no JSON: /],
    ['[]', 'f: it must hold an object with "schema" and "ignore"'],
    ['{"ignore": []}', 'f: "schema" must be "heapknot/ignore/1", not missing'],
    [
      '{"schema": "heapknot/ignore/2", "ignore": []}',
      'f: "schema" must be "heapknot/ignore/1", not "heapknot/ignore/2"',
    ],
    ['{"schema": "heapknot/ignore/1", "ignore": {}}', 'f: "ignore" must be a list, not {}'],
    [file(ENTRIES[0], 7), 'f, entry 2: it must be an object with "detector", "key", "state" and "reason"'],
    [file({ ...ENTRIES[0], reason: ' ' }), 'f, entry 1: "reason" must be a text that says something, not " "'],
    [file({ ...ENTRIES[0], key: null }), 'f, entry 1: "key" must be a text that says something, not null'],
    [file({ ...ENTRIES[0], state: 'wontfix' }), 'f, entry 1: "state" must be "expected" or "ignored", not "wontfix"'],
    [file(ENTRIES[0], ENTRIES[1], ENTRIES[0]), 'f, entry 3: it repeats entry 1; one of them must go'],
  ])('%s', (text, message) => {
    const read = () => readIgnoreFile(text, 'f');
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ name: 'CannotRead' }));
  });
});
