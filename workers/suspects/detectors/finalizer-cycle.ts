/**
 * Finalizers that can never run: the object that one stands on is led back to by what the object points at, or by the finalizer's own closure.
 * The collector keeps both for the finalizer's sake, so they keep the object, for as long as the program runs.
 */
import { findJointRetained, type JointRetained } from '../../analysis/joint-retained';
import { HOLDER } from '../../analysis/results';
import { ROOT } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK } from '../../lib/work';
import { cutsInto, cutsOfCycle } from '../../cycles/what-lets-go';
import { deadWords } from '../../goroutines/dead-words';
import type { Detected, Detector } from '../detector';
import { withFinalizerCycles, type FinalizerCycles } from '../../cycles/finalizer-graph';
import { wayOnCycle } from '../../cycles/way-on-cycle';
import type { Cut } from '../../heap/cut';
import type { Finding, Proof } from '../finding';
import { pathText } from '../../heap/references';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { isStandard } from '../words/standard-library';
import { counted } from '../../lib/format';
import { functionKey, functionText, times } from '../words/wording';

/** Held now by something else, cycles like these are told of as a pattern from so many on; fewer may stand as long as the program does. */
const PATTERN = 3;
/** Groups that are looked into, those of most objects first: each costs a walk over what it holds. */
const MOST_GROUPS = 20;
const MOST_SAMPLES = 8;
const MOST_CUTS = 5;

export const finalizerCycle: Detector = {
  name: 'finalizer-cycle',
  title: 'Finalizers on cycles, which never run',
  needs: ['finalizers'],
  detect: (heap) => withFinalizerCycles(heap, (cycles) => detect(heap, cycles)),
};

/** Objects of one type whose finalizers are one function, all on cycles, and all held now or none. */
interface Group {
  readonly type: string;
  readonly entryPc: number;
  readonly heldNow: boolean;
  /** The objects that the finalizers stand on, and indices of those finalizers. */
  readonly objects: number[];
  readonly finalizers: Set<number>;
  /** Cycles of the graph with closures. */
  readonly cycles: Set<number>;
}

async function detect(heap: AnalysedHeap, cycles: FinalizerCycles): Promise<Detected> {
  const groups = await groupPinned(heap, cycles);
  const findings: Finding[] = [];
  for (const group of groups.slice(0, MOST_GROUPS)) findings.push(await describe(heap, cycles, group));
  const rest = groups.length - findings.length;
  const skipped =
    rest > 0
      ? `Of ${groups.length} kinds of pinned objects only the ${MOST_GROUPS} most frequent were looked into.`
      : null;
  return { findings, skipped };
}

async function groupPinned(heap: AnalysedHeap, { components }: FinalizerCycles): Promise<Group[]> {
  const { graph, finalizerOf, reachability } = heap;
  const groups = new Map<string, Group>();
  for (const [objectId, finalizer] of finalizerOf) {
    await heap.checkpoint();
    const { queued, entryPc } = graph.records.finalizers[finalizer];
    const cycle = components.cycleOf[objectId];
    if (queued || cycle === NONE) continue;
    const heldNow = reachability.holder[objectId] < HOLDER.finalizer;
    // the standard library lets go of both sides when it closes what it has set a finalizer on
    if (heldNow && isStandard(functionKey(heap, entryPc))) continue;
    const type = heap.typeText(objectId);
    const key = `${heldNow} ${entryPc} ${type}`;
    let group = groups.get(key);
    if (!group) {
      group = { type, entryPc, heldNow, objects: [], finalizers: new Set(), cycles: new Set() };
      groups.set(key, group);
    }
    group.objects.push(objectId);
    group.finalizers.add(finalizer);
    group.cycles.add(cycle);
  }
  return [...groups.values()].sort((a, b) => b.objects.length - a.objects.length);
}

