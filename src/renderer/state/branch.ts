/** What is unfolded in the tree of dominators: an object with what it dominates by type, or one of these types with its objects. */
import type { Address } from '../../../workers/api';
import type { TypeKey } from './place';

export interface Branch {
  of: Address | 'root';
  /** Null for all that is dominated, by type. */
  type: TypeKey | null;
}

/** As it stands in the URL: `0xc000`, `0xc000/main.Session/48 B, no pointers`. */
export function branchKey({ of, type }: Branch): string {
  return type === null ? of : `${of}/${type.shape}/${type.name}`;
}

/** Whether a text can be the key of a branch that a person unfolds. */
export function isBranchKey(text: string): boolean {
  return /^(0x[0-9a-f]{1,16}(\/|$)|root\/)/.test(text);
}
