/** Goroutines that wait for ever, by stack and place of creation; crowds that wait on what something still reaches. */
import type { SoleHoldings } from '../../analysis/sole-holder';
import { cutsInto } from '../../cycles/what-lets-go';
import { lacksArguments } from '../../go/goroutines';
import type { Detected, Detector } from '../detector';
import { MOST_PROOFS, type Finding, type Fix, type Proof, type Severity } from '../finding';
import type { GoroutineWait, WaitKind } from '../../goroutines/goroutine-wait';
import { reachableBytes } from '../holders/reachable-bytes';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import {
  groupGoroutines,
  stuckGoroutines,
  type GoroutineGroup,
  type StuckGoroutines,
  type StuckGroup,
} from '../../goroutines/stuck';
import { countedWaiters, fixOf, foreverText, waitText } from '../words/wait-advice';
import { ownFunction, upToOwn } from '../words/own-function';
import { WOKEN_BY } from '../../goroutines/waking';
import { counted, formatBytes } from '../../lib/format';

/** So many goroutines with one stack that all wait are worth a look; a busy server has tens that wait for work. */
const CROWD = 100;
/** So many are, whatever they wait for. */
const LARGE_CROWD = 1000;
/** Fewer are, where they alone hold so much: at least these bytes, and this share of what is reachable. */
const SOME = 4;
const MUCH_BYTES = 64 * 1024;
const MUCH_SHARE = 0.1;
const MOST_CUTS = 3;
/** An empty select is written on purpose: one or a few park a goroutine, many are a mistake. */
const MANY_PARKED = 10;
/** What groups share is told where together they hold so much more than one alone. */
const MUCH_MORE = 1.25;
/** What the compiler makes of `go f(x)`. */
const WRAPPER = /\.gowrap\d+$/;
/** Functions that say how a goroutine waits, not where: what is told where none is the program's own. */
const OF_THE_LIBRARY = /^(internal\/)?(sync|runtime)\./;

export const goroutinesStuckForEver: Detector = {
  name: 'stuck-goroutines',
  title: 'Goroutines that wait for ever',
  async detect(heap: AnalysedHeap): Promise<Detected> {
    const found = await stuckGoroutines(heap);
    if (!found)
      return {
        findings: [],
        skipped: 'The file is not whole: without its globals and all stacks nobody knows who could wake a goroutine.',
      };
    const stuck: Finding[] = [];
    for (const group of found.stuck) stuck.push(await stuckFinding(heap, found, group));
    return {
      findings: [...stuck, ...reachedByStackWords(heap, found), ...(await crowds(heap, found))],
      skipped: null,
    };
  },
};

async function stuckFinding(heap: AnalysedHeap, found: StuckGoroutines, group: StuckGroup): Promise<Finding> {
  const { kind } = found.waits[group.goroutines[0]];
  const count = group.goroutines.length;
  const sure = group.certain > 0;
  const { go, architecture } = heap.graph.records.params;
  return {
    ...common(heap, found, group),
    severity: severityOf(kind, count, sure),
    confidence: sure ? 'certain' : 'possible',
    basis: basisOf(kind, count, group.certain, lacksArguments(go, architecture)),
    title: `${countedWaiters(count, kind)} ${foreverText(kind)}, ${placeOf(heap, group)}${togetherText(group)}`,
    objects: group.together.objects,
    bytes: group.together.bytes,
    cuts: group.held.length === 0 ? [] : await cutsInto(heap, group.held, MOST_CUTS),
    why: `A waiting goroutine is never collected: its stack and all that it holds stay until the program ends, and each time ${functionOf(heap, group)} waits there like this there is one more.`,
  };
}

/** What goes with a group only when others go too. */
function togetherText({ bytes, together }: StuckGroup): string {
  if (together.groups === 0 || together.bytes < MUCH_MORE * bytes) return '';
  return `: ${formatBytes(bytes)} alone, ${formatBytes(together.bytes)} together with ${counted(together.groups, 'other group')}`;
}

function severityOf(kind: WaitKind, count: number, sure: boolean): Severity {
  if (!sure) return 'warning';
  if (kind === 'empty select' && count < MANY_PARKED) return 'note';
  return 'leak';
}

