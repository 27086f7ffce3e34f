/** The rows of the list of packages. */

/** Types of one package together. */
export interface PackageRow {
  /** Import path; null for what belongs to no package, or to none that is known. */
  package: string | null;
  types: number;
  objects: number;
  bytes: number;
  /** Retained by all objects of its types together, none counted twice. */
  retainedBytes: number;
}
