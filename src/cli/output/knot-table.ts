/** What ties a cycle as text: the ties in order, how the search ended, what is left. */
import { fieldName, type Knot, type KnotEnd, type KnotPiece, type KnotTie } from '../../../workers/api';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import { shortGoName } from '../../../workers/lib/go-names';
import type { OpenDump } from '../open-dump';
import { writeTable, type Column } from './table';
import { wrapped } from './units';

/** Shapes of what is left that the text lists. */
const PIECES = 12;

const TIE_COLUMNS: Column<KnotTie & { at: number }>[] = [
  { title: '#', align: 'right', cell: ({ at }) => String(at) },
  { title: 'Tie', align: 'left', cell: tieWords, flexible: true },
  { title: 'References', align: 'right', cell: ({ references }) => formatCount(references) },
  { title: 'Largest left', align: 'right', cell: ({ largestLeft }) => formatCount(largestLeft) },
  { title: 'On cycles left', align: 'right', cell: ({ inCyclesLeft }) => formatCount(inCyclesLeft) },
];

function tieWords(tie: KnotTie): string {
  return `${shortGoName(fieldName(tie))} → ${shortGoName(tie.to)}`;
}

const PIECE_COLUMNS: Column<KnotPiece>[] = [
  { title: 'Cycles', align: 'right', cell: ({ cycles }) => formatCount(cycles) },
  { title: 'Objects', align: 'right', cell: ({ objects }) => formatCount(objects) },
  { title: 'Own', align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
  { title: 'Made of', align: 'left', cell: ({ shape }) => shortGoName(shape), flexible: true },
];

export async function writeKnot({ out, style }: OpenDump, knot: Knot): Promise<void> {
  const { ties, pieces } = knot;
  await out.write(`${style.bold(wrapped(headline(knot), '', out.columns))}\n`);
  for (const field of knot.ignored) await out.write(`Left out: ${field}.\n`);
  if (knot.largest < knot.objects)
    await out.write(
      `${wrapped(`Before any tie its largest cycle has ${counted(knot.largest, 'object')}.`, '', out.columns)}\n`,
    );
  if (ties.length > 0) await out.write('\n');
  await writeTable(
    out,
    style,
    TIE_COLUMNS,
    ties.map((tie, at) => ({ ...tie, at: at + 1 })),
  );
  await out.write(`\n${wrapped(END_WORDS[knot.end](knot), '', out.columns)}\n`);
  if (pieces.length === 0) return;
  await out.write(`\n${style.bold(ties.length === 0 ? 'Its cycles' : 'Cycles left')}\n`);
  await writeTable(out, style, PIECE_COLUMNS, pieces.slice(0, PIECES));
  if (knot.shapes > PIECES) await out.write(`… ${counted(knot.shapes - PIECES, 'more shape')}\n`);
}

function headline({ cycle, objects, bytes, kinds }: Knot): string {
  const made = `${counted(objects, 'object')} of ${counted(kinds.objects, 'type')}, ${formatBytes(bytes)}`;
  return `Cycle ${cycle}: ${made}, joined by ${counted(kinds.references, 'kind')} of references between them.`;
}

const HOLDS_NOTHING = 'A tie holds nothing by itself: without it every member is still reached from the roots.';

const END_WORDS: Record<KnotEnd, (knot: Knot) => string> = {
  asked: () => HOLDS_NOTHING,
  untied: ({ ties }) => (ties.length === 0 ? 'No cycle is left.' : `${HOLDS_NOTHING} No cycle is left without these.`),
  held: ({ ties }) =>
    ties.length === 0
      ? 'No single field ties it: each one without which it would be smaller holds something by itself.'
      : `${HOLDS_NOTHING} Any other field without which the largest cycle would be smaller holds something.`,
  steps: ({ tried, kinds }) =>
    `${HOLDS_NOTHING} The search was bounded: ${formatCount(tried)} of ${counted(kinds.references, 'kind')} tried; --unbounded tries all.`,
};
