/** `heapknot objects`: objects in any order, filtered by any column. */
import type { Command } from 'commander';
import { OBJECT_KEYS } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { listing, mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import { dumpCommand, limitOf, readFilters, readSort, wholeNumber, withList } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { ADDRESS, CONNECTIONS, objectRowKeys, SIZES, TYPE } from '../output/object-rows';
import { writeTable } from '../output/table';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';

interface ObjectsOptions extends ListOptions {
  cycle?: number;
}

export function objectsCommand(host: CommandHost): Command {
  const command = dumpCommand('objects', 'Objects, sorted and filtered', [
    'heapknot objects app.heap',
    "heapknot objects app.heap --sort size --filter 'held=none' --filter 'size=>64KiB'",
    'heapknot objects app.heap --cycle 3 --json --limit all',
  ]);
  return withList(command, OBJECT_KEYS, 'retained')
    .option('--cycle <id>', 'only members of this cycle', wholeNumber)
    .action((file: string, options: ObjectsOptions) => host.answer(answer(host, file, options)));
}

async function answer(host: CommandHost, file: string, options: ObjectsOptions): Promise<ExitCode> {
  const sort = readSort(options.sort, OBJECT_KEYS, 'retained');
  const filters = readFilters(options.filter, OBJECT_KEYS);
  const { cycle } = options;
  const query = { sort, filters, ...(cycle === undefined ? {} : { cycle }) };
  return withDump(host.io, file, options, async (dump) => {
    const { out, style, session, summary } = dump;
    // An unknown cycle is an answer of its own (exit 1), not an empty list.
    if (cycle !== undefined) await session.cycle(cycle);
    const list = await listing(limitOf(options), (range) => session.objects({ ...range, ...query }));
    if (options.json) {
      await writeAnswer(dump, 'objects', { total: list.total, objects: mapped(list.rows, objectRowKeys) });
      return EXIT.answered;
    }
    const { objects, bytes } = summary.heap;
    const selected = list.total === objects ? '' : `; ${formatCount(list.total)} match`;
    await out.write(
      `${style.bold(`${counted(objects, 'object')} of ${formatBytes(bytes)} in the heap${selected}.`)}\n\n`,
    );
    await writeTable(out, style, [ADDRESS, ...SIZES, ...CONNECTIONS, TYPE], list.rows);
    await out.write(moreLine(list.total, list.shown));
    return EXIT.answered;
  });
}
