/** References across one cycle's border, a page at a time: a walk over its members that stops when the page is full. */
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';
import type { Crossing } from './reference-rows';

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Crossings number `from` … `to - 1` into a cycle: of each member first the roots, but for those that lie on the cycle themselves, then the
 * objects outside that refer to it.
 */
export function* enteringCrossings(
  dump: AnalysedDump,
  cycle: number,
  isOwnRoot: (root: number) => boolean,
  { from, to }: Span,
): Work<Crossing[]> {
  const { graph, roots, components } = dump;
  const found: Crossing[] = [];
  let passed = 0;
  let steps = 0;
  for (const id of membersOf(dump, cycle)) {
    if (passed >= to) break;
    for (const root of roots.ofObject(id)) {
      if (isOwnRoot(root)) continue;
      if (passed >= from && passed < to) found.push({ root });
      passed++;
    }
    for (let referrer = graph.referrerStart[id]; referrer < graph.referrerStart[id + 1] && passed < to; referrer++) {
      const source = graph.referrerSource[referrer];
      if (components.cycleOf[source] === cycle) continue;
      if (passed >= from) found.push({ from: source, reference: dump.pointers.referenceOf(id, referrer) });
      passed++;
      if ((++steps & SLICE_MASK) === 0) yield steps;
    }
    if ((++steps & SLICE_MASK) === 0) yield steps;
  }
  return found;
}

/** Crossings number `from` … `to - 1` out of a cycle, in the order of members and of their pointers. */
export function* leavingCrossings(
  dump: AnalysedDump,
  cycle: number,
  { from, to }: Span,
): Work<{ from: number; reference: number }[]> {
  const { graph, components } = dump;
  const found: { from: number; reference: number }[] = [];
  let passed = 0;
  let steps = 0;
  for (const id of membersOf(dump, cycle)) {
    for (let at = graph.referenceStart[id]; at < graph.referenceStart[id + 1] && passed < to; at++) {
      if (components.cycleOf[graph.referenceTarget[at]] === cycle) continue;
      if (passed >= from) found.push({ from: id, reference: at });
      passed++;
      if ((++steps & SLICE_MASK) === 0) yield steps;
    }
    if (passed >= to) break;
    if ((++steps & SLICE_MASK) === 0) yield steps;
  }
  return found;
}

/** The members of a cycle, in the order of the dump; the whole column is shared, callers must not change it. */
export function membersOf({ components }: Pick<AnalysedDump, 'components'>, cycle: number): Uint32Array {
  return components.member.subarray(components.memberStart[cycle], components.memberStart[cycle + 1]);
}
