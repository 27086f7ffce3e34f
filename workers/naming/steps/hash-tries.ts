/**
 * Hash tries (sync.Map and unique from Go 1.24) that only untyped memory refers to. Generic code allocates their nodes by shape types, and the
 * inner nodes of all instantiations look alike: which one it is, the entries below decide by their values.
 */
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';
import { objectBytes } from '../../graph/contents/read-object';
import { SOURCE } from '../beliefs/assignments';
import { fit } from '../types/fit';
import type { GoType } from '../types/go-type';
import { eachObject } from '../../graph/contents/each-object';
import type { Propagation } from './propagation';
import { SegmentMemory } from '../../graph/contents/segment-memory';
import type { ShapeSearch } from './shape-search';
import type { TypeNames } from '../types/type-names';

/** An instantiation: its inner node and its entry. */
interface Trie {
  indirect: GoType;
  entry: GoType;
}

const PATHS = ['internal/sync', 'internal/concurrent', 'unique'];

/** Names the inner nodes whose entries make sense for one instantiation only; propagation does the rest. */
export async function tellHashTries(
  walk: Propagation,
  search: ShapeSearch,
  names: TypeNames,
  checkpoint: () => void | Promise<void>,
): Promise<void> {
  const tries = findTries(names);
  if (tries.length === 0) return;
  const { graph, windows, assignments } = walk;
  const found: { objectId: number; fitting: Trie[]; children: number[] }[] = [];
  const visit = (objectId: number, position: number): void => {
    // An inner node begins with isEntry = false.
    if (windows.u8(position) !== 0) return;
    const fitting = tries.filter(({ indirect }) => isExact(indirect, search, objectId));
    if (fitting.length === 0) return;
    const offsets = search.shapeOf(objectId).offsets ?? [];
    const children = Array.from(offsets, (offset) => graph.index.objectAt(windows.word(position + offset)));
    found.push({ objectId, fitting, children: children.filter((child) => child !== NONE) });
  };
  await eachObject(windows, checkpoint, visit, (objectId) => assignments.typeId[objectId] === 0);
  for (const { objectId, fitting, children } of found) {
    await checkpoint();
    const trie = await onlyTrie(walk, search, fitting, children);
    if (trie) walk.tell(valueAddress(graph, objectId), trie.indirect, 1, SOURCE.shape, { objectId: NONE, offset: 0 });
  }
}

function findTries(names: TypeNames): Trie[] {
  return PATHS.flatMap((path) =>
    names.startingWith(`${path}.indirect[`).flatMap((indirect) => {
      const entry = names.find(indirect.name.replace('.indirect[', '.entry['));
      return entry ? [{ indirect, entry }] : [];
    }),
  );
}

/** The one instantiation that every entry among the children agrees with; null without an entry. */
async function onlyTrie(
  walk: Propagation,
  search: ShapeSearch,
  fitting: readonly Trie[],
  children: readonly number[],
): Promise<Trie | null> {
  let left = fitting;
  let entries = 0;
  for (const child of children) {
    const memory = await contents(walk, child);
    if (memory.u8(0) !== 1) continue;
    entries++;
    left = left.filter(({ entry }) => isExact(entry, search, child) && search.check(entry, memory, 0) > 0);
  }
  if (entries === 0) return null;
  // The instantiation by shape types is its plain twin to a person.
  const plain = left.filter(({ entry }) => !entry.name.includes('go.shape.'));
  return plain.length === 1 ? plain[0] : left.length === 1 ? left[0] : null;
}

function isExact(type: GoType, search: ShapeSearch, objectId: number): boolean {
  const result = fit(type, 1, search.shapeOf(objectId));
  return result.verdict === 'full' && result.exact;
}

async function contents({ graph, known }: Propagation, objectId: number): Promise<SegmentMemory> {
  const offset = valueAddress(graph, objectId) - graph.slotAddress[objectId];
  const bytes = await objectBytes(graph, objectId, offset, 4096);
  return new SegmentMemory(bytes, !graph.records.params.bigEndian, known.layout.pointerBytes);
}
