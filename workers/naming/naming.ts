/**
 * The answers about names: what an object is, by what evidence, why, and what its fields are called. Made by `nameObjects`; nothing here changes
 * afterwards. Offsets count from where an object's value begins.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import { SOURCE } from './beliefs/assignments';
import type { Belief, Beliefs } from './beliefs/beliefs';
import { evidenceOf, rootSentence, tellingWord, type Evidence } from './beliefs/evidence';
import { isShape } from './types/bare';
import { fieldPath } from './types/field-path';
import { isNameless, type GoType } from './types/go-type';
import type { InterfaceWords } from './executable/interface-words';
import type { KnownTypes } from './types/known-types';
import type { SourceLine } from '../program/function-table';
import { decodeUtf8 } from '../program/image';
import { sourceName } from '../program/source-name';
import type { MatchedProgram } from './executable/program-match';
import type { RootNames } from './steps/root-names';
import type { TypeSpace } from './types/type-space';

export interface NameLabel {
  /** `[N]T` for several values side by side; null where the whole object is not known. */
  type: string | null;
  evidence: Evidence;
  /** For `one-of`: the types that fit. */
  candidates: readonly string[];
}

/** What `name-report` prints of an object besides address and size; the type as the runtime prints it, for other programs. */
export interface ReportLine {
  type: string;
  evidence: Evidence;
  reason: string;
}

/** One step of a chain of reasons. */
export interface ReasonStep {
  objectId: number;
  type: string | null;
  reason: string;
}

/** Objects that are grouped: of one type, alone or side by side. */
export interface TypeGroup {
  /** `T`, or `[]T` for several values side by side. */
  name: string;
  /** Import path of the type's package, or of its element's; null for what belongs to none. */
  package: string | null;
  type: GoType;
}

const LONGEST_CHAIN = 64;
const TINY: NameLabel = { type: 'tiny', evidence: 'kind', candidates: [] };
const UNKNOWN: NameLabel = { type: null, evidence: 'shape', candidates: [] };

export class Naming {
  /** number of a belief → its label */
  private readonly labels: NameLabel[] = [];

  constructor(
    readonly graph: HeapGraph,
    readonly types: TypeSpace,
    readonly known: KnownTypes,
    readonly interfaces: InterfaceWords,
    readonly beliefs: Beliefs,
    readonly roots: RootNames,
    private readonly executable: MatchedProgram | null,
    /** What could not be read of the executable, in sentences. */
    readonly notes: readonly string[],
    /** Steps that failed, in sentences: what they would have named is not. */
    readonly failures: readonly string[] = [],
  ) {}

  /** Gives back what it holds of the account: 12 bytes an object. Nothing may be asked afterwards. */
  release(account: MemoryAccount): void {
    this.beliefs.release(account);
  }

  /** The type of an object that is known as a whole, or null. */
  typeOf(objectId: number): GoType | null {
    const { type, extent } = this.beliefs.of(objectId);
    return extent === 'whole' ? type : null;
  }

  /** What an object's value begins with, whether that is all of it or not; null where nothing tells. */
  startOf(objectId: number): GoType | null {
    return this.beliefs.of(objectId).type;
  }

  /** Values side by side in an object that is known, at least 1. */
  countOf(objectId: number): number {
    return this.beliefs.of(objectId).count;
  }

  /** Labels of equal objects are one object. */
  label(objectId: number): NameLabel {
    return this.labelOf(this.beliefs.numberOf(objectId));
  }

  /** The label of all objects of one belief. */
  labelOf(number: number): NameLabel {
    return (this.labels[number] ??= nameLabel(this.beliefs.all[number]));
  }

  reportLine(objectId: number): ReportLine {
    const { type, evidence } = this.label(objectId);
    const belief = this.beliefs.of(objectId);
    const printed =
      type !== null && belief.type && belief.extent === 'whole'
        ? wordsFor(belief.type, belief.type.printed, belief.count, belief.source)
        : type;
    return { type: printed ?? '', evidence, reason: this.reason(objectId) };
  }

  /** One sentence: what says so. */
  reason(objectId: number): string {
    const { type, source, extent } = this.beliefs.of(objectId);
    if (!type) return this.unnamedReason(objectId);
    const partly = extent === 'whole' ? '' : partlyKnown(type, extent);
    const { objectId: teller, offset } = this.beliefs.tellerOf(objectId);
    if (teller === NONE) return rootSentence(source) + partly;
    const at = `+0x${offset.toString(16)}`;
    const address = `0x${valueAddress(this.graph, teller).toString(16)}`;
    if (teller === objectId) return `The ${tellingWord(source)} at ${at} in itself says so.${partly}`;
    if (source === SOURCE.reverseMap)
      return `Its entries, in ${address}, are of this type, and it has the structure of a map.`;
    const path = this.fieldPath(teller, offset);
    const named = path === null || path === '' ? '' : ` (${path})`;
    return `The ${tellingWord(source)} at ${at}${named} of its referrer ${address} says so.${partly}`;
  }

  /** From the object back to something that is exact by itself; ends where a reason comes round to an object again. */
  reasonChain(objectId: number): ReasonStep[] {
    const steps: ReasonStep[] = [];
    const seen = new Set<number>();
    for (let id = objectId; id !== NONE && !seen.has(id) && steps.length < LONGEST_CHAIN;) {
      seen.add(id);
      steps.push({ objectId: id, type: this.label(id).type, reason: this.reason(id) });
      id = this.startOf(id) ? this.beliefs.tellerOf(id).objectId : NONE;
    }
    return steps;
  }

