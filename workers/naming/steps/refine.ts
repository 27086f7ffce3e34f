/** Where a pointer's type says less than the runtime knows: the object behind it is a larger type, or one of two variants. */
import { shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { fit } from '../types/fit';
import type { GoType } from '../types/go-type';
import type { ObjectShape } from '../types/object-shapes';
import type { TypeNames } from '../types/type-names';

/** The runtime allocates timers behind their public face (Go ≥ 1.23). */
const TIMERS = new Set(['time.Timer', 'time.Ticker']);
const TIMER = ['runtime.timeTimer', 'time.timeTimer'];

/** Nodes of hash tries: `node[K,V]` is the common head of `entry[K,V]` and `indirect[K,V]`. */
const TRIE_NODE = /^(internal\/sync|internal\/concurrent|unique)\.node\[(.*)\]$/;
const TRIE_VARIANTS = ['entry', 'indirect'];

/** Can `refine` answer with another type? Few types are told from others by what they are called. */
export function isRefinable({ name }: GoType): boolean {
  return TIMERS.has(name) || TRIE_NODE.test(name);
}

/** The type that an object told to be `type` really has; `type` itself for nearly all. */
export function refine(
  type: GoType,
  graph: HeapGraph,
  objectId: number,
  names: TypeNames,
  shapes: readonly ObjectShape[],
): GoType {
  if (TIMERS.has(type.name)) return largerTimer(type, shallowSize(graph, objectId), names);
  const node = TRIE_NODE.exec(type.name);
  return node ? trieNode(type, node[1], node[2], shapes[graph.shapeId[objectId]], names) : type;
}

function largerTimer(type: GoType, slotSize: number, names: TypeNames): GoType {
  const larger = TIMER.map((name) => names.find(name)).find((found) => found !== null);
  return larger && slotSize >= larger.size ? larger : type;
}

/** Chosen by fit; executables often have the variants for shape types only, so the arguments need not match by name. */
function trieNode(type: GoType, path: string, parameters: string, shape: ObjectShape, names: TypeNames): GoType {
  for (const variant of TRIE_VARIANTS) {
    const fitting = names.startingWith(`${path}.${variant}[`).filter((candidate) => {
      const result = fit(candidate, 1, shape);
      return result.verdict === 'full' && result.exact;
    });
    const same = fitting.find((candidate) => candidate.name === `${path}.${variant}[${parameters}]`);
    const chosen =
      same ?? fitting.find((candidate) => shapeless(candidate.name).includes(shapeless(parameters))) ?? fitting.at(0);
    if (chosen) return chosen;
  }
  return type;
}

/** A name with the arguments of shape instantiations written as those they stand for. */
export function shapeless(name: string): string {
  return name.replaceAll('go.shape.', '');
}
