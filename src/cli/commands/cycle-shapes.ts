/** `heapknot cycles --by shape`: one row for all cycles that look the same. */
import { CYCLE_SHAPE_KEYS, holderWords } from '../../../workers/api';
import type { CycleGraph, CycleShapeRow } from '../../../workers/api';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { listing, mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import { limitOf, readFilters, readSort } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';

export async function answerByShape(
  host: CommandHost,
  file: string,
  graph: CycleGraph,
  by: string,
  options: ListOptions,
): Promise<ExitCode> {
  if (by !== 'shape') throw new UsageError(`--by: “${by}” is unknown; write shape`);
  const sort = readSort(options.sort, CYCLE_SHAPE_KEYS, 'retained');
  const filters = readFilters(options.filter, CYCLE_SHAPE_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const { out, style } = dump;
    const list = await listing(limitOf(options), (range) =>
      dump.session.cycleShapes({ ...range, sort, filters, graph }),
    );
    if (options.json) {
      await writeAnswer(dump, 'cycles', { total: list.total, graph, shapes: mapped(list.rows, shapeKeys), cycles: [] });
      return EXIT.answered;
    }
    await out.write(`${style.bold(`${counted(list.total, 'shape')} of cycles.`)}\n`);
    if (list.shown > 0) await out.write('\n');
    await writeTable(out, style, ROWS, list.rows);
    await out.write(moreLine(list.total, list.shown));
    return EXIT.answered;
  });
}

function shapeKeys(row: CycleShapeRow) {
  return {
    first: row.first,
    holder: row.holder,
    class: row.class,
    stuck: row.stuck,
    reason: row.reason,
    shape: row.shape,
    joints: row.joints,
    through: row.through,
    exact: row.exact,
    count: row.count,
    objects: row.objects,
    ownBytes: row.ownBytes,
    retainedBytes: row.retainedBytes,
    largest: row.largest,
    largestBytes: row.largestBytes,
  };
}

const ROWS: Column<CycleShapeRow>[] = [
  { title: 'Like', align: 'right', cell: (row) => String(row.first) },
  { title: 'Cycles', align: 'right', cell: (row) => formatCount(row.count) },
  { title: 'Objects', align: 'right', cell: (row) => formatCount(row.objects) },
  { title: 'Own', align: 'right', cell: (row) => formatBytes(row.ownBytes) },
  { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedBytes) },
  { title: 'Largest', align: 'right', cell: (row) => String(row.largest) },
  { title: 'Held by', align: 'left', cell: (row) => holderWords(row.holder) },
  { title: 'Members', align: 'left', cell: (row) => row.shape, flexible: true },
  { title: 'Joined by', align: 'left', cell: joinedBy, flexible: true },
];

function joinedBy({ joints, through }: CycleShapeRow): string {
  return [...joints, ...through.map((name) => `through ${name}`)].join(', ');
}
