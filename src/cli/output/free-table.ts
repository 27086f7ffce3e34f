/** What would free something as text: the fewest kinds, the way inside, and the holders. */
import type { FreeHolder, Freeing, KindCut } from '../../../workers/api';
import { formatBytes, formatCount } from '../../../workers/lib/format';
import {
  freeHeadline,
  freeHolderText,
  freePlaceText,
  insideText,
  kindCutLines,
  lettingGoText,
} from '../../../workers/report/letting-go';
import type { Output } from '../io';
import { moreLine } from '../lists';
import type { OpenDump } from '../open-dump';
import { writeTable, type Column } from './table';
import { shortened } from './units';

const COLUMNS: Column<FreeHolder>[] = [
  { title: 'Alone', align: 'right', cell: ({ freesAlone }) => aloneText(freesAlone) },
  { title: 'Refs', align: 'right', cell: ({ references }) => formatCount(references) },
  { title: 'Holder', align: 'left', cell: (holder) => freeHolderText({ ...holder, references: 1 }), flexible: true },
  { title: 'Where', align: 'left', cell: (holder) => freePlaceText(holder) ?? '' },
  { title: 'Let go', align: 'left', cell: lettingGoText },
];

function aloneText(freesAlone: FreeHolder['freesAlone']): string {
  if (freesAlone === null) return '';
  return freesAlone.objects === 0 ? 'nothing' : formatBytes(freesAlone.bytes);
}

export async function writeFreeing({ out, style }: OpenDump, freeing: Freeing, limit: number): Promise<void> {
  await out.write(`${style.bold(freeHeadline(freeing))}\n`);
  if (freeing.objects === 0) return;
  await writeCuts({ out }, freeing);
  await out.write('\n');
  const rows = freeing.holders.slice(0, limit);
  const hasPlaces = rows.some((row) => freePlaceText(row) !== null);
  await writeTable(
    out,
    style,
    COLUMNS.filter(({ title }) => hasPlaces || title !== 'Where'),
    rows,
  );
  await out.write(moreLine(freeing.holders.length, rows.length));
}

async function writeCuts({ out }: Pick<OpenDump, 'out'>, freeing: Freeing): Promise<void> {
  const { fewest, nearest } = freeing;
  if (fewest === null || nearest === null)
    await out.write('Only the runtime’s own could be cut outside of it: look inside.\n');
  else {
    await writeCut(out, freeing, fewest, 'nearest to the roots');
    if (fewest.ids.join('\n') !== nearest.ids.join('\n')) await writeCut(out, freeing, nearest, 'nearest to it');
  }
  const inside = insideText(freeing);
  if (inside !== null) await out.write(`${shortened(inside, out.columns ?? Infinity)}\n`);
}

async function writeCut(out: Output, freeing: Freeing, cut: KindCut, where: string): Promise<void> {
  const [head, ...kinds] = kindCutLines(freeing, cut, where);
  const width = (out.columns ?? Infinity) - 2;
  await out.write([head, ...kinds.map((kind) => `  ${shortened(kind, width)}`), ''].join('\n'));
}
