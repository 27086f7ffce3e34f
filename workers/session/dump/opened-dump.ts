/**
 * A dump that is open. `ReadDump` is there as soon as the file is read, `OpenedDump` has names, `AnalysedDump` adds what the analyses found. Both are read-only
 * and hold no rows: the functions in rows/ turn ids into rows.
 */
import type { Keepers } from '../../cycles/keepers';
import type { HeapGraph } from '../../graph/heap-graph';
import type { MemoryAccount } from '../../lib/alloc';
import type { Naming } from '../../naming/naming';
import type { MatchedExecutable } from './executable';
import type { FinalizerIndex } from './finalizer-index';
import type { FunctionNames } from './function-names';
import type { GivenNames } from './given-names';
import type { ObjectPointers } from '../../graph/contents/object-pointers';
import type { HeapStructure } from '../../heap/analysed-heap';
import type { TypeLabels } from './type-labels';

/** What the file alone says; stays as it is as long as the dump is open. */
export interface ReadDump {
  readonly graph: HeapGraph;
  /** Where big arrays come from and go back to. */
  readonly account: MemoryAccount;
  /** Reads an object's pointers from the file. */
  readonly pointers: ObjectPointers;
  readonly finalizerOf: FinalizerIndex;
  /** shape → its size and pointers in words */
  readonly shapeTexts: readonly string[];
}

/** What a dump's objects, fields and functions are called. Other names replace all of it at once. */
export interface DumpNames {
  /** What is known of each object's type. */
  readonly labels: TypeLabels;
  /** Why, and what fields and roots are called. */
  readonly naming: Naming;
  /** The executable that was looked at, whether its names are used or not; null where there was none. */
  readonly executable: MatchedExecutable | null;
  readonly functions: FunctionNames;
  /** Nobody has tried to name anything yet. */
  readonly untried: boolean;
  /** Why nothing could be named, in a sentence; null where naming came to its end. */
  readonly problem: string | null;
}

export interface OpenedDump extends ReadDump, DumpNames {
  /** A person's own names; the labels have them in them. */
  readonly given: GivenNames;
}

export interface AnalysedDump extends OpenedDump, HeapStructure {
  /** What holds each object and each root. */
  readonly keepers: Keepers;
}