  /** `.conns[3].buf`, `captured r`, `key[2]`; '' is the value itself, null where nothing is known at the offset. */
  fieldPath(objectId: number, offset: number): string | null {
    const { type, count } = this.beliefs.of(objectId);
    return type && fieldPath(type, count, offset, this.known);
  }

  /** The variable that a root lies in: `main.cache.items`, `main.serve.func1: req`; `bss+0x1a40` where no name is to be had, null for records. */
  rootName(root: number): string | null {
    return this.roots.name(root);
  }

  /** Whether an executable tells names of code. */
  get hasExecutable(): boolean {
    return this.executable !== null;
  }

  /** The function that begins at an address of the dump; null without an executable. */
  functionAt(entry: number): string | null {
    return this.executable?.program.functions.nameOfEntry(entry - this.executable.slide) ?? null;
  }

  /** The function whose code contains an address of the dump, as of a return address; null without an executable. */
  functionContaining(pc: number): string | null {
    if (!this.executable) return null;
    const { functions } = this.executable.program;
    const index = functions.containing(pc - this.executable.slide);
    return index < 0 ? null : functions.name(index) || null;
  }

  /** The functions whose code is at an address, innermost first: calls that were inlined, then the one that has it; empty where nothing tells. */
  functionsAt(pc: number): string[] {
    if (!this.executable) return [];
    const { program, slide } = this.executable;
    try {
      return program.functions.lines(pc - slide).map((line) => line.function);
    } catch (error) {
      // the file is broken there
      if (error instanceof RangeError) return [];
      throw error;
    }
  }

  /** What the source calls a function, given its name: that of a closure may begin with where it was inlined. */
  sourceName(name: string): string {
    return this.executable ? sourceName(this.executable.program.functions, name) : name;
  }

  /** The calls at a pc of the dump, innermost first, inlined ones among them; empty without an executable. For a return address ask for pc - 1. */
  callsAt(pc: number): SourceLine[] {
    return this.executable?.program.functions.lines(pc - this.executable.slide) ?? [];
  }

  /** The function of a closure without captured variables: those lie in the executable, not in the heap. */
  functionOfStatic(funcval: number): string | null {
    const constants = this.constants();
    if (!constants) return null;
    const { program, slide } = constants;
    const at = funcval - slide;
    return program.image.has(at, program.image.pointerBytes) ? this.functionAt(program.image.word(at) + slide) : null;
  }

  /** Text of a constant in the executable, quoted; null where it does not hold the address. */
  staticText(address: number, length: number): string | null {
    const constants = this.constants();
    if (!constants) return null;
    const { program, slide } = constants;
    const at = address - slide;
    return program.image.has(at, length) ? JSON.stringify(decodeUtf8(program.image.bytes(at, length))) : null;
  }

  /** The executable where its constants are those of the dump: in another build of the same code they lie elsewhere, like its variables. */
  private constants(): MatchedProgram | null {
    const { executable } = this;
    return executable && executable.slide === executable.dataSlide ? executable : null;
  }

  /** A number for grouping the objects of a belief; 0 where they are not named. Numbers are sparse. */
  groupOfBelief(number: number): number {
    const { type, count, extent } = this.beliefs.all[number];
    if (!type || extent !== 'whole') return 0;
    return 2 * type.id + (count > 1 && type.role !== 'bytes' ? 1 : 0);
  }

  /** What a group's number stands for; null for 0 and numbers that `groupOfBelief` never gave. */
  group(group: number): TypeGroup | null {
    const type = this.types.byId(group >> 1);
    if (!type) return null;
    const name = type.role === 'identity' ? type.name : type.shown;
    return { name: group % 2 === 1 ? `[]${name}` : name, package: packageOf(type), type };
  }

  private unnamedReason(objectId: number): string {
    const { candidates } = this.label(objectId);
    if (candidates.length === 0) return 'Nothing names it.';
    return `${candidates.length} types fit its size, pointers and values: ${candidates.join(', ')}.`;
  }
}

function nameLabel(belief: Belief): NameLabel {
  const { type, count, source, extent, candidates } = belief;
  if (type && extent === 'whole')
    return { type: wordsFor(type, type.shown, count, source), evidence: evidenceFor(type, source), candidates: [] };
  if (type && extent === 'tiny') return TINY;
  if (candidates.length === 0) return UNKNOWN;
  return { type: null, evidence: 'one-of', candidates: candidates.map(({ shown }) => shown) };
}

function partlyKnown({ shown }: GoType, extent: Belief['extent']): string {
  return extent === 'tiny'
    ? ' The slot has room for more small values.'
    : ` It begins with a ${shown}, and holds more.`;
}

/** Objects of a type: `[N]T`, `string`; null for what has no name of its own. */
function wordsFor(type: GoType, name: string, count: number, source: number): string | null {
  if (type.role === 'identity') return null;
  if (type.role === 'bytes') return source === SOURCE.stringScan ? `[${count}]uint8` : 'string';
  return count > 1 ? `[${count}]${name}` : name;
}

function evidenceFor(type: GoType, source: number): Evidence {
  return type.role === 'identity' || isNameless(type) || isShape(type) ? 'kind' : evidenceOf(source);
}

function packageOf(type: GoType): string | null {
  let inner: GoType | null = type;
  for (let depth = 0; inner && depth < 16; depth++) {
    if (inner.packagePath !== null) return inner.packagePath;
    if (inner.function !== null) return packageOfFunction(inner.function);
    inner = inner.element;
  }
  return null;
}

/** `net/http.(*conn).serve.func1` belongs to `net/http`; code without a name to none. */
function packageOfFunction(name: string): string | null {
  const slash = name.lastIndexOf('/');
  const dot = name.indexOf('.', slash + 1);
  return dot < 0 ? null : name.slice(0, dot);
}
