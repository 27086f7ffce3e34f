/** A reference which, cut, lets objects go. Ids, not rows: the session turns them into addresses and labels. */

/** Where a reference comes from: a pointer word of an object, or a row of graph.roots. */
export type CutSource =
  /** `offset`: bytes from the object's value; null for all pointers of that object to the target. */
  { readonly objectId: number; readonly offset: number | null } | { readonly root: number };

/** A reference which, cut, lets objects go. */
export interface Cut {
  readonly from: CutSource;
  readonly to: number;
  /** Words cut together: all pointers of an object to the target, all of a goroutine's stack and records, all that a finalizer keeps. */
  readonly pointers: number;
  /** What would go: objects and their shallow bytes. */
  readonly objects: number;
  readonly bytes: number;
  /** False where the search was bounded and more or less may go. */
  readonly exact: boolean;
}
