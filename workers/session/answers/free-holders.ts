/** Ways to a target as rows: what they are called, how a program lets go of them, where its code is. */
import type { FreeHolder, LettingGo } from '../../api/free-rows';
import type { SourcePlace } from '../../api/rows';
import { objectMemory } from '../../graph/contents/object-memory';
import { ROOT } from '../../graph/heap-graph';
import { goroutineOfRoot } from '../../graph/root-owner';
import { containersOf } from '../../heap/containers';
import type { Way, WayFrom } from '../../kinds/free-ways';
import type { Kinds } from '../../kinds/kinds';
import { NONE } from '../../lib/none';
import type { FoundTarget } from '../computed/free-targets';
import { RUNTIMES_OWN } from '../computed/way-kinds';
import { objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { holderOf } from '../rows/held';

/** What a holder is called by itself; ids of a target are made of these. */
interface WayWords {
  readonly name: string;
  readonly owner: string | null;
  readonly to: string | null;
}

export class FreeRows {
  /** way → its id; ways that are one to a person have one */
  readonly ids: readonly string[];
  private readonly words: readonly WayWords[];

  constructor(
    private readonly dump: AnalysedDump,
    private readonly kinds: Kinds,
    private readonly found: FoundTarget,
  ) {
    this.words = found.ways.ways.map((way) => this.wordsOf(way));
    this.ids = this.makeIds();
  }

  /** Ways that a person chooses from: all that enter the target, and of those that lead to it the ones on minimum cuts. */
  get listed(): number[] {
    const { ways, alone } = this.found.ways;
    const entering = [...ways.keys()].filter((way) => ways[way].enters);
    entering.sort(
      (a, b) =>
        alone.bytes[b] - alone.bytes[a] ||
        ways[b].references - ways[a].references ||
        (this.ids[a] < this.ids[b] ? -1 : 1),
    );
    const known = new Set(entering.map((way) => this.ids[way]));
    const cuts = [this.found.fewest, this.found.nearest].flatMap((cut) => cut?.ways ?? []);
    return [...entering, ...new Set(cuts)].filter((way, at) => at < entering.length || !known.has(this.ids[way]));
  }

  /** All ways that go by the id of one. */
  sameAs(way: number): number[] {
    return [...this.ids.keys()].filter((other) => this.ids[other] === this.ids[way]);
  }

  async row(way: number): Promise<FreeHolder> {
    const { ways, alone } = this.found.ways;
    const { from, enters, example } = ways[way];
    const isRoot = from.form === 'root' || from.form === 'owner';
    const tried = this.found.alone.get(way);
    const freesAlone = enters ? { objects: alone.objects[way], bytes: alone.bytes[way] } : (tried ?? null);
    const { graph } = this.dump;
    const target = this.targetOf(example);
    return {
      id: this.ids[way],
      kind: isRoot ? 'root' : 'field',
      enters,
      ...this.words[way],
      holder: 'root' in example ? holderOf(this.dump.keepers.ofRoot[example.root]) : null,
      lettingGo: this.isRuntimes(from) ? 'runtime' : this.lettingGo(from, example),
      place: await this.placeOf(from, example),
      references: this.countOf(way),
      freesAlone,
      example: {
        from: 'root' in example ? null : objectAddress(graph, example.from),
        to: objectAddress(graph, target),
      },
    };
  }

  /** References, or goroutines where those are let go of as a whole. */
  private countOf(way: number): number {
    const { from, references } = this.found.ways.ways[way];
    const { kinds } = this.found;
    if (from.form !== 'owner' || kinds.goroutinesOf(from.owner) === null) return references;
    const goroutines = new Set<number | null>();
    for (const root of this.found.target.roots())
      if (kinds.ownerOfRoot[root] === from.owner) goroutines.add(goroutineOfRoot(this.dump.graph, root));
    return goroutines.size;
  }

  private makeIds(): string[] {
    const { ways } = this.found.ways;
    const ids: string[] = [];
    const known = new Map<string, number>();
    for (const way of ways.keys()) {
      const { name, to } = this.words[way];
      const text = to === null ? name : `${name} → ${to}`;
      let id = text;
      for (let again = 2; known.has(id) && !this.isSame(known.get(id) ?? NONE, way); again++) id = `${text} (${again})`;
      known.set(id, way);
      ids.push(id);
    }
    return ids;
  }

  /** The roots of a variable and the variable are one, where they all point at the target. */
  private isSame(a: number, b: number): boolean {
    const { ways } = this.found.ways;
    const forms = [ways[a].from, ways[b].from];
    const root = forms.find((from) => from.form === 'root');
    const owner = forms.find((from) => from.form === 'owner');
    return root?.root !== undefined && root.root === owner?.owner && ways[a].references === ways[b].references;
  }

  private wordsOf({ from, to, example }: Way): WayWords {
    const { objects, fields, roots } = this.kinds;
    const target = objects.text(to === NONE ? objects.ofObject[this.targetOf(example)] : to);
    switch (from.form) {
      case 'root':
        return { name: roots.text(from.root), owner: null, to: target };
      case 'owner': {
        const name = this.found.kinds.goroutinesOf(from.owner);
        return name === null
          ? { name: roots.text(from.owner), owner: null, to: target }
          : { name: `goroutines of ${name}`, owner: null, to: null };
      }
      case 'field':
        return { name: this.fieldName(from.field), owner: objects.text(fields.owner[from.field]), to: target };
      case 'entry': {
        const isField = 'field' in from.of;
        const holder = isField ? this.fieldName(from.of.field) : roots.text(from.of.root);
        const owner = isField ? objects.text(fields.owner[from.of.field]) : null;
        return { name: `${holder}${inEntry(fields.text(from.field))}`, owner, to: target };
      }
    }
  }

  private targetOf(example: Way['example']): number {
    return 'root' in example ? this.dump.graph.roots.target[example.root] : example.to;
  }

  private fieldName(field: number): string {
    const { objects, fields } = this.kinds;
    return `${objects.text(fields.owner[field])} ${fields.text(field)}`.trim();
  }

  private isRuntimes(from: WayFrom): boolean {
    const { kinds } = this.found;
    if (from.form === 'owner') return kinds.costOfOwner(from.owner) >= RUNTIMES_OWN;
    if (from.form === 'root') return kinds.costOfRoot(from.root) >= RUNTIMES_OWN;
    if (from.form === 'field') return kinds.costOfField(from.field) >= RUNTIMES_OWN;
    return ('root' in from.of ? kinds.costOfRoot(from.of.root) : kinds.costOfField(from.of.field)) >= RUNTIMES_OWN;
  }

  private lettingGo(from: WayFrom, example: Way['example']): LettingGo {
    if ('root' in example) return this.lettingGoOfRoot(example.root);
    const { naming } = this.dump;
    const owner = this.kinds.objects.text(this.kinds.objects.ofObject[example.from]);
    if (TIMER.test(owner)) return 'timer';
    const type = naming.startOf(example.from);
    if (type?.role === 'closure') return 'captured variable';
    switch (containersOf(naming).kindOf(example.from)) {
      case 'map':
        return 'map entry';
      case 'channel':
        return 'channel';
      case 'sync.Map':
        return 'sync.Map entry';
      case 'list':
        return 'list element';
      case 'array':
        return 'element';
      case null:
        return from.form === 'entry' ? 'element' : 'field';
    }
  }

  private lettingGoOfRoot(root: number): LettingGo {
    switch (this.dump.graph.roots.kind[root]) {
      case ROOT.data:
      case ROOT.bss:
        return 'variable';
      case ROOT.stack:
      case ROOT.goroutine:
        return 'goroutine';
      case ROOT.finalizer:
        return 'finalizer';
      default:
        return 'runtime';
    }
  }

  private async placeOf(from: WayFrom, example: Way['example']): Promise<SourcePlace | null> {
    const { graph, naming } = this.dump;
    const { records, roots } = graph;
    if (!('root' in example)) {
      if (naming.startOf(example.from)?.role !== 'closure') return null;
      if (graph.contentsAt[example.from] < 0) return null;
      const value = await objectMemory(graph, example.from, records.params.pointerBytes);
      return naming.callsAt(value.word(0)).at(-1) ?? null;
    }
    const owner = roots.owner[example.root];
    if (roots.kind[example.root] === ROOT.goroutine) return this.creation(owner);
    if (roots.kind[example.root] !== ROOT.stack) return null;
    const frame = records.frames[owner];
    if (from.form === 'owner') return this.creation(frame.goroutine) ?? this.call(frame.pc);
    return this.call(frame.depth === 0 ? frame.pc + 1 : frame.pc);
  }

  /** The go statement of a goroutine. */
  private creation(goroutine: number): SourcePlace | null {
    const { goPc } = this.dump.graph.records.goroutines[goroutine];
    return goPc === 0 ? null : this.call(goPc);
  }

  private call(returnPc: number): SourcePlace | null {
    return this.dump.naming.callsAt(returnPc - 1).at(0) ?? null;
  }
}

const TIMER = /^(runtime\.(timer|timeTimer)|time\.(Timer|Ticker|runtimeTimer))$/;

/** `[].job` behind a holder; a map's ` value` says so by itself. */
function inEntry(field: string): string {
  return field.startsWith('[') || field.startsWith('.') ? field : `[] ${field}`.trimEnd();
}
