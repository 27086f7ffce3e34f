/** `heapknot roots --by kind`: one row for all roots of a variable, whatever the goroutine, and for what else holds. */
import { holderWords, ROOT_KIND_KEYS } from '../../../workers/api';
import type { RootKindRow } from '../../../workers/api';
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

export async function answerByKind(
  host: CommandHost,
  file: string,
  by: string,
  options: ListOptions,
): Promise<ExitCode> {
  if (by !== 'kind') throw new UsageError(`--by: “${by}” is unknown; write kind`);
  const sort = readSort(options.sort, ROOT_KIND_KEYS, 'retained');
  const filters = readFilters(options.filter, ROOT_KIND_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const { out, style, session } = dump;
    const list = await listing(limitOf(options), (range) => session.rootKinds({ ...range, sort, filters }));
    if (options.json) {
      await writeAnswer(dump, 'roots', { total: list.total, kinds: mapped(list.rows, kindKeys), roots: [] });
      return EXIT.answered;
    }
    await out.write(`${style.bold(`${counted(list.total, 'kind')} of roots.`)}\n\n`);
    await writeTable(out, style, ROWS, list.rows);
    await out.write(moreLine(list.total, list.shown));
    return EXIT.answered;
  });
}

function kindKeys({ name, holder, roots, alone, reaches, retainedBytes }: RootKindRow) {
  return { name, holder, roots, alone, reaches, retainedBytes };
}

const ROWS: Column<RootKindRow>[] = [
  { title: 'Roots', align: 'right', cell: (row) => formatCount(row.roots) },
  { title: 'Held by', align: 'left', cell: (row) => holderWords(row.holder) },
  { title: 'Alone', align: 'right', cell: (row) => formatBytes(row.alone.bytes) },
  { title: 'Reaches', align: 'right', cell: (row) => formatBytes(row.reaches.bytes) },
  { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedBytes) },
  { title: 'Root', align: 'left', cell: (row) => row.name, flexible: true },
];
