/** `heapknot closures`: closures by function, what they capture and what they keep alive. */
import type { Command } from 'commander';
import { CLOSURE_KEYS, holderWords } from '../../../workers/api';
import type { CapturedVariable, ClosureRow, ObjectRow } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { collected, listing, mapped, moreLine } from '../lists';
import type { Listing } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { countOrAll, dumpCommand, limitOf, readFilters, readSort, withList } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';

/** Closures listed of each function unless `--members` says otherwise. */
const MEMBERS = 20;

interface ClosuresOptions extends ListOptions {
  members?: number;
}

export function closuresCommand(host: CommandHost): Command {
  const command = dumpCommand('closures', 'Closures by function: what they capture and what they keep alive', [
    'heapknot closures app.heap --exe app',
    'heapknot closures app.heap --filter function=main. --members 5',
    "heapknot closures app.heap --json | jq -r '.closures[0].members[].address' | heapknot object app.heap -",
  ]);
  return withList(command, CLOSURE_KEYS, 'retained')
    .option('--members <n|all>', `closures to list of each function (default: ${MEMBERS})`, countOrAll)
    .action((file: string, options: ClosuresOptions) => host.answer(answer(host, file, options)));
}

async function answer(host: CommandHost, file: string, options: ClosuresOptions): Promise<ExitCode> {
  const sort = readSort(options.sort, CLOSURE_KEYS, 'retained');
  const filters = readFilters(options.filter, CLOSURE_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const list = await listing(limitOf(options), (range) => dump.session.closures({ ...range, sort, filters }));
    if (options.json) await writeJson(dump, list, options.members ?? MEMBERS);
    else if (options.members === undefined) await writeList(dump, list);
    else await writeDetails(dump, list, options.members);
    return EXIT.answered;
  });
}

function membersOf({ session }: OpenDump, { name, shape }: ClosureRow, limit: number): Promise<Listing<ObjectRow>> {
  const sort = { column: 'retained', descending: true } as const;
  return listing(limit, (range) => session.objects({ ...range, of: { name, shape }, sort }));
}

async function writeJson(dump: OpenDump, list: Listing<ClosureRow>, members: number): Promise<void> {
  await writeAnswer(dump, 'closures', {
    total: list.total,
    closures: mapped(list.rows, async (row) => ({
      function: row.function,
      type: row.name,
      shape: row.shape,
      evidence: row.evidence,
      objects: row.objects,
      bytes: row.bytes,
      alone: row.alone,
      reaches: row.reaches,
      retainedBytes: row.retainedBytes,
      captured: row.captured.map(({ name, type, offset }) => ({ name, type, offset })),
      members: (await collected(await membersOf(dump, row, members))).map(memberKeys),
    })),
  });
}

function memberKeys(member: ObjectRow) {
  return {
    address: member.address,
    size: member.size,
    retainedSize: member.retainedSize,
    held: member.held,
    holder: member.holder,
    cycle: member.cycle,
  };
}

const ROWS: Column<ClosureRow>[] = [
  { title: 'Closures', align: 'right', cell: (row) => formatCount(row.objects) },
  { title: 'Size', align: 'right', cell: (row) => formatBytes(row.bytes) },
  { title: 'Alone', align: 'right', cell: (row) => formatBytes(row.alone.bytes) },
  { title: 'Reaches', align: 'right', cell: (row) => formatBytes(row.reaches.bytes) },
  { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedBytes) },
  { title: 'Function', align: 'left', cell: (row) => row.function, flexible: true },
  { title: 'Captures', align: 'left', cell: (row) => row.captured.map(variableText).join(', '), flexible: true },
];

function variableText({ name, type }: CapturedVariable): string {
  return `${name} ${type}`;
}

async function writeList({ out, style, summary }: OpenDump, list: Listing<ClosureRow>): Promise<void> {
  const which = summary.naming.executable?.matches
    ? '; those that capture nothing are not in the heap.'
    : ', as far as the records of the dump tell; --exe finds the rest.';
  const headline = `Closures of ${counted(list.total, 'function')}${which}`;
  await out.write(`${style.bold(headline)}\n`);
  if (list.shown > 0) await out.write('\n');
  await writeTable(out, style, ROWS, list.rows);
  await out.write(moreLine(list.total, list.shown));
}

const MEMBER_COLUMNS: Column<ObjectRow>[] = [
  { title: 'Closure', align: 'left', cell: (member) => member.address },
  { title: 'Size', align: 'right', cell: (member) => formatBytes(member.size) },
  { title: 'Retained', align: 'right', cell: (member) => formatBytes(member.retainedSize) },
  { title: 'Held by', align: 'left', cell: (member) => holderWords(member.holder) },
  { title: 'Cycle', align: 'right', cell: (member) => (member.cycle === null ? '' : String(member.cycle)) },
];

async function writeDetails(dump: OpenDump, list: Listing<ClosureRow>, limit: number): Promise<void> {
  const { out, style } = dump;
  let first = true;
  for await (const row of list.rows) {
    const headline = `${row.function}: ${counted(row.objects, 'closure')}, retained ${formatBytes(row.retainedBytes)}.`;
    await out.write(`${first ? '' : '\n'}${style.bold(headline)}\n`);
    first = false;
    const captured = row.captured.map((variable) => `  captures ${variableText(variable)} at +${variable.offset}\n`);
    await out.write(`${captured.join('')}\n`);
    const members = await membersOf(dump, row, limit);
    await writeTable(out, style, MEMBER_COLUMNS, members.rows);
    await out.write(moreLine(members.total, members.shown, '--members'));
  }
  await out.write(moreLine(list.total, list.shown));
}
