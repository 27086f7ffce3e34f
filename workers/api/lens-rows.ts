/** The rows of the lenses: closures by function, and what lies in each sync.Pool. */
import type { GroupHoldings } from './kind-rows';
import type { Address, Evidence, TypeLabel } from './values';

export interface CapturedVariable {
  /** `&x` where it is captured by reference. */
  name: string;
  type: string;
  /** Bytes from the start of the closure; its first word is the code. */
  offset: number;
}

/** The closures of one function; `alone` is what closures of no other function reach. `objects` lists them by `of`: their `name` and `shape` are those of their row in the list of types. */
export interface ClosureRow extends GroupHoldings {
  function: string;
  name: string;
  shape: string;
  /** That of the closure of which least is known. */
  evidence: Evidence;
  objects: number;
  bytes: number;
  /** Retained by all of them together, none counted twice. */
  retainedBytes: number;
  /** Empty where no layout is known. */
  captured: CapturedVariable[];
}

/** What a processor (P) keeps in a pool, in objects. */
export interface PoolShare {
  processor: number;
  /** 0 or 1: the item that only this processor takes. */
  private: number;
  /** Items that other processors may steal. */
  shared: number;
  /** Items that were in the pool at the last collection and go at the next. */
  victim: number;
}

/** Items of a pool that look the same. */
export interface PoolItemKind extends TypeLabel {
  size: number;
  objects: number;
}

/** One sync.Pool that has been used. */
export interface PoolRow {
  /** Where the pool itself lies. */
  address: Address;
  /** The variable (`main.buffers`), or its address and the type and field that contain it; `bss+0x1a40` without names. */
  name: string;
  /** The object that contains it; null for a package variable. */
  object: Address | null;
  /** The function behind New; null where there is none or its name is not known. */
  create: string | null;
  /** Items in all its parts; its counts by part are `private`, `shared` and `victim`. */
  items: number;
  private: number;
  shared: number;
  victim: number;
  /** Bytes of its items, and what they retain together, none counted twice. */
  bytes: number;
  retainedBytes: number;
  /** Processors that keep something, ascending. */
  processors: PoolShare[];
  /** Most bytes first. */
  kinds: PoolItemKind[];
}

export interface PoolItem extends TypeLabel {
  address: Address;
  where: 'private' | 'shared' | 'victim';
  processor: number;
  size: number;
  retainedSize: number;
}
