/** What the nodes of a retention tree are called, and the ids that tell them apart. */
import type { RetentionNode } from '../../api/retention-rows';
import type { Kinds } from '../../kinds/kinds';
import type { NodeTree } from '../../kinds/way-tree';
import { NONE } from '../../lib/none';

/** What nodes are called, and what tells them apart. */
export class NodeNames {
  /** node → its id */
  readonly ids: readonly string[];
  private readonly nodes = new Map<string, number>();

  constructor(
    readonly tree: NodeTree,
    private readonly kinds: Kinds,
  ) {
    const ids: string[] = [];
    for (let node = 0; node < tree.count; node++) {
      const above = tree.parent[node] === NONE ? '' : ids[tree.parent[node]];
      // the second of two equal chains is told apart by how many came before it
      const words = `${above}/${this.field(node) ?? ''}/${this.isTop(node) ? 'top' : ''}${this.name(node)}`;
      let id = digest(words);
      for (let again = 1; this.nodes.has(id); again++) id = digest(`${words}/${again}`);
      this.nodes.set(id, node);
      ids.push(id);
    }
    this.ids = ids;
  }

  /** The node of an id; undefined where there is none. */
  node(id: string): number | undefined {
    return this.nodes.get(id);
  }

  /** Whether a node stands for what is at the top of the whole tree. */
  isTop(node: number): boolean {
    const { kind, kinds, tops } = this.tree;
    return kind[node] >= kinds && kind[node] < kinds + tops.length;
  }

  /** The import path of the package that a node stands for, '' for none; null where it stands for something else. */
  private packageTold(node: number): string | null {
    const { kind, kinds, tops, packages } = this.tree;
    return packages?.[kind[node] - kinds - tops.length] ?? null;
  }

  kind(node: number): RetentionNode['kind'] {
    const { kind, kinds, tops } = this.tree;
    if (this.isTop(node)) return tops[kind[node] - kinds].kind;
    return this.packageTold(node) === null ? 'object' : 'package';
  }

  isUnheld(node: number): boolean {
    return this.kind(node) === 'unheld';
  }

  name(node: number): string {
    const { kind, kinds, tops } = this.tree;
    if (this.isTop(node)) return tops[kind[node] - kinds].text;
    return this.packageTold(node) ?? this.kinds.objects.text(kind[node]);
  }

  field(node: number): string | null {
    const field = this.tree.field[node];
    return field === NONE ? null : this.kinds.fields.text(field) || null;
  }

  package(node: number): string | null {
    const told = this.packageTold(node);
    if (told !== null) return told || null;
    return this.isTop(node) ? null : this.kinds.objects.packageOf(this.tree.kind[node]);
  }

  isNamed(node: number): boolean {
    return this.kind(node) !== 'object' || this.kinds.objects.isNamed(this.tree.kind[node]);
  }
}

const PRIME = 0x0100_0193;

/** 12 hexadecimal digits of a text: FNV-1a twice, from two beginnings. */
function digest(text: string): string {
  let a = 0x811c_9dc5;
  let b = 0x1234_5679;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, PRIME);
    b = Math.imul(b ^ code ^ (a >>> 24), PRIME);
  }
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
  return (hex(a) + hex(b)).slice(0, 12);
}
