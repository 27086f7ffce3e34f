/** Names of what roots lie in: package variables by DWARF or symbols, variables of frames by DWARF, with the path of the field inside. */
import { ROOT, type HeapGraph } from '../../graph/heap-graph';
import type { FrameRecord } from '../../dump/records';
import type { Dwarf } from '../../program/dwarf/dwarf';
import type { MatchedProgram } from '../executable/program-match';
import { variableHolding, variablesOf } from '../executable/frame-variables';
import { literalsOf } from '../executable/literals';
import { nameInVariable, packageVariables, variableAt, type GlobalVariable } from '../executable/package-variables';
import type { StackValues } from './stack-values';
import type { StaticValues } from '../executable/static-values';
import { fieldPath } from '../types/field-path';
import type { KnownTypes } from '../types/known-types';
import type { TypeSpace } from '../types/type-space';

export class RootNames {
  /** Package variables and the literals that have a type, by address, without overlaps. */
  readonly globals: readonly GlobalVariable[];
  /** The same with literals of which only the place is known. */
  private readonly places: readonly GlobalVariable[];
  /** What variables of frames point at in their stacks, by address, without overlaps. */
  private readonly onStacks: readonly GlobalVariable[];

  constructor(
    private readonly graph: HeapGraph,
    private readonly executable: MatchedProgram | null,
    private readonly dwarf: Dwarf | null,
    private readonly types: TypeSpace,
    private readonly known: KnownTypes,
    statics: StaticValues | null,
    stack: StackValues | null,
  ) {
    const variables = packageVariables(executable, dwarf, types);
    const segments = statics?.segments.map((one) => ({
      ...one,
      name: one.segment === graph.records.data ? 'data' : 'bss',
    }));
    const literals = segments ? literalsOf(segments, variables, statics?.runs ?? new Map(), known) : [];
    this.places = [...variables, ...literals].sort((a, b) => a.address - b.address);
    this.onStacks = withoutOverlaps(stack?.found ?? []);
    this.globals = this.places.filter(({ role, type }) => role === 'variable' || type !== null);
  }

  /** See Naming.rootName. */
  name(root: number): string | null {
    const { records, roots } = this.graph;
    const offset = roots.offset[root];
    switch (roots.kind[root]) {
      case ROOT.data:
        return records.data && this.globalAt(records.data.address + offset, `data+0x${offset.toString(16)}`);
      case ROOT.bss:
        return records.bss && this.globalAt(records.bss.address + offset, `bss+0x${offset.toString(16)}`);
      case ROOT.stack:
        return this.frameVariable(roots.owner[root], offset);
      default:
        return null;
    }
  }

  /** The variable that contains an address, with the path inside it, or what one points at; `otherwise` where none does. */
  globalAt(address: number, otherwise: string): string {
    const place = variableAt(this.places, address);
    return place ? nameInVariable(place, address, this.known) : otherwise;
  }

  /** The package variable that contains an address, or the literal of a known type, or null. */
  variableAt(address: number): GlobalVariable | null {
    return variableAt(this.globals, address);
  }

  /** A variable of the frame, an argument of its callee, which lies at the frame's start, or what a variable points at in its stack. */
  private frameVariable(frameIndex: number, offset: number): string | null {
    const { frames } = this.graph.records;
    const frame = frames[frameIndex];
    const callee = frames.at(frameIndex - 1);
    const called = frameIndex > 0 && callee?.goroutine === frame.goroutine ? callee : null;
    return (
      this.nameIn(frame, offset - frame.bytes) ??
      (called && this.nameIn(called, offset)) ??
      this.nameOnStack(frame.address + offset) ??
      `${frame.function} +0x${offset.toString(16)}`
    );
  }

  /** @param at from the frame's canonical address */
  private nameIn(frame: FrameRecord, at: number): string | null {
    const { dwarf, executable } = this;
    if (!dwarf || !executable) return null;
    const found = variableHolding(variablesOf(frame, dwarf, this.types, executable.slide), at);
    if (!found) return null;
    const { name, type } = found.variable;
    return `${frame.function}: ${name}${fieldPath(type, 1, found.inside, this.known) ?? ''}`;
  }

  private nameOnStack(address: number): string | null {
    const place = variableAt(this.onStacks, address);
    return place && nameInVariable(place, address, this.known);
  }
}

/** By address; of values that overlap, the one that begins first, and of those the largest. */
function withoutOverlaps(values: readonly GlobalVariable[]): GlobalVariable[] {
  const sorted = [...values].sort((a, b) => a.address - b.address || b.size - a.size);
  let end = -Infinity;
  return sorted.filter(({ address, size }) => {
    if (address < end) return false;
    end = address + size;
    return true;
  });
}
