/** Contexts that nobody can cancel any more and that their parent keeps, and parents with crowds of children. */
import { findJointRetained } from '../../analysis/joint-retained';
import { groupBy } from '../../lib/group-by';
import { NONE } from '../../lib/none';
import { cancelContexts, type CancelContext } from '../library/contexts';
import { cutsInto } from '../../cycles/what-lets-go';
import type { Detected, Detector } from '../detector';
import { MOST_PROOFS, type Finding, type Fix, type Proof } from '../finding';
import type { GoroutineWait } from '../../goroutines/goroutine-wait';
import { heldRaw } from '../library/raw-holders';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { stuckGoroutines } from '../../goroutines/stuck';
import { CANCEL, CANCEL_DEADLINE, STOP_FUNCTION } from '../words/cancel-advice';
import { counted } from '../../lib/format';

/** One or a few whose cancel function was thrown away once are no growing collection. */
const MANY_LOST = 10;
/** A busy server has this many requests under way below one context. */
const CROWD = 1000;
const MOST_PARENTS = 10;
const MOST_CHILDREN_SHOWN = 8;
const MOST_CUTS = 3;

export const uncancelledContexts: Detector = {
  name: 'uncancelled-contexts',
  title: 'Contexts that nobody cancels',
  async detect(heap: AnalysedHeap): Promise<Detected> {
    if (heap.graph.records.state !== 'whole')
      return { findings: [], skipped: 'The file is not whole: who else could cancel a context is not known.' };
    const contexts = await cancelContexts(heap);
    const families = familiesOf(contexts);
    if (families.length === 0) return { findings: [], skipped: null };
    const waits = await waitsOf(heap);
    const raw = await heldRaw(heap, new Set(contexts.keys()), (goroutine, id) =>
      waitsFor(waits[goroutine], contexts.get(id)?.done ?? NONE),
    );
    const findings: Finding[] = [];
    for (const [parent, children] of families) {
      const lost = children.filter(({ objectId }) => !raw.has(objectId));
      if (lost.length >= MANY_LOST) findings.push(await lostChildren(heap, contexts, parent, lost, raw));
      else if (children.length >= CROWD) findings.push(await crowd(heap, contexts, parent, children));
    }
    return { findings, skipped: null };
  },
};

/** Parents with at least so many children that are not cancelled, most first. A child of a cancelled parent is on its way. */
function familiesOf(contexts: ReadonlyMap<number, CancelContext>): (readonly [number, CancelContext[]])[] {
  const children = [...contexts.values()].filter(
    ({ cancelled, parent }) => !cancelled && parent !== NONE && contexts.get(parent)?.cancelled === false,
  );
  return [...groupBy(children, ({ parent }) => parent)]
    .filter(([, children]) => children.length >= MANY_LOST)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_PARENTS);
}

async function lostChildren(
  heap: AnalysedHeap,
  contexts: ReadonlyMap<number, CancelContext>,
  parent: number,
  lost: readonly CancelContext[],
  raw: ReadonlySet<number>,
): Promise<Finding> {
  const { waiters, ...shared } = await common(heap, contexts, parent, lost);
  const reprieve = ancestors(contexts, parent).some((id) => raw.has(id));
  return {
    ...shared,
    key: `lost children, ${kindsText(lost)}`,
    severity: reprieve ? 'warning' : 'leak',
    confidence: 'likely',
    basis: `Nothing that lives has a pointer to them but through an interface, so their cancel functions are gone; ${
      reprieve ? 'a context above them can still be cancelled.' : 'and so are those of all contexts above them.'
    }`,
    title: `${countedText(lost)} stand in the children of one context${waitersText(waiters)}`,
    why: 'A context that is never cancelled stays in the children of its parent as long as that lives, with all that waits for it.',
  };
}

async function crowd(
  heap: AnalysedHeap,
  contexts: ReadonlyMap<number, CancelContext>,
  parent: number,
  children: readonly CancelContext[],
): Promise<Finding> {
  const { waiters, ...shared } = await common(heap, contexts, parent, children);
  return {
    ...shared,
    key: `children, ${kindsText(children)}`,
    severity: 'note',
    confidence: 'possible',
    basis: 'Their cancel functions are still held; whether somebody means to call them a dump does not tell.',
    title: `${counted(children.length, 'context')} not cancelled stand in the children of one context${waitersText(waiters)}`,
    why: 'Where contexts are made faster than they are cancelled, the children of their parent grow.',
  };
}

