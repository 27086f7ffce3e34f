/**
 * What lies in the program's sync.Pools: pools that their own items hold, items far larger than the others, items that still point at what
 * goroutines use, and pools that hold a large part of the heap. Every second collection empties a pool that nobody uses, so none of this is a
 * leak for good.
 */
import { findJointRetained } from '../../analysis/joint-retained';
import { HOLDER } from '../../analysis/results';
import { NONE } from '../../lib/none';
import { findPools, type PoolItem, type PoolRow } from '../../values/pool-summary';
import { cutsInto } from '../../cycles/what-lets-go';
import type { Detected, Detector } from '../detector';
import type { Finding, Proof } from '../finding';
import { wayOnCycle } from '../../cycles/way-on-cycle';
import { liveReferences, shareOfItems } from '../library/pool-references';
import { pathText } from '../../heap/references';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { isStandard } from '../words/standard-library';
import { counted, formatBytes, formatShare } from '../../lib/format';

/** Of the heap, and in bytes: a pool that holds less is no trouble, nor are outliers that do. */
const MUCH_SHARE = 0.2;
const MUCH_BYTES = 2 ** 20;
/** An item this many times the median is an outlier, if it is this large at all: fmt gives up buffers of 64 KiB for that reason. */
const OUTLIER_TIMES = 16;
const OUTLIER_BYTES = 64 * 1024;
/** Fewer items have no median worth the name. */
const FEWEST_ITEMS = 4;
/** Of the heap: outliers that together hold more are a warning. */
const OUTLIERS_SHARE = 0.1;
const MOST_SHOWN = 5;
const MOST_CUTS = 3;

export const poolContents: Detector = {
  name: 'pool-contents',
  title: 'Pools: cycles through them, outsized items, items that point at live state',
  detect,
};

async function detect(heap: AnalysedHeap): Promise<Detected> {
  const pools = await findPools(heap.naming, () => heap.checkpoint());
  const findings: Finding[] = [];
  for (const row of pools) {
    if (row.items.length === 0 || isStandard(row.where)) continue;
    const pool = new Pool(heap, row);
    for (const look of [heldByItems, outliers, pointsAtLiveState, holdsMuch]) {
      const finding = await look(heap, pool);
      if (finding) findings.push(finding);
    }
    await heap.checkpoint();
  }
  return { findings, skipped: null };
}

/** A pool, and what of it all looks share. */
class Pool {
  /** Each object once, though it may lie in several places. */
  readonly items: readonly number[];
  /** `the pool main.buffers`, by its items where it has no name. */
  readonly name: string;
  /** The same without addresses, for keys. */
  readonly key: string;
  /** A variable that nothing names may as well be the standard library's. */
  readonly isAnonymousGlobal: boolean;

  constructor(
    heap: AnalysedHeap,
    readonly row: PoolRow,
  ) {
    this.items = [...new Set(row.items.map(({ objectId }) => objectId))];
    const type = mostFrequent(this.items.map((id) => heap.typeText(id)));
    const isNamed = /^[\w./-]+\.\w/.test(row.where) && !row.where.startsWith('0x');
    this.name = isNamed ? `the pool ${row.where}` : `the pool of ${type} at ${row.where}`;
    this.isAnonymousGlobal = !isNamed && row.objectId === NONE;
    this.key = isNamed ? `pool ${row.where}` : `pool of ${type}`;
  }

  /** `30 put in since the last collection, 30 left from before it` */
  get places(): string {
    const victims = this.row.items.filter(({ place }) => place.startsWith('victim')).length;
    return `${this.row.items.length - victims} put in since the last collection, ${victims} left from before it`;
  }

  /** Joint retained size of items. */
  retained(heap: AnalysedHeap, items: readonly number[]): Promise<{ objects: number; bytes: number }> {
    const { graph, reachability, roots, account } = heap;
    return heap.drive(findJointRetained(graph, reachability, roots, items, () => false, account));
  }
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0][0];
}

