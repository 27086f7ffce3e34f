/**
 * The answers about names: what an object is, by what evidence, why, and what its fields are called. Made by `nameObjects`; nothing here changes
 * afterwards. Offsets count from where an object's value begins.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import { SOURCE, type Assignments } from './assignments';
import { evidenceOf, rootSentence, tellingWord, type Evidence } from './evidence';
import { fieldPath } from './field-path';
import type { GoType } from './go-type';
import type { InterfaceWords } from './interface-words';
import type { KnownTypes } from './known-types';
import { decodeUtf8 } from '../program/image';
import type { Program } from '../program/program';
import type { RootNames } from './root-names';
import type { CandidateSets } from './candidate-sets';
import type { TypeSpace } from './type-space';

export interface NameLabel {
  /** `[N]T` for several values side by side; null where the whole object is not known. */
  type: string | null;
  evidence: Evidence;
  /** For `one-of`: the types that fit. */
  candidates: readonly string[];
}

/** What `name-report` prints of an object besides address and size. */
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
/** The allocator packs pointer-free values of fewer bytes than this into one slot of so many. */
const TINY_BYTES = 16;
const TINY: NameLabel = { type: 'tiny', evidence: 'kind', candidates: [] };
const UNKNOWN: NameLabel = { type: null, evidence: 'shape', candidates: [] };

export class Naming {
  private readonly labels = new Map<string, NameLabel>();

  constructor(
    readonly graph: HeapGraph,
    readonly types: TypeSpace,
    readonly known: KnownTypes,
    readonly interfaces: InterfaceWords,
    readonly assignments: Assignments,
    readonly candidates: CandidateSets,
    readonly roots: RootNames,
    private readonly executable: { program: Program; slide: number } | null,
    /** What could not be read of the executable, in sentences. */
    readonly notes: readonly string[],
  ) {}

  /** Gives back what it holds of the account: 20 bytes an object. Nothing may be asked afterwards. */
  release(account: MemoryAccount): void {
    this.assignments.release(account);
    this.candidates.release(account);
  }

  /** The type of an object that is known as a whole, or null. */
  typeOf(objectId: number): GoType | null {
    return this.assignments.isFull(objectId) ? this.types.byId(this.assignments.typeId[objectId]) : null;
  }

  /** Values side by side in an object that is known, at least 1. */
  countOf(objectId: number): number {
    return Math.max(this.assignments.count[objectId], 1);
  }

  /** Labels of equal objects are one object. */
  label(objectId: number): NameLabel {
    const type = this.typeOf(objectId);
    if (!type) return this.isTinyBlock(objectId) ? TINY : this.unnamed(objectId);
    const source = this.assignments.source[objectId];
    const count = this.countOf(objectId);
    const key = `${type.id} ${source} ${count}`;
    let label = this.labels.get(key);
    if (!label) {
      label = { type: reportName(type, count, source), evidence: evidenceFor(type, source), candidates: [] };
      this.labels.set(key, label);
    }
    return label;
  }

  /** The evidence of `label`, without making the label: for counting millions. */
  evidence(objectId: number): Evidence {
    const type = this.typeOf(objectId);
    if (type) return evidenceFor(type, this.assignments.source[objectId]);
    if (this.isTinyBlock(objectId)) return TINY.evidence;
    return this.candidates.of(objectId).length > 0 ? 'one-of' : 'shape';
  }

  reportLine(objectId: number): ReportLine {
    const { type, evidence } = this.label(objectId);
    return { type: type ?? '', evidence, reason: this.reason(objectId) };
  }

  /** One sentence: what says so. */
  reason(objectId: number): string {
    const { assignments } = this;
    const source = assignments.source[objectId];
    if (assignments.typeId[objectId] === 0) return this.unnamedReason(objectId);
    const partly = assignments.isFull(objectId) ? '' : this.partly(objectId);
    const teller = assignments.teller[objectId];
    if (teller === NONE) return rootSentence(source) + partly;
    const at = `+0x${assignments.tellerOffset[objectId].toString(16)}`;
    const address = `0x${valueAddress(this.graph, teller).toString(16)}`;
    if (teller === objectId) return `The ${tellingWord(source)} at ${at} in itself says so.${partly}`;
    if (source === SOURCE.reverseMap)
      return `Its entries, in ${address}, are of this type, and it has the structure of a map.`;
    const path = this.fieldPath(teller, assignments.tellerOffset[objectId]);
    const named = path === null || path === '' ? '' : ` (${path})`;
    return `The ${tellingWord(source)} at ${at}${named} of its referrer ${address} says so.${partly}`;
  }