/** The same in every dump of a program, with names and without. */
function kindsText(children: readonly CancelContext[]): string {
  if (areAll('function', children)) return 'functions';
  const some = children.some(({ kind }) => kind !== 'plain');
  return children.every(({ kind }) => kind !== 'plain') ? 'with deadlines' : some ? 'some with deadlines' : 'plain';
}

function countedText(lost: readonly CancelContext[]): string {
  return areAll('function', lost)
    ? `${counted(lost.length, 'function')} set with context.AfterFunc that nobody can stop`
    : `${counted(lost.length, 'context')} that nobody can cancel`;
}

function fixOf(children: readonly CancelContext[]): Fix {
  if (areAll('function', children)) return STOP_FUNCTION;
  return areAll('deadline', children) ? CANCEL_DEADLINE : CANCEL;
}

function areAll(wanted: CancelContext['kind'], contexts: readonly CancelContext[]): boolean {
  return contexts.every(({ kind }) => kind === wanted);
}

function waitersText(waiters: number): string {
  return waiters === 0 ? '' : `, and ${counted(waiters, 'goroutine waits', 'goroutines wait')} for them`;
}

type Common = Pick<Finding, 'detector' | 'objects' | 'bytes' | 'proofs' | 'fix' | 'cuts'> & { waiters: number };

async function common(
  heap: AnalysedHeap,
  contexts: ReadonlyMap<number, CancelContext>,
  parent: number,
  children: readonly CancelContext[],
): Promise<Common> {
  const { graph, reachability, roots, account } = heap;
  const members = children.map(({ objectId }) => objectId);
  const gone = await heap.drive(findJointRetained(graph, reachability, roots, members, () => false, account));
  const waiters = await waitersOn(heap, children);
  return {
    detector: uncancelledContexts.name,
    objects: gone.objects,
    bytes: gone.bytes,
    proofs: proofsOf(heap, contexts, parent, members, waiters),
    fix: fixOf(children),
    cuts: await cutsInto(heap, members.slice(0, MOST_CHILDREN_SHOWN), MOST_CUTS),
    waiters: waiters.length,
  };
}

/** The chain from the outermost context down to the parent, some of its children, and goroutines that wait for those. */
function proofsOf(
  heap: AnalysedHeap,
  contexts: ReadonlyMap<number, CancelContext>,
  parent: number,
  children: readonly number[],
  waiters: readonly number[],
): Proof[] {
  const object = (objectId: number, text: string): Proof => ({ kind: 'object', objectId, text });
  const above = ancestors(contexts, parent).slice(1, 5).reverse();
  return [
    object(parent, 'the parent: its children hold them'),
    ...above.map((id) => object(id, 'above the parent')),
    ...children.slice(0, MOST_CHILDREN_SHOWN).map((id) => object(id, 'a child')),
    ...waiters.map((goroutine): Proof => ({
      kind: 'goroutine',
      goroutine,
      text: `goroutine ${heap.graph.records.goroutines[goroutine].id} waits for one of them`,
    })),
  ].slice(0, MOST_PROOFS);
}

/** A context and those above it that can be cancelled, upwards. */
function ancestors(contexts: ReadonlyMap<number, CancelContext>, from: number): number[] {
  const chain = new Set<number>();
  for (let id = from; id !== NONE && !chain.has(id); id = contexts.get(id)?.parent ?? NONE) chain.add(id);
  return [...chain];
}

/** Goroutines that wait on what Done of one of them gave. */
async function waitersOn(heap: AnalysedHeap, contexts: readonly CancelContext[]): Promise<number[]> {
  const channels = new Set(contexts.map(({ done }) => done).filter((done) => done !== NONE));
  if (channels.size === 0) return [];
  return (await waitsOf(heap))
    .filter((wait) => wait.channels.some((id) => channels.has(id)))
    .map(({ goroutine }) => goroutine);
}

async function waitsOf(heap: AnalysedHeap): Promise<readonly GoroutineWait[]> {
  return (await stuckGoroutines(heap))?.waits ?? [];
}

/** Whoever waits on the Done channel of a context and on nothing else cannot cancel it before somebody else has. */
function waitsFor({ channels }: GoroutineWait, done: number): boolean {
  return channels.length === 1 && channels[0] === done;
}
