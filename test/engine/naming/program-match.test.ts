/** Whether an executable belongs to a dump, in words. */
import { describe, expect, test } from 'vitest';
import { executableFacts } from '../../../workers/naming/executable-facts';
import { matchProgram } from '../../../workers/naming/program-match';
import { bytesOf, graphOf } from '../../support/dumps';
import { executableOf, programOf } from '../../support/programs';

const TABLE = [
  {
    dump: 'go1.27.4/poolcycle',
    executable: 'go1.27.4/poolcycle',
    level: 'full',
    verdict: 'The executable matches: 29 of 29 frames, 22 recorded types, both segments.',
  },
  {
    dump: 'go1.27.4/poolcycle',
    executable: 'go1.27.4/poolcycle-stripped',
    level: 'full',
    verdict: 'The executable matches: 29 of 29 frames, 22 recorded types, both segments.',
  },
  {
    dump: 'go1.27.4/poolcycle',
    executable: 'go1.27.4/closureleak',
    level: 'none',
    verdict:
      /^This executable did not write the dump: the \w+ segment has \d+ bytes in the dump and \d+ in the executable\.$/,
  },
  {
    dump: 'go1.26.11/poolcycle',
    executable: 'go1.27.4/poolcycle',
    level: 'none',
    verdict:
      'This executable did not write the dump: the dump was written by go1.26.11, the executable built with go1.27.4.',
  },
  {
    dump: 'go1.27.4-386/poolcycle',
    executable: 'go1.27.4/poolcycle',
    level: 'none',
    verdict: 'This executable did not write the dump: the dump is of 386, the executable for amd64.',
  },
];

describe('an executable and a dump', () => {
  for (const { dump, executable, level, verdict } of TABLE) {
    test(`${executable} for ${dump}: ${level}`, async () => {
      const graph = await graphOf(bytesOf(`${dump}.heap`));
      const match = matchProgram(graph.records, programOf(executableOf(executable)));
      expect(match.level).toBe(level);
      if (typeof verdict === 'string') expect(match.verdict).toBe(verdict);
      else expect(match.verdict).toMatch(verdict);
    });
  }

  test('facts of a stripped executable say what a rebuild would add', async () => {
    const graph = await graphOf(bytesOf('go1.27.4/poolcycle.heap'));
    const program = programOf(executableOf('go1.27.4/poolcycle-stripped'));
    const facts = executableFacts('poolcycle', program, matchProgram(graph.records, program));
    expect(facts).toMatchObject({ file: 'poolcycle', goVersion: 'go1.27.4', stripped: true, matches: true });
    expect(facts.verdict).toContain('It is stripped: variables have no names. A rebuild of the same commit');
  });
});