  /** From the object back to something that is exact by itself; ends where a reason comes round to an object again. */
  reasonChain(objectId: number): ReasonStep[] {
    const steps: ReasonStep[] = [];
    const seen = new Set<number>();
    for (let id = objectId; id !== NONE && !seen.has(id) && steps.length < LONGEST_CHAIN;) {
      seen.add(id);
      const told = this.assignments.typeId[id] !== 0;
      steps.push({ objectId: id, type: this.label(id).type, reason: this.reason(id) });
      id = told ? this.assignments.teller[id] : NONE;
    }
    return steps;
  }

  /** `.conns[3].buf`, `captured r`, `key[2]`; '' is the value itself, null where nothing is known at the offset. */
  fieldPath(objectId: number, offset: number): string | null {
    const type = this.types.byId(this.assignments.typeId[objectId]);
    return type && fieldPath(type, this.countOf(objectId), offset, this.known);
  }

  /** The variable that a root lies in: `main.cache.items`, `main.serve.func1: req`; `bss+0x1a40` where no name is to be had, null for records. */
  rootName(root: number): string | null {
    return this.roots.name(root);
  }

  /** The function that begins at an address of the dump; null without an executable. */
  functionAt(entry: number): string | null {
    return this.executable?.program.functions.nameOfEntry(entry - this.executable.slide) ?? null;
  }

  /** The function of a closure without captured variables: those lie in the executable, not in the heap. */
  functionOfStatic(funcval: number): string | null {
    if (!this.executable) return null;
    const { program, slide } = this.executable;
    const at = funcval - slide;
    return program.image.has(at, program.image.pointerBytes) ? this.functionAt(program.image.word(at) + slide) : null;
  }

  /** Text of a constant in the executable, quoted; null where it does not hold the address. */
  staticText(address: number, length: number): string | null {
    if (!this.executable) return null;
    const { program, slide } = this.executable;
    const at = address - slide;
    return program.image.has(at, length) ? JSON.stringify(decodeUtf8(program.image.bytes(at, length))) : null;
  }

  /** A number for grouping; 0 where the object is not named. Numbers are sparse. */
  groupOf(objectId: number): number {
    const type = this.typeOf(objectId);
    return type ? 2 * type.id + (this.countOf(objectId) > 1 && type.role !== 'bytes' ? 1 : 0) : 0;
  }

  /** What a group's number stands for; null for 0 and numbers that `groupOf` never gave. */
  group(group: number): TypeGroup | null {
    const type = this.types.byId(group >> 1);
    if (!type) return null;
    const name = type.role === 'identity' ? type.name : type.printed;
    return { name: group % 2 === 1 ? `[]${name}` : name, package: packageOf(type), type };
  }

  private partly(objectId: number): string {
    const name = this.types.byId(this.assignments.typeId[objectId])?.printed ?? 'one';
    return this.isTinyBlock(objectId)
      ? ' The slot has room for more small values.'
      : ` It begins with a ${name}, and holds more.`;
  }

  private isTinyBlock(objectId: number): boolean {
    const { shapes, shapeId } = this.graph;
    const shape = shapeId[objectId];
    const small = shapes.slotSize[shape] === TINY_BYTES && shapes.pointerCount[shape] === 0;
    return small && this.assignments.typeId[objectId] !== 0;
  }

  private unnamed(objectId: number): NameLabel {
    const set = this.candidates.of(objectId);
    if (set.length === 0) return UNKNOWN;
    const key = set.map(({ id }) => id).join(' ');
    let label = this.labels.get(key);
    if (!label) {
      label = { type: null, evidence: 'one-of', candidates: set.map(({ printed }) => printed) };
      this.labels.set(key, label);
    }
    return label;
  }

  private unnamedReason(objectId: number): string {
    const { candidates } = this.label(objectId);
    if (candidates.length === 0) return 'Nothing names it.';
    return `${candidates.length} types fit its size, pointers and values: ${candidates.join(', ')}.`;
  }
}

/** A type in the words of a report: `[N]T`, `string`; '' never, null for what has no name of its own. */
function reportName(type: GoType, count: number, source: number): string | null {
  if (type.role === 'identity') return null;
  if (type.role === 'bytes') return source === SOURCE.stringScan ? `[${count}]uint8` : 'string';
  return count > 1 ? `[${count}]${type.printed}` : type.printed;
}

function evidenceFor(type: GoType, source: number): Evidence {
  return type.role === 'identity' ? 'kind' : evidenceOf(source);
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

/** `net/http.(*conn).serve.func1` belongs to `net/http`. */
function packageOfFunction(name: string): string {
  const slash = name.lastIndexOf('/');
  const dot = name.indexOf('.', slash + 1);
  return dot < 0 ? name : name.slice(0, dot);
}
