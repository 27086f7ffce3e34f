/** `heapknot pools`: every sync.Pool that has been used, and what lies in it. */
import type { Command } from 'commander';
import { POOL_KEYS } from '../../../workers/api';
import type { PoolItem, PoolItemKind, PoolRow } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { collected, listing, mapped, moreLine } from '../lists';
import type { Listing } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { countOrAll, dumpCommand, limitOf, readAddress, readFilters, readSort, withList } from '../options';
import type { ListOptions } from '../options';
import { typeKeys, writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import { nameOf } from '../output/units';

/** Items listed of each pool unless `--items` says otherwise. */
const ITEMS = 20;

interface PoolsOptions extends ListOptions {
  items?: number;
}

export function poolsCommand(host: CommandHost): Command {
  const command = dumpCommand('pools', 'Every sync.Pool: what it keeps, for which processor, and what that retains', [
    'heapknot pools app.heap --exe app',
    'heapknot pools app.heap 0xc000123456 --items all',
    "heapknot pools app.heap --json | jq -r '.pools[0].contents[].address' | heapknot object app.heap -",
  ]).argument('[addr...]', 'describe these pools only, by where they lie');
  return withList(command, POOL_KEYS, 'retained')
    .option('--items <n|all>', `items to list of each pool (default: ${ITEMS})`, countOrAll)
    .action((file: string, addresses: string[], options: PoolsOptions) =>
      host.answer(answer(host, file, addresses, options)),
    );
}

async function answer(
  host: CommandHost,
  file: string,
  addresses: readonly string[],
  options: PoolsOptions,
): Promise<ExitCode> {
  const asked = addresses.map(readAddress);
  const sort = readSort(options.sort, POOL_KEYS, 'retained');
  const filters = readFilters(options.filter, POOL_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const { session } = dump;
    const named: PoolRow[] = [];
    for (const address of asked) named.push(await session.pool(address));
    const list =
      asked.length > 0
        ? { total: named.length, shown: named.length, rows: mapped(named, (row) => row) }
        : await listing(limitOf(options), (range) => session.pools({ ...range, sort, filters }));
    const items = options.items ?? ITEMS;
    if (options.json) await writeJson(dump, list, items);
    else if (asked.length > 0 || options.items !== undefined) await writeDetails(dump, list, items);
    else await writeList(dump, list);
    return EXIT.answered;
  });
}

function itemsOf({ session }: OpenDump, { address }: PoolRow, limit: number): Promise<Listing<PoolItem>> {
  return listing(limit, (range) => session.poolItems(address, range));
}

async function writeJson(dump: OpenDump, list: Listing<PoolRow>, items: number): Promise<void> {
  await writeAnswer(dump, 'pools', {
    total: list.total,
    pools: mapped(list.rows, async (pool) => ({
      address: pool.address,
      name: pool.name,
      object: pool.object,
      new: pool.create,
      items: pool.items,
      private: pool.private,
      shared: pool.shared,
      victim: pool.victim,
      bytes: pool.bytes,
      retainedBytes: pool.retainedBytes,
      processors: pool.processors.map((share) => ({
        processor: share.processor,
        private: share.private,
        shared: share.shared,
        victim: share.victim,
      })),
      kinds: pool.kinds.map((kind) => ({ ...typeKeys(kind), size: kind.size, objects: kind.objects })),
      contents: (await collected(await itemsOf(dump, pool, items))).map(itemKeys),
    })),
  });
}

function itemKeys(item: PoolItem) {
  return {
    address: item.address,
    where: item.where,
    processor: item.processor,
    ...typeKeys(item),
    size: item.size,
    retainedSize: item.retainedSize,
  };
}

const ROWS: Column<PoolRow>[] = [
  { title: 'Pool', align: 'left', cell: (pool) => pool.name, flexible: true },
  { title: 'Private', align: 'right', cell: (pool) => formatCount(pool.private) },
  { title: 'Shared', align: 'right', cell: (pool) => formatCount(pool.shared) },
  { title: 'Victim', align: 'right', cell: (pool) => formatCount(pool.victim) },
  { title: 'Size', align: 'right', cell: (pool) => formatBytes(pool.bytes) },
  { title: 'Retained', align: 'right', cell: (pool) => formatBytes(pool.retainedBytes) },
  { title: 'Items', align: 'left', cell: (pool) => pool.kinds.map(kindText).join(', '), flexible: true },
  { title: 'New', align: 'left', cell: (pool) => pool.create ?? '', flexible: true },
];

/** `60 main.Item` */
function kindText(kind: PoolItemKind): string {
  return `${formatCount(kind.objects)} ${nameOf(kind)}`;
}

async function writeList({ out, style, summary }: OpenDump, list: Listing<PoolRow>): Promise<void> {
  const alone = summary.naming.executable?.matches === true ? '' : ', known by structure alone; --exe names them';
  const headline = `${counted(list.total, 'sync.Pool')} in use${alone}.`;
  await out.write(`${style.bold(headline)}\n`);
  if (list.shown > 0) await out.write('\n');
  await writeTable(out, style, ROWS, list.rows);
  await out.write(moreLine(list.total, list.shown));
}

const ITEM_COLUMNS: Column<PoolItem>[] = [
  { title: 'Item', align: 'left', cell: (item) => item.address },
  { title: 'In', align: 'left', cell: (item) => `P${item.processor} ${item.where}` },
  { title: 'Size', align: 'right', cell: (item) => formatBytes(item.size) },
  { title: 'Retained', align: 'right', cell: (item) => formatBytes(item.retainedSize) },
  { title: 'Type', align: 'left', cell: nameOf, flexible: true },
];

async function writeDetails(dump: OpenDump, list: Listing<PoolRow>, limit: number): Promise<void> {
  const { out, style } = dump;
  let first = true;
  for await (const pool of list.rows) {
    const headline = `Pool ${pool.name}: ${counted(pool.items, 'item')}, retained ${formatBytes(pool.retainedBytes)}.`;
    await out.write(`${first ? '' : '\n'}${style.bold(headline)}\n`);
    first = false;
    const facts = factsOf(pool).map(([what, value]) => `  ${style.dim(what.padEnd(8))}  ${value}\n`);
    await out.write(`${facts.join('')}\n`);
    const items = await itemsOf(dump, pool, limit);
    await writeTable(out, style, ITEM_COLUMNS, items.rows);
    await out.write(moreLine(items.total, items.shown, '--items'));
  }
  await out.write(moreLine(list.total, list.shown));
}

function factsOf(pool: PoolRow): [string, string][] {
  const facts: [string, string][] = [['address', pool.address]];
  if (pool.object !== null && pool.object !== pool.address) facts.push(['in', pool.object]);
  if (pool.create !== null) facts.push(['New', pool.create]);
  for (const kind of pool.kinds) facts.push(['items', `${kindText(kind)} of ${formatBytes(kind.size)}`]);
  for (const share of pool.processors) {
    facts.push([`P${share.processor}`, `${share.private} private, ${share.shared} shared, ${share.victim} victims`]);
  }
  return facts;
}
