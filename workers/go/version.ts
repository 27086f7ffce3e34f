/** Go versions as numbers that can be compared: the second part of `go1.27.4`, with its experiments. */
export interface GoVersion {
  /** As printed, experiments included. */
  text: string;
  /** 27 for go1.27.4; NaN where the text is no release (a development build, an empty string). */
  minor: number;
  experiments: ReadonlySet<string>;
}

/** Reads `go1.25.1 X:greenteagc`, `go1.26.1-X:nogreenteagc,foo`, `devel go1.28-abc`. */
export function parseGoVersion(text: string): GoVersion {
  const release = /\bgo1\.(\d+)/.exec(text);
  const experiments = /[ -]X:([^\s]*)/.exec(text);
  return {
    text,
    minor: release ? Number(release[1]) : NaN,
    experiments: new Set(experiments ? experiments[1].split(',') : []),
  };
}