/** The pool and its items on one cycle. */
async function heldByItems(heap: AnalysedHeap, pool: Pool): Promise<Finding | null> {
  const { components, graph, reachability } = heap;
  const { objectId, create } = pool.row;
  const cycle = objectId === NONE ? NONE : components.cycleOf[objectId];
  if (cycle === NONE) return null;
  const back = pool.items.filter((id) => components.cycleOf[id] === cycle);
  if (back.length === 0 || reachability.holder[objectId] === HOLDER.nothing) return null;
  const retained = await pool.retained(heap, [objectId]);
  const how = create === null ? '' : `; New is ${create}`;
  const way = await heap.drive(wayOnCycle(heap, back[0], objectId));
  return {
    detector: poolContents.name,
    key: `${pool.key}: cycle`,
    severity: isMuch(retained.bytes, graph.heapBytes) ? 'warning' : 'note',
    confidence: 'certain',
    basis: 'The dump records every pointer on the way from the pool to its items and back.',
    title: `${counted(back.length, 'item')} of ${pool.name} lead back to it`,
    ...retained,
    proofs: [
      { kind: 'object', objectId, text: `holds the pool: ${pool.places}${how}` },
      { kind: 'cycle', cycle, text: way ? `the way back: ${await pathText(heap, way)}` : 'the pool and its items' },
      ...itemProofs(heap, pool, back),
    ],
    why: WHY_CYCLE,
    fix: FIX_CYCLE,
    cuts: await cutsInto(heap, [objectId], MOST_CUTS),
  };
}

/** Items that keep many times what the others keep. */
async function outliers(heap: AnalysedHeap, pool: Pool): Promise<Finding | null> {
  if (pool.items.length < FEWEST_ITEMS) return null;
  const { retainedSize } = heap.dominators;
  const sorted = [...pool.items].sort((a, b) => retainedSize[b] - retainedSize[a]);
  const median = retainedSize[sorted[sorted.length >> 1]];
  const limit = Math.max(OUTLIER_BYTES, OUTLIER_TIMES * median);
  const large = sorted.filter((id) => retainedSize[id] >= limit);
  if (large.length === 0) return null;
  const retained = await pool.retained(heap, large);
  const isHeavy = retained.bytes >= MUCH_BYTES && retained.bytes >= OUTLIERS_SHARE * heap.graph.heapBytes;
  const keep = large.length === 1 ? 'keeps' : 'keep';
  return {
    detector: poolContents.name,
    key: `${pool.key}: outliers`,
    severity: isHeavy ? 'warning' : 'note',
    confidence: 'certain',
    basis: `Sizes follow from the recorded pointers; half of the ${counted(pool.items.length, 'item')} keep ${formatBytes(median)} or less each.`,
    title: `${large.length} of ${counted(pool.items.length, 'item')} in ${pool.name} ${keep} ${formatBytes(retained.bytes)}`,
    ...retained,
    proofs: itemProofs(heap, pool, large),
    why: WHY_OUTLIERS,
    fix: FIX_OUTLIERS,
    cuts: await cutsInto(heap, large.slice(0, 1), MOST_CUTS),
  };
}

/** Items that were put back with pointers to what a goroutine works on. */
async function pointsAtLiveState(heap: AnalysedHeap, pool: Pool): Promise<Finding | null> {
  if (pool.isAnonymousGlobal) return null;
  const live = await liveReferences(heap, pool.items);
  if (live.length === 0) return null;
  const items = [...new Set(live.map(({ item }) => item))];
  const retained = await pool.retained(heap, items);
  const points = items.length === 1 ? 'points' : 'point';
  return {
    detector: poolContents.name,
    key: `${pool.key}: live state`,
    severity: 'note',
    confidence: 'possible',
    basis:
      'Stacks of goroutines lead to objects that items lead to as well. That they belong to the use before is a guess: items may share them on purpose.',
    title: `${counted(items.length, 'item')} in ${pool.name} ${points} at what goroutines use`,
    ...retained,
    proofs: live.slice(0, MOST_SHOWN).flatMap(({ item, target, goroutine, owner }): Proof[] => [
      { kind: 'object', objectId: item, text: `lies in the pool, and keeps a pointer to ${heap.typeText(target)}` },
      { kind: 'object', objectId: target, text: owner === item ? 'what it points at' : 'what it leads to' },
      { kind: 'goroutine', goroutine, text: 'has the same object on its stack' },
    ]),
    why: WHY_LIVE,
    fix: FIX_LIVE,
    cuts: [],
  };
}

