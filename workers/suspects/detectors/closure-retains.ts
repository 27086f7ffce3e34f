/** Closures that keep much: by function, with what each captured variable keeps by itself. */
import { findJointRetained } from '../../analysis/joint-retained';
import { HOLDER } from '../../analysis/results';
import { findSetRetained } from '../../analysis/set-retained';
import { NONE } from '../../lib/none';
import { withScratch } from '../../lib/scratch';
import { closureGroups, type ClosureGroup } from '../../values/closure-summary';
import { NAMELESS } from '../../naming/types/go-type';
import { capturesOf, type Capture } from '../holders/closure-captures';
import { cutsInto } from '../../cycles/what-lets-go';
import type { Detected, Detector } from '../detector';
import type { Finding, Proof } from '../finding';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { isStandard } from '../words/standard-library';
import { counted, formatBytes } from '../../lib/format';

/** Less than this is nobody's trouble, however small the heap. */
const LEAST_BYTES = 64 * 1024;
/** Of all bytes of the heap: below it other things come first. */
const LEAST_SHARE = 0.05;
/** So many closures that hold so much together are a crowd: one that should have gone with its requests, or a register that grows. */
const CROWD = 100;
const CROWD_BYTES = 8 * 2 ** 20;
const CROWD_SHARE = 0.25;
const MOST_FOUND = 10;
/** Closures of one function whose captures are read, those that retain most. */
const MOST_READ = 200;
const MOST_SHOWN = 5;
const MOST_CUTS = 3;
/** Of two functions whose closures keep the same, the outer one only hands it on. */
const SAME_SHARE = 0.9;
/** Dominators climbed to see whether closures of one function keep those of another. */
const MOST_CLIMBED = 1000;

export const closureRetains: Detector = {
  name: 'closure-retains',
  title: 'Closures that keep much',
  detect,
};

interface Candidate {
  readonly group: ClosureGroup;
  /** Closures that something holds, those that retain most first. */
  readonly closures: readonly number[];
  /** Union of what each retains. */
  readonly bytes: number;
}

async function detect(heap: AnalysedHeap): Promise<Detected> {
  const groups = await closureGroups(heap.naming, () => heap.checkpoint());
  const candidates = innermost(heap, await weigh(heap, groups));
  const uses = new ClosureUses(heap);
  const findings: Finding[] = [];
  for (const candidate of candidates.slice(0, MOST_FOUND)) findings.push(await describe(heap, candidate, uses));
  return { findings, skipped: heap.naming.hasExecutable ? null : WITHOUT_EXECUTABLE };
}

const WITHOUT_EXECUTABLE =
  'Without the executable only the closures were looked at whose functions stand in the dump, and captured variables have no names.';

/** The groups above the thresholds, most bytes first. */
async function weigh(heap: AnalysedHeap, groups: readonly ClosureGroup[]): Promise<Candidate[]> {
  const { graph, reachability, dominators, components, account } = heap;
  const own = groups
    .filter((group) => !isStandard(group.function))
    .map((group) => ({ group, closures: group.objectIds.filter((id) => reachability.holder[id] !== HOLDER.nothing) }))
    .filter(({ closures }) => closures.length > 0);
  if (own.length === 0) return [];
  const retained = await heap.drive(
    withScratch(account, function* (scratch) {
      const groupOf = scratch.uint32('closures by function', graph.vertexCount).fill(NONE);
      for (const [index, { closures }] of own.entries()) for (const id of closures) groupOf[id] = index;
      return yield* findSetRetained(dominators, components, groupOf, own.length, account);
    }),
  );
  const least = Math.max(LEAST_BYTES, LEAST_SHARE * graph.heapBytes);
  const large = own
    .map((one, index) => ({ ...one, bytes: retained.bytes[index] }))
    .filter(({ bytes }) => bytes >= least);
  for (const { closures } of large) closures.sort((a, b) => dominators.retainedSize[b] - dominators.retainedSize[a]);
  return large.sort((a, b) => b.bytes - a.bytes);
}

/** Leaves out whose closures keep little but closures of another group: a wrapper keeps what it wraps. */
function innermost({ dominators }: AnalysedHeap, candidates: readonly Candidate[]): Candidate[] {
  const groupOf = new Map<number, Candidate>();
  for (const candidate of candidates) for (const id of candidate.closures) groupOf.set(id, candidate);
  const outer = new Set<Candidate>();
  for (const inner of candidates) {
    let above = dominators.immediateDominator[inner.closures[0]];
    for (let step = 0; step < MOST_CLIMBED && above !== 0; step++) {
      const candidate = groupOf.get(above);
      if (candidate && candidate !== inner && inner.bytes >= SAME_SHARE * candidate.bytes) outer.add(candidate);
      above = dominators.immediateDominator[above];
    }
  }
  return candidates.filter((candidate) => !outer.has(candidate));
}

