/** `heapknot types`: objects of the same type together; by size and pointer shape where no names are known. */
import type { Command } from 'commander';
import { TYPE_KEYS } from '../../../workers/api';
import type { TypeRow } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { listing, mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import { dumpCommand, limitOf, readFilters, readSort, withList } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { counted, formatBytes, formatCount, formatShare } from '../../../workers/lib/format';

export function typesCommand(host: CommandHost): Command {
  const command = dumpCommand('types', 'Objects by type (by size and pointer shape where no name is known)', [
    'heapknot types app.heap --exe app',
    'heapknot types app.heap --filter name=pkg:net/http',
    "heapknot types app.heap --sort objects --filter 'name=no pointers'",
    'heapknot types app.heap --json --limit all',
  ]);
  return withList(command, TYPE_KEYS, 'retained').action((file: string, options: ListOptions) =>
    host.answer(answer(host, file, options)),
  );
}

async function answer(host: CommandHost, file: string, options: ListOptions): Promise<ExitCode> {
  const sort = readSort(options.sort, TYPE_KEYS, 'retained');
  const filters = readFilters(options.filter, TYPE_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const { out, style, summary } = dump;
    const list = await listing(limitOf(options), (range) => dump.session.types({ ...range, sort, filters }));
    if (options.json) {
      await writeAnswer(dump, 'types', { total: list.total, types: mapped(list.rows, typeRowKeys) });
      return EXIT.answered;
    }
    await out.write(
      `${style.bold(`${counted(list.total, 'type')}, ${formatBytes(summary.heap.bytes)} in the heap.`)}\n\n`,
    );
    await writeTable(out, style, columnsFor(summary.heap.bytes), list.rows);
    await out.write(moreLine(list.total, list.shown));
    return EXIT.answered;
  });
}

function typeRowKeys(row: TypeRow) {
  return {
    name: row.name,
    package: row.package,
    evidence: row.evidence,
    shape: row.shape,
    objects: row.objects,
    bytes: row.bytes,
    retainedBytes: row.retainedBytes,
    largest: row.largest,
  };
}

function columnsFor(heapBytes: number): Column<TypeRow>[] {
  return [
    { title: 'Objects', align: 'right', cell: (row) => formatCount(row.objects) },
    { title: 'Size', align: 'right', cell: (row) => formatBytes(row.bytes) },
    { title: 'Heap', align: 'right', cell: (row) => formatShare(row.bytes, heapBytes) },
    { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedBytes) },
    { title: 'Largest', align: 'right', cell: (row) => formatBytes(row.largest) },
    { title: 'Type', align: 'left', cell: (row) => row.name, flexible: true },
  ];
}