/** Whether so much is worth a finding by its size alone. @internal */
export function isMuch(bytes: number, heapBytes: number): boolean {
  return bytes >= MUCH_BYTES && bytes >= MUCH_SHARE * heapBytes;
}

/** A large part of the heap lies in one pool. */
async function holdsMuch(heap: AnalysedHeap, pool: Pool): Promise<Finding | null> {
  const { heapBytes } = heap.graph;
  if (shareOfItems(heap, pool.items) < MUCH_SHARE) return null;
  const retained = await pool.retained(heap, pool.items);
  if (!isMuch(retained.bytes, heapBytes)) return null;
  return {
    detector: poolContents.name,
    key: `${pool.key}: much`,
    severity: 'note',
    confidence: 'certain',
    basis: 'The dump records the parts of the pool and all pointers of its items.',
    title: `${counted(pool.items.length, 'item')} in ${pool.name} keep ${formatShare(retained.bytes, heapBytes)} of the heap`,
    ...retained,
    proofs: itemProofs(heap, pool, pool.items),
    why: WHY_MUCH,
    fix: FIX_MUCH,
    cuts: [],
  };
}

/** The items that keep most, with where they lie. */
function itemProofs({ dominators }: AnalysedHeap, { row }: Pool, items: readonly number[]): Proof[] {
  const { retainedSize } = dominators;
  const place = new Map<number, PoolItem>();
  for (const item of row.items) place.set(item.objectId, item);
  return [...items]
    .sort((a, b) => retainedSize[b] - retainedSize[a])
    .slice(0, MOST_SHOWN)
    .map((objectId): Proof => {
      const where = place.get(objectId);
      const part = where ? `${where.place} of processor ${where.processor}` : 'in the pool';
      return { kind: 'object', objectId, text: `an item, ${part}; it retains ${formatBytes(retainedSize[objectId])}` };
    });
}

const WHY_CYCLE =
  'Whoever keeps one item, or the closure behind New, keeps the pool with all its items, and the other way round. While the pool is used the ' +
  'runtime keeps it too. It takes two collections without use until all of it goes, so this is no leak for good, but more stays, and longer, ' +
  'than a pool is meant to keep.';

const FIX_CYCLE = {
  text:
    'Let items not know their pool: whoever takes one puts it back. Let New capture nothing of what owns the pool; give an item what it needs ' +
    'when it is taken, and clear that before it goes back.',
  before:
    'o.pool.New = func() any {\n\tit := &Item{}\n\tit.release = func() { o.pool.Put(it) } // it → o → pool → it\n\treturn it\n}',
  after: 'o.pool.New = func() any { return new(Item) }\n\nit := o.pool.Get().(*Item)\ndefer o.pool.Put(it)',
};

const WHY_OUTLIERS =
  'A pool gives out whatever lies in it. An item that has once grown large goes round with the small ones and keeps its size, for requests that ' +
  'need a fraction of it, until a collection finds it unused.';

const FIX_OUTLIERS = {
  text: 'Do not put back what has grown past what most uses need, as fmt does with its buffers.',
  before: 'buf.Reset()\nbuffers.Put(buf)',
  after: 'if buf.Cap() <= 64<<10 {\n\tbuf.Reset()\n\tbuffers.Put(buf)\n}',
};

const WHY_LIVE =
  'An item that goes back to its pool with pointers of its last use keeps all that they lead to, for as long as it lies there; and whoever takes ' +
  'it next can see, or change, what belongs to somebody else.';

const FIX_LIVE = {
  text: 'Clear an item before it goes back.',
  before: 'defer scratchPool.Put(s) // s.request still points at the request',
  after: 'defer func() {\n\t*s = Scratch{buf: s.buf[:0]}\n\tscratchPool.Put(s)\n}()',
};

const WHY_MUCH =
  'Collections empty a pool in two steps: what nobody took since the last one goes with the next. What lies in it counts as live until then, so ' +
  'the heap may grow to several times what the program works with.';

const FIX_MUCH = {
  text: 'Where so much is seldom needed, put less back, or put it back smaller.',
  before: null,
  after: null,
};
