/**
 * Literals of package variables. Of `var cache = &Cache{…}` the linker keeps two objects: the variable, which has a name, and beside it the
 * literal, which has none; a person knows it as what the variable points at. So are the elements of a slice, what an interface holds, and
 * literals inside literals: `main.outer.in.by`. Names are found breadth first from the variables, so each value gets the shortest.
 */
import { firstAtLeast } from '../../lib/search';
import type { Segment } from '../../dump/records';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import type { KnownTypes } from '../types/known-types';
import { isSlice, nameInVariable, typeInVariable, variableAt, type GlobalVariable } from './package-variables';
import type { StaticRun } from './static-values';

export interface LoadedSegment {
  readonly name: string;
  readonly segment: Segment;
  readonly memory: SegmentMemory;
}

/** A value without a name of its own, and the word that leads to it. */
interface Literal extends GlobalVariable {
  /** Address of a word in data or bss that points at its start; 0 where none does. */
  from: number;
}

/** Names along literals in literals that are followed. */
const DEEPEST = 16;

/**
 * What package variables point at in data and bss, by address; values with a type, and what lies between others without one.
 * @param variables by address
 * @param runs values that typed pointers led to
 */
export function literalsOf(
  segments: readonly LoadedSegment[],
  variables: readonly GlobalVariable[],
  runs: ReadonlyMap<number, StaticRun>,
  known: KnownTypes,
): GlobalVariable[] {
  const words = pointersBetween(segments, variables);
  const literals = cutLiterals(segments, variables, runs, new Set(words.map(({ to }) => to)));
  nameLiterals(literals, words, variables, known);
  for (const literal of literals) if (literal.name === '') nameByType(literal, segments);
  return literals.filter(({ name }) => name !== '');
}

interface PointingWord {
  from: number;
  to: number;
}

/** Listed words that lead to a place in data or bss where no variable is. */
function pointersBetween(segments: readonly LoadedSegment[], variables: readonly GlobalVariable[]): PointingWord[] {
  const words: PointingWord[] = [];
  for (const { segment, memory } of segments) {
    for (const offset of segment.pointerOffsets) {
      const to = memory.word(offset);
      if (segmentOf(segments, to) && !variableAt(variables, to)) words.push({ from: segment.address + offset, to });
    }
  }
  return words;
}

function segmentOf(segments: readonly LoadedSegment[], address: number): LoadedSegment | undefined {
  return segments.find(({ segment }) => address >= segment.address && address < segment.address + segment.bytes);
}

/** Values side by side without overlaps: typed ones where they begin, and what lies between them from where a pointer leads. */
function cutLiterals(
  segments: readonly LoadedSegment[],
  variables: readonly GlobalVariable[],
  runs: ReadonlyMap<number, StaticRun>,
  targets: ReadonlySet<number>,
): Literal[] {
  const literals: Literal[] = [];
  const starts = Float64Array.from(new Set([...targets, ...runs.keys()])).sort();
  let end = 0;
  for (const [i, address] of starts.entries()) {
    const loaded = segmentOf(segments, address);
    if (address < end || !loaded || variableAt(variables, address)) continue;
    const next = nextVariable(variables, address);
    const told = runs.get(address);
    const run = told && address + told.type.size * told.count <= next ? told : undefined;
    const border = Math.min(starts[i + 1] ?? Infinity, loaded.segment.address + loaded.segment.bytes);
    const size = run ? run.type.size * run.count : Math.min(border, next) - address;
    literals.push({
      name: '',
      address,
      size,
      type: run?.type ?? null,
      count: run?.count ?? 1,
      role: 'pointee',
      from: 0,
    });
    end = address + (run ? size : 0);
  }
  return literals;
}

function nextVariable(variables: readonly GlobalVariable[], address: number): number {
  let low = 0;
  let high = variables.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (variables[middle].address <= address) low = middle + 1;
    else high = middle;
  }
  return variables[low]?.address ?? Infinity;
}

/** Breadth first: in each round, the literals that variables, or literals named in the round before, point at. */
function nameLiterals(
  literals: readonly Literal[],
  words: readonly PointingWord[],
  variables: readonly GlobalVariable[],
  known: KnownTypes,
): void {
  const starts = Float64Array.from(literals, ({ address }) => address);
  let left = words;
  for (let round = 0; round < DEEPEST && left.length > 0; round++) {
    const named: Literal[] = [];
    const later: PointingWord[] = [];
    for (const word of left) {
      const literal = literals[firstAtLeast(starts, word.to)] as Literal | undefined;
      if (literal?.address !== word.to || literal.from !== 0) continue;
      const owner = variableAt(variables, word.from) ?? variableAt(literals, word.from);
      if (!owner || owner.name === '') {
        later.push(word);
        continue;
      }
      literal.from = word.from;
      if (isSlice(typeInVariable(owner, word.from))) literal.role = 'elements';
      named.push(literal);
    }
    // Names are given behind the round: what it reached is no way to others before the next.
    for (const literal of named) {
      const owner = variableAt(variables, literal.from) ?? variableAt(literals, literal.from);
      if (owner) literal.name = nameInVariable(owner, literal.from, known);
    }
    if (named.length === 0) return;
    left = later;
  }
}

/** What only the heap or a stack leads to is told by its type and place. */
function nameByType(literal: Literal, segments: readonly LoadedSegment[]): void {
  const loaded = segmentOf(segments, literal.address);
  if (!literal.type || !loaded) return;
  const offset = (literal.address - loaded.segment.address).toString(16);
  literal.role = 'variable';
  literal.name = `(${literal.type.shown} at ${loaded.name}+0x${offset})`;
}
