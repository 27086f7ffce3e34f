/**
 * Kinds of roots: a package variable with the path of the field in it, a variable of a function's frames whatever the goroutine, the finalizers
 * of a type, the records of goroutines by what they are. Roots of one kind have one keeper.
 */
import { KEEPER } from '../cycles/keepers';
import { ROOT, ROOT_PART, type HeapGraph } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import { SLICE_MASK, type Work } from '../lib/work';
import type { Naming } from '../naming/naming';
import type { ObjectKinds } from './object-kinds';

export interface RootKinds {
  readonly count: number;
  /** row of graph.roots → kind */
  readonly ofRoot: Uint32Array;
  /** `mvcc.db`, `server.(*client).readLoop: acc`, `finalizers of os.file` */
  text(kind: number): string;
  /** kind → KEEPER */
  readonly keeper: Uint8Array;
  /** kind → how many rows of graph.roots it has */
  readonly roots: Uint32Array;
}

/** What tells kinds of roots apart. */
interface NamedRoots {
  readonly graph: HeapGraph;
  readonly naming: Naming;
  readonly kinds: ObjectKinds;
  /** root → KEEPER */
  readonly keeperOfRoot: Uint8Array;
}

/** Numbered by their first root. Holds nothing of the account: a root costs 20 bytes in its table already. */
export function* findRootKinds(named: NamedRoots): Work<RootKinds> {
  const { graph, keeperOfRoot } = named;
  const ofRoot = new Uint32Array(graph.roots.count);
  const texts: string[] = [];
  const keeper: number[] = [];
  const roots: number[] = [];
  const known = new Map<string, number>();
  const nameOf = rootNames(named);
  for (let root = 0; root < graph.roots.count; root++) {
    const text = nameOf(root);
    const key = `${keeperOfRoot[root]} ${text}`;
    let kind = known.get(key);
    if (kind === undefined) {
      kind = texts.push(text) - 1;
      keeper.push(keeperOfRoot[root]);
      roots.push(0);
      known.set(key, kind);
    }
    ofRoot[root] = kind;
    roots[kind]++;
    if ((root & SLICE_MASK) === 0) yield root;
  }
  return {
    count: texts.length,
    ofRoot,
    text: (kind) => texts[kind],
    keeper: Uint8Array.from(keeper),
    roots: Uint32Array.from(roots),
  };
}

const RECORDS: Record<number, string> = {
  [ROOT_PART.descriptor]: 'descriptors of goroutines',
  [ROOT_PART.context]: 'saved closures of goroutines',
  [ROOT_PART.deferRecord]: 'defer records',
  [ROOT_PART.deferFunction]: 'deferred functions',
  [ROOT_PART.panicRecord]: 'panic records',
  [ROOT_PART.panicValue]: 'panic values',
};

function rootNames({ graph, naming, kinds, keeperOfRoot }: NamedRoots): (root: number) => string {
  const { roots, records } = graph;
  return (root) => {
    const owner = roots.owner[root];
    switch (roots.kind[root]) {
      case ROOT.data:
        return withoutIndices(naming.rootName(root) ?? `data+0x${roots.offset[root].toString(16)}`);
      case ROOT.bss:
        return withoutIndices(naming.rootName(root) ?? `bss+0x${roots.offset[root].toString(16)}`);
      case ROOT.stack: {
        const { function: name } = records.frames[owner];
        if (keeperOfRoot[root] === KEEPER.stackWord) return `stack words of ${name}`;
        return withoutIndices(naming.rootName(root) ?? `${name} +0x${roots.offset[root].toString(16)}`);
      }
      case ROOT.goroutine:
        return RECORDS[roots.offset[root]];
      case ROOT.finalizer: {
        const id = graph.index.objectAt(records.finalizers[owner].object);
        return id === NONE ? 'finalizers' : `finalizers of ${kinds.text(kinds.ofObject[id])}`;
      }
      default:
        return records.otherRoots[owner].description;
    }
  };
}

/** An index in a variable's path is none of its kind; those of a type's name have no digits alone in them. */
function withoutIndices(name: string): string {
  return name.replace(/\[\d+\]/g, '[]');
}
