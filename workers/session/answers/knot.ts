/** Questions about what ties a large cycle. */
import { EngineError } from '../../api/errors';
import { MOST_PIECES, MOST_TIES, type Knot, type KnotEnd, type KnotPiece, type KnotQuery } from '../../api/knot-rows';
import { shallowSize } from '../../graph/heap-graph';
import type { Kinds } from '../../kinds/kinds';
import { findKnot, type Knot as FoundKnot, type KnotOptions, type Pieces } from '../../kinds/knot';
import { formatCount } from '../../lib/format';
import { shortGoName } from '../../lib/go-names';
import { Scratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import { censusOfCycles } from '../computed/cycle-census';
import { fieldsNamed } from '../dump/named-fields';
import { drawKinds } from '../drawing/kind-graph';
import type { AnalysedDump } from '../dump/opened-dump';
import type { Asked } from './asked';
import { catalogueWith } from './cycles';

/** Vertices and references that a search looks at unless it is unbounded: half a minute's work. */
const MOST_STEPS = 2 ** 31;

export async function knot(asked: Asked, query: KnotQuery): Promise<Knot> {
  const { dump } = await catalogueWith(asked, query.cycle);
  const kinds = await asked.analyses.kinds.get(asked.ticket);
  const most = tiesAsked(query.ties);
  const names = namesOf(kinds, query.ignore ?? []);
  const { memberStart, member } = dump.components;
  const members = member.subarray(memberStart[query.cycle], memberStart[query.cycle + 1]);
  return asked.phases.runParts(asked.ticket, 'knot', 'kinds', async ({ drive, begin }) => {
    const scratch = new Scratch(dump.account);
    try {
      const options = {
        ...names,
        most,
        steps: query.unbounded ? Infinity : MOST_STEPS,
        onSettled: progressWords(kinds, begin),
      };
      const heap = { ...dump, objects: kinds.objects, fields: kinds.fields };
      const found = await drive(findKnot(heap, members, options, scratch));
      const pieces = await drive(describePieces(dump, found.pieces));
      return answer(dump, kinds, found, pieces, query, most);
    } finally {
      scratch.releaseAll();
    }
  });
}

function tiesAsked(ties: number): number {
  if (Number.isInteger(ties) && ties >= 0 && ties <= MOST_TIES) return ties;
  throw new EngineError('BadRequest', `Between 0 and ${MOST_TIES} ties can be asked for, not ${ties}`);
}

const ARROW = ' → ';

/** What references are called, and which are left out. Throws `NotFound`. */
function namesOf(kinds: Kinds, ignored: readonly string[]): Pick<KnotOptions, 'isLeftOut' | 'nameOf'> {
  const { objects, fields } = kinds;
  const leftOut = ignored.map((name) => {
    const [field, ...to] = name.split(ARROW);
    return { fields: fieldsNamed(kinds, [field]), to: to.at(0) };
  });
  return {
    isLeftOut: (field, to) =>
      leftOut.some((one) => one.fields[field] === 1 && (one.to === undefined || one.to === objects.text(to))),
    nameOf: (field, to) => `${objects.text(fields.owner[field])} ${fields.text(field)}${ARROW}${objects.text(to)}`,
  };
}

/** Tells the log how far the search is: one phase for each tie. */
function progressWords(
  { objects, fields }: Kinds,
  begin: (parts: number) => { update(done: number, part?: string): void },
): KnotOptions['onSettled'] {
  let round = -1;
  let meter: ReturnType<typeof begin> | null = null;
  return (settled, kinds, best, found) => {
    if (round !== found || !meter) meter = begin(kinds.length);
    round = found;
    const name =
      best &&
      `${shortGoName(objects.text(fields.owner[kinds[best.kind].field]))} ${fields.text(kinds[best.kind].field)}`;
    const words = best ? `best so far ${name} leaves ${formatCount(best.largest)}` : 'none so far';
    meter.update(settled, `tie ${found + 1}, ${words}`);
  };
}

function* describePieces(dump: AnalysedDump, { start, member }: Pieces): Work<{ pieces: KnotPiece[]; shapes: number }> {
  const cycleCount = start.length - 1;
  const { shape, shapeTexts } = yield* censusOfCycles({ cycleCount, memberStart: start, member }, dump.labels);
  const pieces = shapeTexts.map((text): KnotPiece => ({ shape: text, cycles: 0, objects: 0, bytes: 0 }));
  for (let cycle = 0; cycle < cycleCount; cycle++) {
    const piece = pieces[shape[cycle]];
    piece.cycles++;
    for (let at = start[cycle]; at < start[cycle + 1]; at++) {
      piece.objects++;
      piece.bytes += shallowSize(dump.graph, member[at]);
      if ((at & SLICE_MASK) === 0) yield at;
    }
  }
  pieces.sort(
    (a, b) => b.objects / b.cycles - a.objects / a.cycles || b.cycles - a.cycles || (a.shape < b.shape ? -1 : 1),
  );
  return { pieces: pieces.slice(0, MOST_PIECES), shapes: pieces.length };
}

function answer(
  dump: AnalysedDump,
  kinds: Kinds,
  found: FoundKnot,
  { pieces, shapes }: { pieces: KnotPiece[]; shapes: number },
  { cycle, ignore = [] }: KnotQuery,
  most: number,
): Knot {
  const { objects, fields } = kinds;
  return {
    cycle,
    objects: found.graph.count,
    bytes: found.kinds.reduce((sum, kind) => sum + kind.bytes, 0),
    kinds: { objects: found.kinds.length, references: found.graph.kinds.length },
    ignored: [...ignore],
    largest: found.left[0].largest,
    inCycles: found.left[0].inCycles,
    tried: found.tried,
    end: endOf(found, most),
    ties: found.ties.map(({ kind, largestLeft, inCyclesLeft }) => {
      const { field, to, references } = found.graph.kinds[kind];
      const from = objects.text(fields.owner[field]);
      return { from, field: fields.text(field), to: objects.text(to), references, largestLeft, inCyclesLeft };
    }),
    pieces,
    shapes,
    drawing: drawKinds(dump, kinds, found, cycle),
  };
}

function endOf({ ties, tried, left, graph }: FoundKnot, most: number): KnotEnd {
  if (left[left.length - 1].largest === 0) return 'untied';
  if (tried < graph.kinds.length) return 'steps';
  return ties.length < most ? 'held' : 'asked';
}