async function describe(heap: AnalysedHeap, cycles: FinalizerCycles, group: Group): Promise<Finding> {
  const { retained, behind } = await retainedBy(heap, cycles, group);
  const { type, entryPc, heldNow, objects } = group;
  const finalizer = functionText(heap, entryPc);
  const what = times(objects.length, type);
  const title = heldNow
    ? `${what} will never be freed once let go: the finalizer ${finalizer} is set on a cycle`
    : `${what} will never be freed: the finalizer ${finalizer} is set on a cycle`;
  return {
    detector: finalizerCycle.name,
    key: `${functionKey(heap, entryPc)} on ${type}${heldNow ? ', held' : ''}`,
    ...(await verdict(heap, cycles, group)),
    title,
    objects: retained.objects,
    bytes: retained.bytes,
    proofs: await proofsOf(heap, cycles, group, behind),
    why:
      'Go runs a finalizer when nothing leads to its object any more, and until then keeps all that the object points at. Here that leads ' +
      'back to the object, so the finalizer keeps what it waits for: it never runs, and nothing on the cycle or behind it is ever freed.',
    fix: viaClosure(heap, group) ? CAPTURES_OBJECT : BREAK_RING,
    cuts: await cutsOf(heap, group),
  };
}

/** What goes with the finalizers and the cycles they stand on; `behind`: other finalizers that wait in there. */
async function retainedBy(
  heap: AnalysedHeap,
  { components }: FinalizerCycles,
  group: Group,
): Promise<{ retained: JointRetained; behind: number }> {
  const { graph, reachability, roots, account, finalizerOf } = heap;
  const { kind, owner } = graph.roots;
  let behind = 0;
  const members = membersOf(components, group.cycles);
  const goesToo = (root: number): boolean => kind[root] === ROOT.finalizer && group.finalizers.has(owner[root]);
  const onGone = (objectId: number): void => {
    const finalizer = finalizerOf.get(objectId);
    if (finalizer !== undefined && !group.finalizers.has(finalizer)) behind++;
  };
  const retained = await heap.drive(findJointRetained(graph, reachability, roots, members, goesToo, account, onGone));
  return { retained, behind };
}

function* membersOf(
  { memberStart, member }: FinalizerCycles['components'],
  cycles: ReadonlySet<number>,
): Generator<number> {
  for (const cycle of cycles) yield* member.subarray(memberStart[cycle], memberStart[cycle + 1]);
}

async function verdict(
  heap: AnalysedHeap,
  cycles: FinalizerCycles,
  { heldNow, cycles: pinned }: Group,
): Promise<Pick<Finding, 'severity' | 'confidence' | 'basis'>> {
  const recorded = 'The dump records the finalizers, their closures and every pointer of the cycles.';
  if (heldNow) {
    const basis = `${recorded} Something else holds the cycles now; whether it will let go, and break them then, a dump does not tell.`;
    return { severity: pinned.size >= PATTERN ? 'warning' : 'note', confidence: 'likely', basis };
  }
  if (heap.graph.records.state !== 'whole') {
    const basis = `${recorded} But the dump is not whole, and what it lacks could hold them.`;
    return { severity: 'warning', confidence: 'possible', basis };
  }
  if (await leadsFromStack(heap, cycles, pinned)) {
    const basis = `${recorded} Words on stacks that no pointer list names lead to some: a function that runs may still use those.`;
    return { severity: 'leak', confidence: 'likely', basis };
  }
  return { severity: 'leak', confidence: 'certain', basis: `${recorded} Nothing but finalizers leads to them.` };
}

/** Does a word on a stack that no list names, and that may live, lead to the cycles, at once or through what only such words hold? */
async function leadsFromStack(
  heap: AnalysedHeap,
  { components }: FinalizerCycles,
  cycles: ReadonlySet<number>,
): Promise<boolean> {
  const { roots, referrerStart, referrerSource } = heap.graph;
  const words: number[] = [];
  for (let root = roots.strongCount; root < roots.count; root++) {
    if (cycles.has(components.cycleOf[roots.target[root]])) words.push(root);
  }
  if ((await deadWords(heap, words)).size < words.length) return true;
  let steps = 0;
  for (const member of membersOf(components, cycles)) {
    if ((++steps & SLICE_MASK) === 0) await heap.checkpoint();
    for (let at = referrerStart[member]; at < referrerStart[member + 1]; at++) {
      if (heap.reachability.holder[referrerSource[at]] === HOLDER.stackWord) return true;
    }
  }
  return false;
}

