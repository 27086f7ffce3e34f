/** What would free something, by kind: the answer of `free`. */
import type { Holder } from './holders';
import type { Amount, HeldObjects } from './retention-rows';
import type { SourcePlace } from './rows';
import type { Address } from './values';

export interface FreeQuery {
  /** What is to be freed. */
  of: HeldObjects;
  /** Kinds that are thought away together: ids of holders, or texts that only one holder's id contains. */
  cut?: readonly string[];
}

/** How a program lets go of a kind, in Go's terms. */
export const LETTING_GO = [
  'variable',
  'field',
  'element',
  'map entry',
  'sync.Map entry',
  'list element',
  'channel',
  'captured variable',
  'goroutine',
  'timer',
  'finalizer',
  'runtime',
] as const;
export type LettingGo = (typeof LETTING_GO)[number];

/** A kind of references, or of roots, that leads to the target. */
export interface FreeHolder {
  /** `certmagic.jm.queue → []certmagic.namedJob`: tells it apart, and is the same in every dump of a program. */
  id: string;
  kind: 'root' | 'field';
  /** Whether it refers to the target itself; others lead to it by way of other objects. */
  enters: boolean;
  /** `certmagic.jm.queue`, `server.stream .store`, `41 goroutines of server.readLoop` without the number. */
  name: string;
  /** Type that has the field; null for roots. */
  owner: string | null;
  /** Type of what it leads to; null where that is not one. */
  to: string | null;
  /** What a root is; null for fields. */
  holder: Holder | null;
  lettingGo: LettingGo;
  /** Where the code is that made it so: the closure, the go statement, the call; null where no executable tells. */
  place: SourcePlace | null;
  /** How many references, or roots, it stands for. */
  references: number;
  /** What goes without this kind alone; null where that was not counted. */
  freesAlone: Amount | null;
  /** One of them: who refers, null for a root; and to what. */
  example: { from: Address | null; to: Address };
}

/** Some kinds and what goes without them. */
export interface KindCut {
  /** Holders by id. */
  ids: string[];
  frees: Amount;
}

export interface Freeing {
  /** What is to be freed, in words. */
  target: string;
  /** Of it, what something recorded holds. */
  objects: number;
  bytes: number;
  /** Kinds that refer to it from outside, those that free most first, and then what else `fewest` and `nearest` speak of; at most MAX_PAGE. */
  holders: FreeHolder[];
  /** Kinds that refer to it from outside. */
  entering: number;
  /** What leads to it: objects, and their kinds. */
  ancestors: { objects: number; kinds: number };
  /** The kinds that were asked for with `cut`; all that enter it where none was. */
  cut: string[];
  /** What goes without those together. */
  together: Amount;
  /** The fewest kinds without which nothing holds it, nearest to the roots; null where only the runtime's own is left to cut. */
  fewest: KindCut | null;
  /** As few, nearest to the target. */
  nearest: KindCut | null;
  /** The field of the target itself without which most goes; null where none keeps anything alone. */
  inside: (Amount & { field: string }) | null;
}
