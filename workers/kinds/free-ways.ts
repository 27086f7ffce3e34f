/**
 * What leads to a target, by kind: the edges of the graph of kinds that a minimum cut is looked for in, each with the references that it stands
 * for. Its vertices are kinds of the target's ancestors; the insides of containers are told apart by the field or variable that has the
 * container, so that two maps of one type do not make one knot.
 */
import { FlowGraph, UNCUTTABLE, type MinimumCuts } from '../lib/minimum-cut';
import { NONE } from '../lib/none';

/** The kinds that ways are told by; see object-kinds.ts, reference-fields.ts and root-kinds.ts. */
export interface WayKinds {
  /** objectId → kind */
  readonly ofObject: Uint32Array;
  readonly kindCount: number;
  /** reference → field */
  readonly ofReference: Uint32Array;
  readonly fieldCount: number;
  /** root → kind */
  readonly ofRoot: Uint32Array;
  readonly rootCount: number;
  /** root → what lets go of it as a whole: its kind, or its goroutine's, for a goroutine lets go of all that its frames have */
  readonly ownerOfRoot: Uint32Array;
  /** Is an object the inside of a container? It is passed through. */
  isInside(objectId: number): boolean;
  /** What it costs to cut a field, or to let an owner of roots go: 1, and far more for the runtime's own. */
  costOfField(field: number): number;
  costOfRoot(rootKind: number): number;
  costOfOwner(owner: number): number;
}

/** Where the references of a kind come from. */
export type WayFrom =
  /** Roots of a kind that point at members of the target of one kind. */
  | { readonly form: 'root'; readonly root: number }
  /** All roots of one owner that lead to the target. */
  | { readonly form: 'owner'; readonly owner: number }
  /** A field of the objects that have it. */
  | { readonly form: 'field'; readonly field: number }
  /** Entries of the container that a field, or roots of a kind, have; `field`: where in an entry. */
  | {
      readonly form: 'entry';
      readonly of: { readonly field: number } | { readonly root: number };
      readonly field: number;
    };

/** A kind of references, or of roots, on the way to the target. */
export interface Way {
  readonly from: WayFrom;
  /** Kind of what it leads to; NONE for owners of roots. */
  readonly to: number;
  /** Does it lead to members of the target themselves? */
  readonly enters: boolean;
  readonly references: number;
  /** One of the references: a row of graph.roots, or an object and what it refers to. */
  readonly example: { readonly root: number } | { readonly from: number; readonly to: number };
}

/** Where a reference lies. */
export interface Place {
  /** Of the inside of a container: who has it, a field or, behind those, a kind of roots; null for what is no inside, and where several have it. */
  readonly holder: number | null;
  readonly field: number;
}

/** Numbers of pairs of numbers. */
class Pairs {
  private readonly numbers = new Map<number, number>();

  /** Both below 2^26. */
  number(a: number, b: number, otherwise: () => number = () => this.numbers.size): number {
    const key = a * 2 ** 26 + b;
    let number = this.numbers.get(key);
    if (number === undefined) this.numbers.set(key, (number = otherwise()));
    return number;
  }

  find(a: number, b: number): number {
    return this.numbers.get(a * 2 ** 26 + b) ?? NONE;
  }
}

const SOURCE = 0;
/** The vertex of all members of the target. */
export const TARGET_VERTEX = 1;

type Growing = { -readonly [Key in keyof Way]: Way[Key] };

export class WayGraph {
  readonly ways: Growing[] = [];
  private readonly flow = new FlowGraph();
  /** kind of objects, or behind those holder of containers, or behind those owner of roots → vertex */
  private readonly vertices = new Map<number, number>();
  /** Where references lie, and where they lead: a vertex and a kind in it. */
  private readonly places = new Pairs();
  private readonly goals = new Pairs();
  private readonly byReference = new Pairs();
  private readonly byRoot = new Pairs();
  private readonly byOwner = new Map<number, number>();
  private readonly joins = new Pairs();
  /** edge of the flow → way; NONE where it is none */
  private readonly wayOfEdge: number[] = [];

  constructor(private readonly kinds: WayKinds) {}

  /** How many kinds of objects, holders of containers and owners of roots there are on the ways. */
  get vertexCount(): number {
    return this.vertices.size;
  }

