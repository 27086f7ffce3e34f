/**
 * The one reading of Go's version strings, and the one policy for those that nobody knows: the newest tables known, tried against the dump
 * where it can be (dump/try-version.ts), and one note that says so.
 */
import { unknownExperiments, writtenExperiments } from './experiments';

/** The newest release whose tables are here, the N of Go 1.N: a new release begins with this line. @internal */
export const NEWEST = 27;
/** Releases up to this one do not write their version into a dump. */
const LAST_UNRECORDED = 16;

export interface GoVersion {
  /** As a person knows it: `go1.27.4`, `go1.25.12 X:greenteagc`, `go1.7 to go1.16`; empty where an executable does not tell. */
  readonly text: string;
  /** The N of the Go 1.N by whose tables everything is read: see the policy above. */
  readonly minor: number;
  readonly experiments: ReadonlySet<string>;
  /** `release`: known, with what vendors add. `unrecorded`: an old one. `guess`: nobody here knows it. */
  readonly reading: 'release' | 'unrecorded' | 'guess';
  /** What a person must be told of the reading; null where it is no guess. */
  readonly note: string | null;
}

/** go1.27.4, go1.25rc1, go1.24.4-microsoft, go1.22.5 (Red Hat …). */
const RELEASE = /^go1\.(\d+)(?:\.\d+|rc\d+|beta\d+)*(?![\w.])/;
/** devel go1.28-abc Mon …, go1.28-devel_abc. */
const TOWARDS = /\bgo1\.(\d+)/;
const DEVELOPMENT = /\bdevel(?![a-z])/;

/**
 * What a version string says. An empty one is that of an old dump, whose `header` (`go1.5`, `go1.6` or `go1.7 heap dump`) limits it; null
 * means that nobody tells, as an executable without build information.
 */
export function readGoVersion(text: string | null, header = 7): GoVersion {
  if (text === null) return { ...guessed('', NEWEST, new Set()), note: null };
  const experiments = writtenExperiments(text);
  if (experiments.unrecorded) return unrecorded(header, experiments.names);
  const { names } = experiments;
  const release = DEVELOPMENT.test(text) ? null : RELEASE.exec(text);
  const minor = release ? Number(release[1]) : NaN;
  if (!(minor <= NEWEST)) return guessed(text, Math.min(Number(TOWARDS.exec(text)?.[1] ?? NEWEST), NEWEST), names);
  return { text, minor, experiments: names, reading: 'release', note: experimentsNote(text, minor, names) };
}

/** The same version, read as the last before Go 1.minor, because the dump contradicts the tables of that one. `why` ends a sentence. */
export function readAsBefore(version: GoVersion, minor: number, why: string): GoVersion {
  const read = guessed(version.text, minor - 1, version.experiments);
  return { ...read, note: `${read.note} ${why}` };
}

/** Of a table by version, newest row first, the row for a version: that of the last change up to it. */
export function rowFor<T extends { readonly from: number }>(rows: readonly T[], { minor }: GoVersion): T {
  return rows.find(({ from }) => from <= minor) ?? rows[rows.length - 1];
}

/** Is a version at least Go 1.minor? For tables of one row. */
export function isFrom({ minor }: GoVersion, first: number): boolean {
  return minor >= first;
}

function unrecorded(header: number, experiments: ReadonlySet<string>): GoVersion {
  const text = header < 7 ? `go1.${header}` : `go1.7 to go1.${LAST_UNRECORDED}`;
  return { text, minor: header < 7 ? header : LAST_UNRECORDED, experiments, reading: 'unrecorded', note: null };
}

function guessed(text: string, minor: number, experiments: ReadonlySet<string>): GoVersion {
  const note = `“${text}” is no release of Go that is known here: the dump is read as one of Go 1.${minor}.`;
  return { text, minor, experiments, reading: 'guess', note };
}

function experimentsNote(text: string, minor: number, experiments: ReadonlySet<string>): string | null {
  const unknown = unknownExperiments(experiments);
  if (unknown.length === 0) return null;
  const what = unknown.length === 1 ? `the experiment ${unknown[0]}` : `the experiments ${unknown.join(', ')}`;
  return `“${text}” is Go with ${what}, not known here: the dump is read as one of Go 1.${minor} without.`;
}
