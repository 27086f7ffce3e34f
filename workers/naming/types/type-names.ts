/** Types by name: for the few that the runtime's rules mention, and the instantiations of generic ones. */
import type { GoType } from './go-type';
import type { TypeSpace } from './type-space';

export class TypeNames {
  private byName: Map<string, GoType> | null = null;
  private readonly byPrefix = new Map<string, readonly GoType[]>();

  constructor(private readonly types: TypeSpace) {}

  find(name: string): GoType | null {
    return this.index().get(name) ?? null;
  }

  /** All types whose name begins so: the instantiations of `internal/sync.entry[`. */
  startingWith(prefix: string): readonly GoType[] {
    const known = this.byPrefix.get(prefix);
    if (known) return known;
    const found = [...this.index().values()].filter((type) => type.name.startsWith(prefix));
    this.byPrefix.set(prefix, found);
    return found;
  }

  private index(): Map<string, GoType> {
    this.byName ??= new Map(this.types.runtimeTypes().map((type) => [type.name, type]));
    return this.byName;
  }
}