  /** The vertex of objects of a kind that are no insides of one holder. */
  kindVertex(kind: number): number {
    return this.vertex(kind);
  }

  /** The vertex of the insides that a holder has. */
  insideVertex(holder: number): number {
    return this.vertex(this.kinds.kindCount + holder);
  }

  /** A root of an owner leads to a vertex. */
  addRoot(owner: number, to: number, root: number): void {
    const { kindCount, fieldCount, rootCount } = this.kinds;
    const vertex = this.vertex(kindCount + fieldCount + rootCount + owner);
    let way = this.byOwner.get(owner);
    if (way === undefined) {
      way = this.add({ form: 'owner', owner }, NONE, false, { root });
      this.byOwner.set(owner, way);
      this.addEdge(SOURCE, vertex, this.kinds.costOfOwner(owner), way);
    }
    this.ways[way].references++;
    this.join(vertex, to);
  }

  /** A root of a kind points at a member. Told to a person; the cut is made at its owner. */
  addEnteringRoot(rootKind: number, toKind: number, root: number): number {
    const way = this.byRoot.number(rootKind, toKind, () =>
      this.add({ form: 'root', root: rootKind }, toKind, true, { root }),
    );
    this.ways[way].references++;
    return way;
  }

  /** A reference leads from one vertex to an object of a kind in another. Returns its way. */
  addReference(
    place: Place,
    from: number,
    to: number,
    toKind: number,
    example: { readonly from: number; readonly to: number },
  ): number {
    const goal = this.goals.number(to, toKind);
    const way = this.byReference.number(this.places.number(...placeKey(place)), goal, () => {
      const made = this.add(this.fromOf(place), toKind, to === TARGET_VERTEX, example);
      this.addEdge(from, to, this.costOf(place), made);
      return made;
    });
    this.ways[way].references++;
    return way;
  }

  /** A way that cannot be cut: from one part of a container to the next. */
  join(from: number, to: number): void {
    if (from !== to)
      this.joins.number(from, to, () => {
        this.addEdge(from, to, UNCUTTABLE, NONE);
        return 0;
      });
  }

  /** NONE where there is no such way, as in the next two. */
  wayOfReference(place: Place, to: number, toKind: number): number {
    return this.byReference.find(this.places.find(...placeKey(place)), this.goals.find(to, toKind));
  }

  wayOfOwner(owner: number): number {
    return this.byOwner.get(owner) ?? NONE;
  }

  wayOfRoot(rootKind: number, toKind: number): number {
    return this.byRoot.find(rootKind, toKind);
  }

  /** The two minimum cuts, as ways. Call it once. */
  minimumCuts(): MinimumCuts {
    const { cost, nearSource, nearSink } = this.flow.cuts(SOURCE, TARGET_VERTEX);
    const ways = (edges: readonly number[]): number[] => edges.map((edge) => this.wayOfEdge[edge]);
    return { cost, nearSource: ways(nearSource), nearSink: ways(nearSink) };
  }

  private vertex(key: number): number {
    let vertex = this.vertices.get(key);
    if (vertex === undefined) this.vertices.set(key, (vertex = this.vertices.size + TARGET_VERTEX + 1));
    return vertex;
  }

  private fromOf({ holder, field }: Place): WayFrom {
    const { fieldCount } = this.kinds;
    if (holder === null) return { form: 'field', field };
    return { form: 'entry', of: holder < fieldCount ? { field: holder } : { root: holder - fieldCount }, field };
  }

  /** An entry costs what its container does. */
  private costOf({ holder, field }: Place): number {
    const { kinds } = this;
    if (holder === null) return kinds.costOfField(field);
    return holder < kinds.fieldCount ? kinds.costOfField(holder) : kinds.costOfRoot(holder - kinds.fieldCount);
  }

  private add(from: WayFrom, to: number, enters: boolean, example: Way['example']): number {
    return this.ways.push({ from, to, enters, references: 0, example }) - 1;
  }

  private addEdge(from: number, to: number, cost: number, way: number): void {
    this.wayOfEdge[this.flow.addEdge(from, to, cost)] = way;
  }
}

function placeKey({ holder, field }: Place): [holder: number, field: number] {
  return [holder === null ? 0 : holder + 1, field];
}