async function describe(heap: AnalysedHeap, { group, closures }: Candidate, uses: ClosureUses): Promise<Finding> {
  const { graph, reachability, roots, account } = heap;
  const retained = await heap.drive(findJointRetained(graph, reachability, roots, closures, () => false, account));
  const captures = await capturesOf(heap, group, closures.slice(0, MOST_READ));
  const use = uses.of(group.function, closures);
  const what = `${closures.length === 1 ? '1 closure' : counted(closures.length, 'closure')} of ${group.function}${use}`;
  const keeps = closures.length === 1 ? 'keeps' : 'keep';
  return {
    detector: closureRetains.name,
    key: `closure ${keyOf(group)}`,
    severity: isCrowd(closures.length, retained.bytes, graph.heapBytes) ? 'warning' : 'note',
    confidence: 'likely',
    basis: `${basisOf(group)} What goes with them follows from the recorded pointers; whether it is still needed, a dump does not tell.`,
    title: `${what} ${keeps} ${formatBytes(retained.bytes)}${mostOf(captures)}`,
    objects: retained.objects,
    bytes: retained.bytes,
    proofs: proofsOf(heap, closures, captures),
    why: WHY,
    fix: FIX,
    cuts: await cutsInto(heap, closures.slice(0, 1), MOST_CUTS),
  };
}

/** Whether so many closures of one function that keep so much are more than a note. @internal */
export function isCrowd(closures: number, bytes: number, heapBytes: number): boolean {
  return closures >= CROWD && bytes >= CROWD_BYTES && bytes >= CROWD_SHARE * heapBytes;
}

/** Of code without a name, naming tells the address, which is another in the next build. */
function keyOf({ function: name }: ClosureGroup): string {
  return name.startsWith(NAMELESS) ? 'of code without a name' : name;
}

function basisOf({ captured }: ClosureGroup): string {
  return captured.length > 0
    ? 'The code word of each closure names its function, and the executable the variables that it captures.'
    : 'The code word of each closure names its function.';
}

function mostOf(captures: readonly Capture[]): string {
  return captures.length > 0 ? `, most of it by the captured ${captures[0].name}` : '';
}

function proofsOf({ dominators }: AnalysedHeap, closures: readonly number[], captures: readonly Capture[]): Proof[] {
  const { retainedSize } = dominators;
  const shown = closures.slice(0, MOST_SHOWN).map((objectId): Proof => {
    return { kind: 'object', objectId, text: `the closure; it retains ${formatBytes(retainedSize[objectId])}` };
  });
  const variables = captures.slice(0, MOST_SHOWN).map(({ name, type, bytes, sample }): Proof => {
    const text = `captured ${name}${type === '' ? '' : ` ${type}`}, which alone keeps ${formatBytes(bytes)}`;
    return { kind: 'object', objectId: sample, text };
  });
  return [...shown.slice(0, 1), ...variables, ...shown.slice(1)];
}

/** What closures are there for, as far as the dump records it. */
class ClosureUses {
  private readonly deferred = new Set<number>();
  private readonly finalizing = new Set<number>();
  private readonly goroutines = new Map<string, number>();

  constructor({ graph }: AnalysedHeap) {
    const { goroutines, finalizers, frames } = graph.records;
    for (const { defers, firstFrame, frameCount } of goroutines) {
      for (const { funcval } of defers) this.deferred.add(graph.index.objectAt(funcval));
      // the outermost frame is the runtime's goexit or what the goroutine began with
      const stack = frames.slice(Math.max(firstFrame, firstFrame + frameCount - 2), firstFrame + frameCount);
      for (const { function: name } of stack) this.goroutines.set(name, (this.goroutines.get(name) ?? 0) + 1);
    }
    for (const { funcval } of finalizers) this.finalizing.add(graph.index.objectAt(funcval));
  }

  /** `, which a defer runs`; empty where nothing tells. */
  of(name: string, closures: readonly number[]): string {
    if (closures.some((id) => this.deferred.has(id))) return ', which a defer is to run,';
    if (closures.some((id) => this.finalizing.has(id))) return ', which is a finalizer,';
    const running = this.goroutines.get(name) ?? 0;
    return running === 0 ? '' : `, which ${counted(running, 'goroutine runs', 'goroutines run')},`;
  }
}

const WHY =
  'A closure keeps everything that it captures, as long as something keeps the closure: the whole array of a slice of which it needs the ' +
  'length, the whole struct of which it reads a field, the receiver of a method value. Registered as a handler, a callback or a deferred ' +
  'function it often outlives by far what it was made for.';

const FIX = {
  text:
    'Capture less: copy what the function needs into variables of its own before the closure is made. Where the closure itself has outlived its ' +
    'use, take it out of whatever keeps it.',
  before:
    'func handler(report []byte) Handler {\n\treturn func() int { return len(report) } // keeps the whole report\n}',
  after: 'func handler(report []byte) Handler {\n\tn := len(report)\n\treturn func() int { return n }\n}',
};
