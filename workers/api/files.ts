/** What the surroundings of a page can open: the answer of the loopback server and of the desktop shell. */

/** A dump that can be opened by name. */
export interface HostFile {
  /** What `session.open` takes. */
  file: string;
  /** What a person reads: the base name. */
  name: string;
  bytes: number | null;
  /** Milliseconds since 1970; null where the host does not tell. */
  modified: number | null;
  kind: 'sample' | 'recent' | 'named';
}

export interface HostFiles {
  files: HostFile[];
  /** The `file` to open at once; null for the welcome screen. */
  initialFile: string | null;
}
