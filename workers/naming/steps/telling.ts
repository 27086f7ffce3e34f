/** What a step needs of the propagation to say what it found: narrow, so that steps do not know the propagation that calls them. */
import type { GoType } from '../types/go-type';

/** Where a told type comes from: the object (or NONE) and the offset of the word in its value. */
export interface Teller {
  objectId: number;
  offset: number;
}

export interface Telling {
  /** Says that `count` values of a type begin at an address. Interior addresses tell nothing about the start and are left. */
  tell(address: number, type: GoType, count: number, source: number, teller: Teller): void;
}