async function proofsOf(heap: AnalysedHeap, cycles: FinalizerCycles, group: Group, behind: number): Promise<Proof[]> {
  const [sample] = group.objects;
  const ring = await heap.drive(wayOnCycle(cycles, sample, sample));
  const way = ring ? `the way back: ${await ringText(heap, group, ring)}` : 'on a cycle too large to find the way back';
  const proofs: Proof[] = [{ kind: 'object', objectId: sample, text: `the finalizer's object; ${way}` }];
  const cycle = heap.components.cycleOf[sample];
  if (cycle !== NONE) proofs.push({ kind: 'cycle', cycle, text: 'the cycle that it is on' });
  for (const objectId of ring?.slice(1, MOST_SAMPLES) ?? []) {
    if (objectId !== sample) proofs.push({ kind: 'object', objectId, text: 'on the way back' });
  }
  for (const objectId of group.objects.slice(1, MOST_SAMPLES)) {
    proofs.push({ kind: 'object', objectId, text: 'another with the same finalizer, on a cycle too' });
  }
  if (behind > 0) {
    const text = `it also keeps ${counted(behind, 'object')} whose own finalizers wait for it`;
    proofs.push({ kind: 'object', objectId: sample, text });
  }
  return proofs;
}

/** The ring in words; where it goes through the finalizer's closure, which no field of the object points at, that is said. */
async function ringText(heap: AnalysedHeap, group: Group, ring: readonly number[]): Promise<string> {
  if (ring[1] !== closureOf(heap, group)) return pathText(heap, ring);
  return `${heap.typeText(ring[0])}, finalizer ${functionText(heap, group.entryPc)} → ${await pathText(heap, ring.slice(1))}`;
}

/** The closure of the group's first finalizer, where it lies in the heap; NONE else. */
function closureOf({ graph, finalizerOf }: AnalysedHeap, { objects }: Group): number {
  const finalizer = finalizerOf.get(objects[0]);
  return finalizer === undefined ? NONE : graph.index.objectAt(graph.records.finalizers[finalizer].funcval);
}

/** Are the objects on no cycle of their own, but for the finalizer's closure? */
function viaClosure({ components }: AnalysedHeap, { objects }: Group): boolean {
  return components.cycleOf[objects[0]] === NONE;
}

/** What would let the first of them go: of its cycle, the inner references too. */
async function cutsOf(heap: AnalysedHeap, { objects: [sample] }: Group): Promise<Cut[]> {
  const cycle = heap.components.cycleOf[sample];
  if (cycle === NONE) return cutsInto(heap, [sample], MOST_CUTS);
  const { cuts } = await cutsOfCycle(heap, cycle, MOST_CUTS);
  return cuts.filter(({ objects }) => objects > 0);
}

const BREAK_RING = {
  text:
    'Break the cycle: put what must be released into an inner object that nothing leads back from, and set the finalizer on that, or use ' +
    'runtime.AddCleanup (Go 1.24), which works on cycles as long as its argument does not lead back to the object. Best of all, release it by an ' +
    'explicit Close.',
  before: 'a := &A{fd: fd}\na.b = &B{a: a} // leads back to a\nruntime.SetFinalizer(a, (*A).Close)',
  after:
    'h := &handle{fd: fd} // refers to neither a nor b\na := &A{handle: h}\na.b = &B{a: a}\nruntime.AddCleanup(a, (*handle).release, h)',
};

const CAPTURES_OBJECT = {
  text:
    "The finalizer's function captures something that leads back to its object. Let it use its parameter instead, and capture nothing of the " +
    'object; or pass what it needs to runtime.AddCleanup (Go 1.24).',
  before: 'runtime.SetFinalizer(d.pool, func(*pool) {\n\td.forget() // captures d, and d.pool is the object\n})',
  after: 'names := d.names // refers to neither d nor the pool\nruntime.AddCleanup(d.pool, forget, names)',
};
