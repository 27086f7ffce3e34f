/** Knots drawn as lists of references, and what ties them by a naive algorithm: every kind tried on a graph that is made anew. */
import type { KnotCycles } from '../../workers/kinds/knot-cycles';
import type { KnotGraph } from '../../workers/kinds/knot-graph';
import { findTies, type Ties } from '../../workers/kinds/knot-ties';
import { MemoryAccount } from '../../workers/lib/alloc';
import { withScratch } from '../../workers/lib/scratch';
import { finish } from '../../workers/lib/work';

export interface DrawnReference {
  from: number;
  kind: string;
  to: number;
}

export interface DrawnKnot {
  members: number;
  references: readonly DrawnReference[];
  entries: readonly number[];
}

export interface NamedTie {
  kind: string;
  largestLeft: number;
  inCyclesLeft: number;
}

export interface Untied extends Omit<Ties, 'ties'> {
  ties: NamedTie[];
  /** Cycles before any tie and after each, by size. */
  sizes: number[][];
  progress: (string | null)[];
}

/** By the kernel. */
export function untie(drawn: DrawnKnot, most = 10, steps = Infinity, account = new MemoryAccount()): Untied {
  const names = [...new Set(drawn.references.map(({ kind }) => kind))];
  const sizes: number[][] = [];
  const progress: (string | null)[] = [];
  const result = finish(
    withScratch(account, (scratch) =>
      findTies(
        graphOf(drawn, names),
        {
          most,
          steps,
          nameOf: (kind) => names[kind],
          onCycles: ({ first }: KnotCycles) => {
            sizes.push(Array.from(first.subarray(1), (end, at) => end - first[at]));
          },
          onSettled: (_settled, _kinds, best) => progress.push(best && names[best.kind]),
        },
        scratch,
      ),
    ),
  );
  return { ...result, ties: result.ties.map((tie) => ({ ...tie, kind: names[tie.kind] })), sizes, progress };
}

function graphOf({ members, references, entries }: DrawnKnot, names: readonly string[]): KnotGraph {
  const start = new Uint32Array(members + 1);
  const rows = Array.from({ length: members }, (_, v) => references.filter(({ from }) => from === v));
  for (const [v, row] of rows.entries()) start[v + 1] = start[v] + row.length;
  return {
    count: members,
    start,
    target: Uint32Array.from(rows.flat(), ({ to }) => to),
    kind: Uint32Array.from(rows.flat(), ({ kind }) => names.indexOf(kind)),
    kinds: names.map((name, field) => ({ field, to: 0, references: references.filter((r) => r.kind === name).length })),
    entries: Uint32Array.from(entries),
  };
}

/** The same by trying everything on a copy. */
export function untieNaively({ members, references, entries }: DrawnKnot, most = 10): NamedTie[] {
  const ties: NamedTie[] = [];
  let left = references;
  const before = reachedFrom(entries, references).size;
  while (ties.length < most) {
    const now = cyclic(members, left);
    const tried = [...new Set(left.map(({ kind }) => kind))].map((kind) => {
      const without = left.filter((reference) => reference.kind !== kind);
      return { kind, without, ...cyclic(members, without), holds: reachedFrom(entries, without).size < before };
    });
    const count = (kind: string) => references.filter((reference) => reference.kind === kind).length;
    const best = tried
      .filter(({ holds, largestLeft }) => !holds && largestLeft < now.largestLeft)
      .sort((a, b) => a.largestLeft - b.largestLeft || count(a.kind) - count(b.kind) || (a.kind < b.kind ? -1 : 1))
      .at(0);
    if (!best) return ties;
    ties.push({ kind: best.kind, largestLeft: best.largestLeft, inCyclesLeft: best.inCyclesLeft });
    left = best.without;
  }
  return ties;
}

export function reachedFrom(starts: Iterable<number>, references: readonly DrawnReference[]): Set<number> {
  const reached = new Set(starts);
  for (const v of reached) for (const { from, to } of references) if (from === v) reached.add(to);
  return reached;
}

/** Two members lie on a cycle together where each reaches the other. */
function cyclic(members: number, references: readonly DrawnReference[]) {
  const after = Array.from({ length: members }, (_, v) => {
    const next = references.filter(({ from }) => from === v).map(({ to }) => to);
    return reachedFrom(next, references);
  });
  const sizes = after.flatMap((reached, v) =>
    reached.has(v) ? [[...reached].filter((w) => after[w].has(v)).length] : [],
  );
  return { largestLeft: Math.max(0, ...sizes), inCyclesLeft: sizes.length };
}
