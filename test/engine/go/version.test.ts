// Every kind of version string and how it is read: one policy, whoever asks.
import { describe, expect, test } from 'vitest';
import { isFrom, NEWEST, readAsBefore, readGoVersion, rowFor } from '../../../workers/go/version';

describe('readings', () => {
  test.each([
    ['go1.17', 17, []],
    ['go1.27.4', 27, []],
    ['go1.25rc1', 25, []],
    ['go1.18beta2', 18, []],
    ['go1.22rc1', 22, []],
    ['go1.25.12 X:greenteagc', 25, ['greenteagc']],
    ['go1.25.12 X:synctest,greenteagc', 25, ['synctest', 'greenteagc']],
    ['go1.26.11-X:nogreenteagc', 26, ['nogreenteagc']],
    ['go1.26.11-X:jsonv2,nogreenteagc', 26, ['jsonv2', 'nogreenteagc']],
    ['go1.24.4-microsoft', 24, []],
    ['go1.25.0-2-microsoft X:systemcrypto', 25, ['systemcrypto']],
    ['go1.22.5 (Red Hat 1.22.5-1.el9)', 22, []],
    ['go1.22.5 (Red Hat 1.22.5-1.el9) X:strictfipsruntime', 22, ['strictfipsruntime']],
    ['go1.27.4-custom', 27, []],
    ['go1.23.1+auto', 23, []],
  ])('%j is a release: Go 1.%i', (text, minor, experiments) => {
    const read = readGoVersion(text);
    expect({ ...read, experiments: [...read.experiments] }).toEqual({
      text,
      minor,
      experiments,
      reading: 'release',
      note: null,
    });
  });

  test.each([
    ['', 7, 'go1.7 to go1.16', 16, []],
    ['fieldtrack', 7, 'go1.7 to go1.16', 16, ['fieldtrack']],
    ['fieldtrack,preemptibleloops', 7, 'go1.7 to go1.16', 16, ['fieldtrack', 'preemptibleloops']],
    ['', 6, 'go1.6', 6, []],
    ['framepointer', 5, 'go1.5', 5, ['framepointer']],
  ])('%j under the header go1.%i is an old one: %s', (written, header, text, minor, experiments) => {
    const read = readGoVersion(written, header);
    expect({ ...read, experiments: [...read.experiments] }).toEqual({
      text,
      minor,
      experiments,
      reading: 'unrecorded',
      note: null,
    });
  });

  test.each([
    ['devel +abc123', NEWEST],
    ['devel +abc123 Mon Jan 5 11:00:00 2026 +0000', NEWEST],
    [`devel go1.${NEWEST + 1}-1a2b3c Mon Jan 5`, NEWEST],
    ['devel go1.24-1a2b3c Mon Jan 5', 24],
    ['go1.26-devel_1a2b3c Mon Jan 5', 26],
    [`go1.${NEWEST + 1}-devel_1a2b3c`, NEWEST],
    ['gotip', NEWEST],
    ['unknown', NEWEST],
    [`go1.${NEWEST + 1}`, NEWEST],
    ['go1.103.2', NEWEST],
    ['go2.0', NEWEST],
    ['go1.x', NEWEST],
    ['weekly.2012-03-27', NEWEST],
  ])('%j is known to nobody: read as Go 1.%i, and that is said', (text, minor) => {
    const read = readGoVersion(text);
    expect(read).toMatchObject({ text, minor, reading: 'guess' });
    expect(read.note).toBe(
      `“${text}” is no release of Go that is known here: the dump is read as one of Go 1.${minor}.`,
    );
  });

  test.each([
    ['go1.26.1-X:foo', 'the experiment foo', 26],
    ['go1.25.1 X:greenteagc,foo,nobar', 'the experiments foo, nobar', 25],
  ])('%j has experiments that nobody knows: read without, and that is said', (text, what, minor) => {
    const read = readGoVersion(text);
    expect(read).toMatchObject({ minor, reading: 'release' });
    expect(read.note).toBe(
      `“${text}” is Go with ${what}, not known here: the dump is read as one of Go 1.${minor} without.`,
    );
  });

  test('an executable that tells nothing is read as the newest, without a word about the dump', () => {
    expect(readGoVersion(null)).toMatchObject({ text: '', minor: NEWEST, reading: 'guess', note: null });
  });

  test('what the dump contradicts is read as older, and both are said', () => {
    const read = readAsBefore(readGoVersion('devel +abc123'), 22, 'It has no headers.');
    expect(read).toMatchObject({ text: 'devel +abc123', minor: 21, reading: 'guess' });
    expect(read.note).toBe(
      '“devel +abc123” is no release of Go that is known here: the dump is read as one of Go 1.21. It has no headers.',
    );
  });
});

describe('tables', () => {
  const rows = [{ from: 24 }, { from: 20 }, { from: 17 }];

  test.each([
    [27, 24],
    [24, 24],
    [23, 20],
    [20, 20],
    [19, 17],
    [5, 17],
  ])('Go 1.%i has the row of Go 1.%i', (minor, from) => {
    expect(rowFor(rows, readGoVersion(`go1.${minor}`)).from).toBe(from);
  });

  test('the first of a change has it', () => {
    expect([23, 24, 25].map((minor) => isFrom(readGoVersion(`go1.${minor}`), 24))).toEqual([false, true, true]);
  });
});
