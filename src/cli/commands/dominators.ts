/** `heapknot dominators`: what a single object keeps alive all by itself, one level of the dominator tree at a time. */
import type { Command } from 'commander';
import { DOMINATED_KIND_KEYS } from '../../../workers/api';
import type { DominatedRow, ObjectDetail, ObjectRow } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { listing, mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { dumpCommand, limitOf, readAddress, withList } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { ADDRESS, objectRowKeys, SIZES, TYPE } from '../output/object-rows';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import { nameOf } from '../output/units';
import { writeKinds } from './dominator-kinds';

interface DominatorsOptions extends ListOptions {
  by?: string;
}

export function dominatorsCommand(host: CommandHost): Command {
  const command = dumpCommand('dominators', 'The dominator tree, one level at a time, largest first', [
    'heapknot dominators app.heap',
    'heapknot dominators app.heap 0xc000123456',
    'heapknot dominators app.heap --by kind',
    "heapknot dominators app.heap --json | jq '.dominated[0]'",
  ]).argument('[addr]', 'the object whose children to list (default: the roots)');
  return withList(command, DOMINATED_KIND_KEYS, 'retained')
    .option('--by <what>', 'kind: one row for all children of a type; --sort and --filter are for these')
    .action((file: string, addr: string | undefined, options: DominatorsOptions) =>
      host.answer(answer(host, file, addr, options)),
    );
}

async function answer(
  host: CommandHost,
  file: string,
  asked: string | undefined,
  options: DominatorsOptions,
): Promise<ExitCode> {
  const address = asked === undefined ? null : readAddress(asked);
  const { by } = options;
  if (by === undefined && (options.sort !== undefined || options.filter.length > 0)) {
    throw new UsageError('--sort and --filter are for rows by kind; write --by kind too');
  }
  return withDump(host.io, file, options, async (dump) => {
    const object = address === null ? null : await dump.session.object(address);
    const found = address === null || object !== null;
    if (!found && !options.json) await dump.out.write(`No object of this dump lies at ${asked}.\n`);
    else if (by !== undefined) {
      const chain = object === null ? [] : await dump.session.dominatorChain(object.address);
      await writeKinds(dump, { asked: asked ?? null, found, object, chain }, by, options);
    } else if (options.json) await writeJson(dump, object, asked ?? null, found, limitOf(options));
    else await writeText(dump, object, limitOf(options));
    return found ? EXIT.answered : EXIT.notThere;
  });
}

async function writeJson(
  dump: OpenDump,
  object: ObjectDetail | null,
  asked: string | null,
  found: boolean,
  limit: number,
): Promise<void> {
  const of = object?.address ?? 'root';
  const chain = object === null ? [] : await dump.session.dominatorChain(object.address);
  const list = await listing(found ? limit : 0, (range) => dump.session.dominated({ ...range, of }));
  await writeAnswer(dump, 'dominators', {
    asked,
    found,
    of: found ? of : null,
    chain: chain.map(objectRowKeys),
    total: found ? list.total : 0,
    dominated: mapped(list.rows, dominatedKeys),
  });
}

function dominatedKeys(row: DominatedRow) {
  return { ...objectRowKeys(row), children: row.children };
}

const CHILDREN: Column<DominatedRow> = { title: 'Children', align: 'right', cell: (row) => formatCount(row.children) };

const CHAIN: Column<ObjectRow>[] = [ADDRESS, ...SIZES, TYPE];

async function writeText(dump: OpenDump, object: ObjectDetail | null, limit: number): Promise<void> {
  const { out, style, session } = dump;
  const of = object?.address ?? 'root';
  const list = await listing(limit, (range) => session.dominated({ ...range, of }));
  if (object === null) {
    await out.write(`${style.bold(`${counted(list.total, 'object')} dominated by the roots together.`)}\n\n`);
  } else {
    const retained = `${formatBytes(object.retainedSize)} in ${counted(object.retainedObjects, 'object')}`;
    await out.write(`${style.bold(`${object.address}: ${nameOf(object)}, retains ${retained}.`)}\n\n`);
    const chain = await session.dominatorChain(object.address);
    if (chain.length > 0) {
      await out.write('Dominated by, nearest first:\n');
      await writeTable(out, style, CHAIN, chain);
      await out.write('\n');
    }
    await out.write(list.total === 0 ? 'It dominates nothing.\n' : `It dominates ${counted(list.total, 'object')}:\n`);
  }
  await writeTable<DominatedRow>(out, style, [ADDRESS, ...SIZES, CHILDREN, TYPE], list.rows);
  await out.write(moreLine(list.total, list.shown));
}
