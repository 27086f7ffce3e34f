/** `heapknot cycles`: the reference cycles of the dump, and one of them in detail. */
import type { Command } from 'commander';
import { CYCLE_KEYS, holderWords } from '../../../workers/api';
import type { BorderReference, CycleGraph, CycleRow, ObjectRow, Summary } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { collected, listing, mapped, moreLine } from '../lists';
import type { Listing } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import {
  countOrAll,
  dumpCommand,
  limitOf,
  readFilters,
  readSort,
  repeatedNumber,
  wholeNumber,
  withList,
} from '../options';
import type { ListOptions } from '../options';
import { rootKeys, typeKeys, writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import { nameOf, placeOf, wrapped } from '../output/units';
import { answerByShape } from './cycle-shapes';

/** Members and entering references listed for each cycle unless `--members` says otherwise. */
const MEMBERS = 20;

const GRAPHS =
  'full: with globals, waiting goroutines and closures of finalizers on them; heap: objects and the pointers between them only';

interface CyclesOptions extends ListOptions {
  graph: string;
  by?: string;
  like?: number;
  members?: number;
}

export function cyclesCommand(host: CommandHost): Command {
  const command = dumpCommand('cycles', 'Reference cycles: what is in them, what holds them, what they retain', [
    'heapknot cycles app.heap',
    'heapknot cycles app.heap --by shape',
    'heapknot cycles app.heap 3 --members all',
    "heapknot cycles app.heap --sort objects --filter class=finalizer --filter 'retained=>1MB'",
    'heapknot cycles app.heap --json --limit all | jq \'.cycles[] | select(.class == "nothing") | .id\'',
  ]).argument('[id...]', 'describe these cycles only', repeatedNumber, []);
  return withList(command, CYCLE_KEYS, 'retained')
    .option(
      '--members <n|all>',
      `members and entering references to list of each cycle (default: ${MEMBERS})`,
      countOrAll,
    )
    .option('--graph <graph>', GRAPHS, 'full')
    .option(
      '--by <what>',
      'shape: one row for all cycles that look the same; --sort and --filter are then those of shapes',
    )
    .option('--like <id>', 'only cycles that look the same as this one', wholeNumber)
    .action((file: string, ids: number[], options: CyclesOptions) => host.answer(answer(host, file, ids, options)));
}

async function answer(host: CommandHost, file: string, ids: number[], options: CyclesOptions): Promise<ExitCode> {
  const graph = graphOf(options.graph);
  if (options.by !== undefined) return answerByShape(host, file, graph, options.by, options);
  const { like } = options;
  const sort = readSort(options.sort, CYCLE_KEYS, 'retained');
  const filters = readFilters(options.filter, CYCLE_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const list =
      ids.length > 0
        ? await named(dump, ids)
        : await listing(limitOf(options), (range) =>
            dump.session.cycles({ ...range, sort, filters, graph, ...(like !== undefined && { like }) }),
          );
    if (options.json) await writeJson(dump, list, graph, options.members ?? MEMBERS);
    else if (ids.length > 0 || options.members !== undefined)
      await writeDetails(dump, list, options.members ?? MEMBERS);
    else await writeList(dump, list, graph);
    return EXIT.answered;
  });
}

function graphOf(graph: string): CycleGraph {
  if (graph === 'heap' || graph === 'full') return graph;
  throw new UsageError(`--graph: “${graph}” is unknown; write full or heap`);
}

async function named({ session }: OpenDump, ids: readonly number[]): Promise<Listing<CycleRow>> {
  const rows: CycleRow[] = [];
  for (const id of ids) rows.push(await session.cycle(id));
  return { total: rows.length, shown: rows.length, rows: mapped(rows, (row) => row) };
}

function membersOf({ session }: OpenDump, cycle: CycleRow, limit: number): Promise<Listing<ObjectRow>> {
  return listing(limit, (range) => session.objects({ ...range, cycle: cycle.id }));
}

function enteringOf({ session }: OpenDump, cycle: CycleRow, limit: number): Promise<Listing<BorderReference>> {
  return listing(limit, (range) => session.entering(cycle.id, range));
}

async function writeJson(dump: OpenDump, list: Listing<CycleRow>, graph: CycleGraph, members: number): Promise<void> {
  await writeAnswer(dump, 'cycles', {
    total: list.total,
    graph,
    cycles: mapped(list.rows, async (cycle) => ({
      id: cycle.id,
      objects: cycle.objects,
      ownBytes: cycle.ownBytes,
      retainedBytes: cycle.retainedBytes,
      holder: cycle.holder,
      class: cycle.class,
      stuck: cycle.stuck,
      reason: cycle.reason,
      held: cycle.held,
      shape: cycle.shape,
      through: cycle.through,
      finalizers: cycle.finalizers,
      members: (await collected(await membersOf(dump, cycle, members))).map(memberKeys),
      entering: (await collected(await enteringOf(dump, cycle, members))).map(enteringKeys),
      enteringTotal: cycle.enteringTotal,
      leavingTotal: cycle.leavingTotal,
    })),
  });
}

function memberKeys(member: ObjectRow) {
  return { address: member.address, size: member.size, ...typeKeys(member) };
}