function basisOf(kind: WaitKind, count: number, certain: number, argumentsMissing: boolean): string {
  if (kind === 'nil channel')
    return 'The dump records that they wait on a nil channel, on which nothing ever arrives or leaves.';
  if (kind === 'empty select') return 'The dump records a select without cases, which nothing ends.';
  if (argumentsMissing)
    return 'Nothing in the dump that runs reaches what they wait on; but dumps of this Go leave out the arguments of the functions that goroutines began with.';
  const nobody =
    'No global, no finalizer, and no goroutine that can run reaches what they wait on, stack objects included; only weak pointers and memory outside Go could.';
  if (certain === count) return nobody;
  const which = certain === 0 ? 'they wait' : counted(count - certain, 'of them waits', 'of them wait');
  const rest = `Objects that nothing recorded holds reach what ${which} on: mostly garbage, but a cleanup could hold them.`;
  return certain === 0 ? rest : `${nobody} ${rest}`;
}

/** A word that no pointer list names is a dead variable, or lies in a stack object that lives, such as a deferred close of the channel. */
function reachedByStackWords(heap: AnalysedHeap, found: StuckGoroutines): Finding[] {
  const reported = new Set(found.stuck.map(({ key }) => key));
  const goroutines = [...found.wokenBy.keys()].filter((goroutine) => found.wokenBy[goroutine] === WOKEN_BY.stackWord);
  return groupGoroutines(heap, goroutines)
    .filter(({ key }) => !reported.has(key))
    .map((group) => ({ group, kind: found.waits[group.goroutines[0]].kind }))
    .map(({ group, kind }) => ({
      ...common(heap, found, group),
      severity: 'note',
      confidence: 'possible',
      basis:
        'Only words of a stack that its pointer list does not name lead to what they wait on: dead variables, or live ones in a stack object, such as a deferred close.',
      title: `${countedWaiters(group.goroutines.length, kind)} perhaps stuck ${waitText(kind)}, ${placeOf(heap, group)}`,
      objects: 0,
      bytes: 0,
      why: 'If the variable is dead, nobody can wake them any more, and what they hold stays until the program ends.',
    }));
}

async function crowds(heap: AnalysedHeap, found: StuckGoroutines): Promise<Finding[]> {
  const waiting = found.waits.filter(({ wakers, goroutine }) => wakers && found.wokenBy[goroutine] === WOKEN_BY.strong);
  const ids = waiting.map(({ goroutine }) => goroutine);
  const groups = groupGoroutines(heap, ids, upToOwn).filter(
    ({ goroutines, functions }) => goroutines.length >= SOME && ownFunction(functions) !== null,
  );
  if (groups.length === 0) return [];
  const holdings = heap.goroutineHoldings;
  const much = Math.max(MUCH_BYTES, MUCH_SHARE * reachableBytes(heap));
  return groups
    .map((group) => ({ group, ...heldBy(holdings, group) }))
    .filter(({ group, bytes }) => bytes >= much || isCrowd(group, bytes, found))
    .map(({ group, objects, bytes }) => crowdFinding(heap, found, group, objects, bytes));
}

/**
 * Whoever waits to send, or for a lock, is kept from its work. Whoever waits for work or for an event may do so by design: many are told where they
 * hold something meanwhile, and what all take from one channel, a pool of workers, only in very large numbers.
 */
function isCrowd({ goroutines }: GoroutineGroup, bytes: number, { waits }: StuckGoroutines): boolean {
  if (goroutines.length < CROWD) return false;
  const { kind, channels } = waits[goroutines[0]];
  if (kind !== 'chan receive' && kind !== 'select' && kind !== 'cond' && kind !== 'coroutine') return true;
  if (goroutines.length >= LARGE_CROWD) return true;
  const isPool = channels.length === 1 && goroutines.every((other) => waits[other].channels.join() === channels.join());
  return !isPool && bytes >= MUCH_BYTES;
}

function crowdFinding(
  heap: AnalysedHeap,
  found: StuckGoroutines,
  group: GoroutineGroup,
  objects: number,
  bytes: number,
): Finding {
  const { kind } = found.waits[group.goroutines[0]];
  return {
    ...common(heap, found, group),
    key: `crowd, ${keyOf(found, group)}`,
    severity: 'note',
    confidence: 'possible',
    basis:
      'Something that runs still reaches what they wait on, so it may wake them; the dump does not tell whether it will.',
    title: `${countedWaiters(group.goroutines.length, kind)} that wait in one place, all ${waitText(kind)}, ${placeOf(heap, group)}`,
    objects,
    bytes,
    why: 'Where work comes in faster than such goroutines end, or nobody wakes them any more, each keeps its stack and what it refers to.',
  };
}

