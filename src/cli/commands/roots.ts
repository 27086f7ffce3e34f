/** `heapknot roots`: the pointers from outside the heap that keep objects alive. */
import type { Command } from 'commander';
import { missingHolders, ROOT_KEYS } from '../../../workers/api';
import { counted, formatCount } from '../../../workers/lib/format';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { listing, mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import { dumpCommand, limitOf, readFilters, readSort, withList } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { answerByKind } from './root-kinds';
import { ROOT_COLUMNS, rootRowKeys } from '../output/root-rows';
import { writeTable } from '../output/table';

interface RootsOptions extends ListOptions {
  by?: string;
}

export function rootsCommand(host: CommandHost): Command {
  const command = dumpCommand('roots', 'Pointers from outside the heap: globals, stacks, finalizers', [
    'heapknot roots app.heap',
    'heapknot roots app.heap --by kind --sort alone',
    "heapknot roots app.heap --filter kind=finalizer --filter 'retained=>64KiB'",
    'heapknot roots app.heap --sort name --json --limit all',
  ]);
  return withList(command, ROOT_KEYS, 'retained')
    .option(
      '--by <what>',
      'kind: one row for all roots of a variable, whatever the goroutine; --sort and --filter are then those of kinds',
    )
    .action((file: string, options: RootsOptions) =>
      host.answer(
        options.by === undefined ? answer(host, file, options) : answerByKind(host, file, options.by, options),
      ),
    );
}

async function answer(host: CommandHost, file: string, options: ListOptions): Promise<ExitCode> {
  const sort = readSort(options.sort, ROOT_KEYS, 'retained');
  const filters = readFilters(options.filter, ROOT_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const { out, style, session, summary } = dump;
    const list = await listing(limitOf(options), (range) => session.roots({ ...range, sort, filters }));
    if (options.json) {
      await writeAnswer(dump, 'roots', { total: list.total, roots: mapped(list.rows, rootRowKeys) });
      return EXIT.answered;
    }
    const all = Object.values(summary.roots).reduce((sum, count) => sum + count, 0);
    const selected = list.total === all ? '' : `; ${formatCount(list.total)} match`;
    const missing = missingHolders(summary.dump.problem?.lost ?? []);
    const without = missing === null ? '' : ` The file is not whole: without ${missing}.`;
    await out.write(`${style.bold(`${counted(all, 'pointer')} from roots into the heap${selected}.${without}`)}\n\n`);
    await writeTable(out, style, ROOT_COLUMNS, list.rows);
    await out.write(moreLine(list.total, list.shown));
    return EXIT.answered;
  });
}