function enteringKeys(reference: BorderReference) {
  return {
    from: reference.from,
    field: reference.field,
    offset: reference.offset,
    to: reference.to,
    root: reference.root && rootKeys(reference.root),
  };
}

const ROWS: Column<CycleRow>[] = [
  { title: 'ID', align: 'right', cell: (cycle) => String(cycle.id) },
  { title: 'Objects', align: 'right', cell: (cycle) => formatCount(cycle.objects) },
  { title: 'Own', align: 'right', cell: (cycle) => formatBytes(cycle.ownBytes) },
  { title: 'Retained', align: 'right', cell: (cycle) => formatBytes(cycle.retainedBytes) },
  { title: 'Held by', align: 'left', cell: (cycle) => holderWords(cycle.holder) },
  { title: 'Entering', align: 'right', cell: (cycle) => formatCount(cycle.enteringTotal) },
  { title: 'Leaving', align: 'right', cell: (cycle) => formatCount(cycle.leavingTotal) },
  { title: 'Members', align: 'left', cell: membersAndThrough, flexible: true },
];

function membersAndThrough({ shape, through }: CycleRow): string {
  return through.length === 0 ? shape : `${shape}, through ${through.join(', ')}`;
}

async function writeList(dump: OpenDump, list: Listing<CycleRow>, graph: CycleGraph): Promise<void> {
  const { out, style } = dump;
  await out.write(`${style.bold(wrapped(headline(dump.summary.cycles, list.total, graph), '', out.columns))}\n`);
  if (list.shown > 0) await out.write('\n');
  await writeTable(out, style, ROWS, list.rows);
  await out.write(moreLine(list.total, list.shown));
}

/** The summary counts the cycles of the heap alone. */
function headline({ count, objects, bytes }: Summary['cycles'], listed: number, graph: CycleGraph): string {
  const inThem = count === 0 ? '' : `, ${counted(objects, 'object')} of ${formatBytes(bytes)} in them`;
  if (graph === 'full')
    return `${counted(listed, 'reference cycle')} in the full graph, with globals, waiting goroutines and finalizers; ${formatCount(count)} in the heap alone${inThem}.`;
  const selected = listed === count ? '' : `; ${formatCount(listed)} match`;
  return `${counted(count, 'reference cycle')} in the heap alone${inThem}${selected}.`;
}

const MEMBER_COLUMNS: Column<ObjectRow>[] = [
  { title: 'Member', align: 'left', cell: (member) => member.address },
  { title: 'Size', align: 'right', cell: (member) => formatBytes(member.size) },
  { title: 'Retained', align: 'right', cell: (member) => formatBytes(member.retainedSize) },
  { title: 'Type', align: 'left', cell: nameOf, flexible: true },
];

const ENTERING_COLUMNS: Column<BorderReference>[] = [
  { title: 'Entering from', align: 'left', cell: (entry) => entry.root?.name ?? entry.from, flexible: true },
  { title: 'At', align: 'left', cell: (entry) => (entry.root === null ? placeOf(entry) : '') },
  { title: 'To', align: 'left', cell: (entry) => entry.to },
  {
    title: 'Type of referrer',
    align: 'left',
    cell: (entry) => (entry.fromLabel ? nameOf(entry.fromLabel) : ''),
    flexible: true,
  },
];

async function writeDetails(dump: OpenDump, list: Listing<CycleRow>, limit: number): Promise<void> {
  const { out, style } = dump;
  let first = true;
  for await (const cycle of list.rows) {
    const sizes = `own ${formatBytes(cycle.ownBytes)}, retained ${formatBytes(cycle.retainedBytes)}, held by ${holderWords(cycle.holder)}`;
    const headline = `Cycle ${cycle.id}: ${counted(cycle.objects, 'object')}, ${sizes}.`;
    await out.write(`${first ? '' : '\n'}${style.bold(headline)}\n`);
    first = false;
    await out.write(`${wrapped(cycle.reason, '', out.columns)}\n${throughLine(cycle)}\n`);
    const members = await membersOf(dump, cycle, limit);
    await writeTable(out, style, MEMBER_COLUMNS, members.rows);
    await out.write(`${moreLine(members.total, members.shown, '--members')}\n`);
    const entering = await enteringOf(dump, cycle, limit);
    if (entering.total === 0) await out.write(nothingEnters(cycle));
    await writeTable(out, style, ENTERING_COLUMNS, entering.rows);
    await out.write(moreLine(entering.total, entering.shown, '--members'));
    await out.write(`${leavingLine(cycle.leavingTotal)}\n`);
  }
  await out.write(moreLine(list.total, list.shown));
}

function throughLine({ through }: CycleRow): string {
  return through.length === 0 ? '' : `On it, besides objects: ${through.join(', ')}.\n`;
}

function nothingEnters({ through }: CycleRow): string {
  return through.length === 0
    ? 'Nothing recorded refers to it from outside.\n'
    : 'Nothing refers to it from outside: what lies on it besides objects holds it.\n';
}

function leavingLine(total: number): string {
  if (total === 0) return 'No references lead out of it.';
  return `${counted(total, 'reference')} ${total === 1 ? 'leads' : 'lead'} out of it.`;
}
