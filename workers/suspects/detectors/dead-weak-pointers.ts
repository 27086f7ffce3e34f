/**
 * Weak pointers in maps and slices whose objects are gone: the object was freed, the entry that knew it stayed. A weak.Pointer leads to a word of the
 * runtime that holds the object's address, and zero once that has been collected.
 */
import { HeapWindows } from '../../graph/contents/heap-windows';
import { valueAddress } from '../../graph/heap-graph';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { containersOf } from '../../heap/containers';
import { counted, formatCount } from '../../lib/format';
import { NONE } from '../../lib/none';
import { Scratch } from '../../lib/scratch';
import { eachObject } from '../../graph/contents/each-object';
import { isMapEntries } from '../../naming/types/field-path';
import type { GoType } from '../../naming/types/go-type';
import { KIND } from '../../go/type-kinds';
import type { Detector } from '../detector';
import type { Finding } from '../finding';
import { fieldOf } from '../waste/waste';

/** A few dead entries wait for the next clean-up; so many, and most of all, have none. */
const MANY = 100;
const MOST_SHARE = 0.5;
const SLOTS_OF_GROUP = 8;
const DEEPEST = 8;

export const deadWeakPointers: Detector = {
  name: 'dead-weak-pointers',
  title: 'Entries that know only objects that are gone',
  async detect(heap) {
    if (!heap.naming.hasExecutable)
      return { findings: [], skipped: 'It needs the executable: weak pointers are found by the types of entries.' };
    const scratch = new Scratch(heap.account);
    try {
      const windows = await HeapWindows.over(heap.graph, 0, scratch, () => heap.checkpoint());
      const fields = await weakFields(heap, windows);
      await findDead(heap, windows, fields);
      const dead = fields.filter((field) => field.dead >= MANY && field.dead >= MOST_SHARE * field.handles.length);
      return { findings: dead.sort((a, b) => b.dead - a.dead).map(describe), skipped: null };
    } finally {
      scratch.releaseAll();
    }
  },
};

/** One field of one kind of entries. */
interface WeakField {
  readonly name: string;
  /** Bytes of an entry with its key. */
  readonly entryBytes: number;
  /** An object that holds some of them. */
  readonly sample: number;
  /** What the weak pointers there lead to. */
  readonly handles: number[];
  dead: number;
}

async function weakFields(heap: AnalysedHeap, windows: HeapWindows): Promise<WeakField[]> {
  const { graph, naming } = heap;
  const containers = containersOf(naming);
  const offsets = naming.beliefs.all.map(({ type }) => (type ? weakOffsets(type) : []));
  const fields = new Map<string, WeakField>();
  const offsetsIn = (objectId: number): readonly number[] => offsets[naming.beliefs.numberOf(objectId)];
  await eachObject(
    windows,
    () => heap.checkpoint(),
    (objectId, position) => {
      const { type, count } = naming.beliefs.of(objectId);
      if (!type) return;
      for (let value = 0; value < count; value++) {
        for (const offset of offsetsIn(objectId)) {
          const at = value * type.size + offset;
          if (position + at + graph.records.params.pointerBytes > windows.size) return;
          const handle = windows.word(position + at);
          if (handle === 0) continue;
          const name = fieldOf(heap, objectId, at).replace(/\.u$/, '');
          let field = fields.get(name);
          const entryBytes = isMapEntries(type) ? type.size / SLOTS_OF_GROUP : type.size;
          if (!field) fields.set(name, (field = { name, entryBytes, sample: objectId, handles: [], dead: 0 }));
          field.handles.push(handle);
        }
      }
    },
    (objectId) => offsetsIn(objectId).length > 0 && containers.isInside(objectId),
  );
  return [...fields.values()];
}

/** Where the weak pointers lie in a value. */
function weakOffsets(type: GoType, at = 0, depth = 0): number[] {
  if (type.name.startsWith('weak.Pointer[')) return [at];
  if (depth > DEEPEST || (type.mask !== null && type.mask.length === 0)) return [];
  if (type.kind === KIND.struct)
    return type.fields.flatMap((field) => weakOffsets(field.type, at + field.offset, depth + 1));
  const { element } = type;
  if (type.kind !== KIND.array || !element) return [];
  const ofElement = weakOffsets(element, 0, depth + 1);
  if (ofElement.length === 0) return [];
  return Array.from({ length: type.length }, (_, i) =>
    ofElement.map((offset) => at + i * element.size + offset),
  ).flat();
}

/** Reads the words that the weak pointers lead to, in the order of the file. */
async function findDead(heap: AnalysedHeap, windows: HeapWindows, fields: readonly WeakField[]): Promise<void> {
  const { graph } = heap;
  const asked = new Map<number, { field: WeakField; offset: number }[]>();
  for (const field of fields) {
    for (const handle of field.handles) {
      const objectId = graph.index.objectAt(handle);
      if (objectId === NONE) continue;
      const one = { field, offset: handle - valueAddress(graph, objectId) };
      const known = asked.get(objectId);
      if (known) known.push(one);
      else asked.set(objectId, [one]);
    }
  }
  if (asked.size === 0) return;
  await eachObject(
    windows,
    () => heap.checkpoint(),
    (objectId, position) => {
      for (const { field, offset } of asked.get(objectId) ?? [])
        if (windows.word(position + offset) === 0) field.dead++;
    },
    (objectId) => asked.has(objectId),
  );
}

function describe({ name, entryBytes, sample, handles, dead }: WeakField): Finding {
  return {
    detector: deadWeakPointers.name,
    key: name,
    severity: 'note',
    confidence: 'certain',
    basis: 'Each weak pointer leads to a word of the runtime, which is zero once its object has been collected.',
    title: `${formatCount(dead)} of ${counted(handles.length, 'weak pointer')} in ${name} are dead: their entries stay`,
    objects: dead,
    bytes: dead * entryBytes,
    proofs: [{ kind: 'object', objectId: sample, text: 'some of the entries' }],
    why: 'The collector frees the object, not the entry that knew it: a cache of weak pointers grows by its keys and entries, unless somebody takes them out.',
    fix: {
      text: 'Take the entry out when its object goes, with a cleanup (Go 1.24), or look through the entries now and then.',
      before: 'cache[key] = weak.Make(value)',
      after:
        'cache[key] = weak.Make(value)\nruntime.AddCleanup(value, func(key string) {\n\tmu.Lock()\n\tdefer mu.Unlock()\n\tif w, ok := cache[key]; ok && w.Value() == nil {\n\t\tdelete(cache, key)\n\t}\n}, key)',
    },
    cuts: [],
  };
}