/** What goroutines hold, each alone. */
function heldBy(holdings: SoleHoldings, { goroutines }: GoroutineGroup): { objects: number; bytes: number } {
  let objects = 0;
  let bytes = 0;
  for (const goroutine of goroutines) {
    objects += holdings.objects[goroutine];
    bytes += holdings.bytes[goroutine];
  }
  return { objects, bytes };
}

function common(
  heap: AnalysedHeap,
  found: StuckGoroutines,
  group: GoroutineGroup,
): { detector: string; key: string; proofs: Proof[]; fix: Fix; cuts: [] } {
  const { kind } = found.waits[group.goroutines[0]];
  return {
    detector: goroutinesStuckForEver.name,
    key: keyOf(found, group),
    proofs: proofsOf(heap, found, group),
    fix: fixOf(kind),
    cuts: [],
  };
}

/** `chan send in main.leakSend.func1 < main.leakSend` */
function keyOf({ waits }: StuckGoroutines, { goroutines, functions, createdBy }: GoroutineGroup): string {
  const stack = createdBy === null ? functions : [...functions, createdBy];
  return `${waits[goroutines[0]].kind} in ${stack.join(' < ')}`;
}

/** Goroutines, each followed by what it waits on where none before waits on that. */
function proofsOf(heap: AnalysedHeap, { waits }: StuckGoroutines, { goroutines }: GoroutineGroup): Proof[] {
  const proofs: Proof[] = [];
  const told = new Set<number>();
  for (const goroutine of goroutines) {
    if (proofs.length >= MOST_PROOFS) break;
    const wait = waits[goroutine];
    const { id } = heap.graph.records.goroutines[goroutine];
    proofs.push({ kind: 'goroutine', goroutine, text: `goroutine ${id} is ${waitText(wait.kind)}` });
    for (const objectId of wait.wakers ?? []) {
      if (proofs.length >= MOST_PROOFS || told.has(objectId)) continue;
      told.add(objectId);
      proofs.push({
        kind: 'object',
        objectId,
        text: `${waitedOn(wait)} of goroutine ${id}: ${heap.typeText(objectId)}`,
      });
    }
  }
  return proofs;
}

function waitedOn({ kind, channels, semaphore }: GoroutineWait): string {
  if (kind === 'coroutine') return 'the coroutine';
  if (channels.length > 0) return 'the channel';
  return semaphore === 0
    ? 'what holds the list of waiters'
    : `what holds the lock's semaphore, 0x${semaphore.toString(16)},`;
}

/** `in main.leakSend.func1, started by main.leakSend`; of what the library starts for a program its callers, if any, are in the stack. */
function placeOf(heap: AnalysedHeap, group: GoroutineGroup): string {
  const where = `in ${functionOf(heap, group)}`;
  return group.createdBy === null || group.createdBy.startsWith('iter.')
    ? where
    : `${where}, started by ${group.createdBy}`;
}

/** `main.leakSend.func1`; `main.pages.func1 (inlined: main.first.pages.func1)`; of a wrapper the function that was inlined into it. */
function functionOf(heap: AnalysedHeap, { functions, goroutines }: GoroutineGroup): string {
  const name = ownFunction(functions) ?? functions.find((each) => !OF_THE_LIBRARY.test(each)) ?? functions.at(0);
  if (name === undefined) return 'the runtime';
  const called = WRAPPER.test(name) ? (inlinedInto(heap, goroutines[0], name) ?? name) : name;
  const source = heap.naming.sourceName(called);
  return source === called ? called : `${source} (inlined: ${called})`;
}

/** The program's innermost function at the place where a goroutine waits in another. */
function inlinedInto({ graph, naming }: AnalysedHeap, goroutine: number, name: string): string | null {
  const { firstFrame, frameCount } = graph.records.goroutines[goroutine];
  const frames = graph.records.frames.slice(firstFrame, firstFrame + frameCount);
  const frame = frames.find((each) => each.function === name);
  return frame ? ownFunction(naming.functionsAt(frame.pc - 1)) : null;
}
