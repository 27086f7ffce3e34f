/** What a drawing is about: the members of a cycle, or one object; and how much around it is shown before anything is opened. */
import type { DrawingQuery } from '../../api/session';
import { EngineError } from '../../api/errors';
import { objectAddress, requireObject } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import type { OpenedNodes } from './opened-nodes';
import { PAGE } from './opened-nodes';

export interface Scope {
  /** Begins the ids of its `more` nodes: `c:3`, `o:0xc000…`. */
  readonly name: string;
  readonly subject: 'cycle' | 'object' | 'path';
  /** In ascending order, at least one. */
  readonly members: Uint32Array;
  contains(objectId: number): boolean;
  /** How many of each kind of neighbour are drawn singly. */
  readonly shown: { roots: number; in: number; out: number; path: number };
}

const AROUND_CYCLE = { roots: 4, in: 4, out: 6, path: 6 };
const AROUND_OBJECT = { roots: 6, in: 10, out: 10, path: 6 };
const ALONG_PATH = { roots: 0, in: 0, out: 0, path: 16 };

/** Throws `NotFound` for a cycle or an address that the dump does not have. */
export function scopeOf(dump: AnalysedDump, query: DrawingQuery, opened: OpenedNodes): Scope {
  if ('cycle' in query) return cycleScope(dump, query.cycle, opened);
  const onlyPath = 'pathOf' in query;
  const objectId = requireObject(dump.graph, onlyPath ? query.pathOf : query.address);
  const name = `o:${objectAddress(dump.graph, objectId)}`;
  return {
    name,
    subject: onlyPath ? 'path' : 'object',
    members: Uint32Array.of(objectId),
    contains: (other) => other === objectId,
    shown: withPages(onlyPath ? ALONG_PATH : AROUND_OBJECT, name, opened),
  };
}

function cycleScope({ components }: AnalysedDump, cycle: number, opened: OpenedNodes): Scope {
  const { cycleCount, cycleOf, memberStart, member } = components;
  if (!Number.isInteger(cycle) || cycle < 0 || cycle >= cycleCount) {
    const known = cycleCount === 0 ? 'it has none' : `they are numbered 0 to ${cycleCount - 1}`;
    throw new EngineError('NotFound', `This dump has no cycle ${cycle}: ${known}`);
  }
  const name = `c:${cycle}`;
  return {
    name,
    subject: 'cycle',
    members: member.subarray(memberStart[cycle], memberStart[cycle + 1]),
    contains: (other) => cycleOf[other] === cycle,
    shown: withPages(AROUND_CYCLE, name, opened),
  };
}

function withPages(shown: Scope['shown'], name: string, opened: OpenedNodes): Scope['shown'] {
  const entering = PAGE * opened.pages(`more:${name}:in`);
  return {
    roots: shown.roots + entering,
    in: shown.in + entering,
    out: shown.out + PAGE * opened.pages(`more:${name}:out`),
    path: shown.path + PAGE * opened.pages(`more:${name}:path`),
  };
}
