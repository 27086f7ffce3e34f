/** What code says of package variables by how it uses them: what it calls methods on, which map it looks up, what it stores of what it allocates. */
import type { TypeUse } from '../go/calls';

export interface VariableUse {
  use: TypeUse;
  /** Link-time address of the type's descriptor, or the type's name where a method tells it. */
  type: number | string;
  /** How often code says so. */
  times: number;
}

export class VariableUses {
  /** link-time address of the variable → what is said of it */
  private readonly byAddress = new Map<number, VariableUse[]>();

  note(address: number, use: TypeUse, type: number | string): void {
    const uses = this.byAddress.get(address);
    const known = uses?.find((one) => one.use === use && one.type === type);
    if (known) known.times++;
    else if (uses) uses.push({ use, type, times: 1 });
    else this.byAddress.set(address, [{ use, type, times: 1 }]);
  }

  get size(): number {
    return this.byAddress.size;
  }

  /** Each variable with what is said of it, most often first. */
  *all(): Generator<[address: number, uses: readonly VariableUse[]]> {
    for (const [address, uses] of this.byAddress) yield [address, [...uses].sort((a, b) => b.times - a.times)];
  }
}
