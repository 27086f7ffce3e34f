/** `heapknot goroutines`: what they wait for, what they hold; with numbers also their stacks. */
import type { Command } from 'commander';
import { absentPart, GOROUTINE_KEYS } from '../../../workers/api';
import type { FrameRow, GoroutineDetail, GoroutineRow } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { listing, mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { dumpCommand, limitOf, readFilters, readSort, repeatedNumber, wholeNumber, withList } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { placeKeys } from '../output/place';
import { ROOT_COLUMNS, rootRowKeys } from '../output/root-rows';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { answerByStack } from './goroutine-stacks';
import { counted, formatBytes, formatCount, placeWords, waitedWords } from '../../../workers/lib/format';

interface GoroutinesOptions extends ListOptions {
  by?: string;
  like?: number;
}

export function goroutinesCommand(host: CommandHost): Command {
  const command = dumpCommand('goroutines', 'Goroutines: what they wait for and what only they hold', [
    'heapknot goroutines app.heap',
    'heapknot goroutines app.heap --by stack',
    'heapknot goroutines app.heap 17',
    "heapknot goroutines app.heap --filter state=waiting --filter 'retained=>1MB' --json",
  ]).argument('[id...]', 'show these goroutines with their stacks', repeatedNumber, []);
  return withList(command, GOROUTINE_KEYS, 'retained')
    .option('--by <what>', 'stack: one row for all goroutines of a stack; --sort and --filter are then those of stacks')
    .option('--like <id>', 'only goroutines of the same stack as this one', wholeNumber)
    .action((file: string, ids: number[], options: GoroutinesOptions) =>
      host.answer(
        options.by === undefined ? answer(host, file, ids, options) : answerByStack(host, file, options.by, options),
      ),
    );
}

async function answer(host: CommandHost, file: string, ids: number[], options: GoroutinesOptions): Promise<ExitCode> {
  const { like } = options;
  const sort = readSort(options.sort, GOROUTINE_KEYS, 'retained');
  const filters = readFilters(options.filter, GOROUTINE_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    if (ids.length > 0) {
      await writeDetails(dump, ids, options.json);
      return EXIT.answered;
    }
    const list = await listing(limitOf(options), (range) =>
      dump.session.goroutines({ ...range, sort, filters, ...(like !== undefined && { like }) }),
    );
    if (options.json) {
      await writeAnswer(dump, 'goroutines', { total: list.total, goroutines: mapped(list.rows, goroutineKeys) });
      return EXIT.answered;
    }
    const { total, user, system } = dump.summary.goroutines;
    const selected = list.total === total ? '' : `; ${formatCount(list.total)} match`;
    const absent = absentPart(dump.summary.dump, 'goroutines and their stacks');
    const headline =
      absent ??
      `${counted(total, 'goroutine')}: ${formatCount(user)} of the program, ${formatCount(system)} of the runtime${selected}.`;
    await dump.out.write(`${dump.style.bold(headline)}\n\n`);
    await writeTable(dump.out, dump.style, ROWS, list.rows);
    await dump.out.write(moreLine(list.total, list.shown));
    return EXIT.answered;
  });
}

function goroutineKeys(row: GoroutineRow) {
  return {
    id: row.id,
    state: row.state,
    waitReason: row.waitReason,
    system: row.system,
    entry: row.entry,
    top: row.top,
    waitsIn: row.waitsIn && placeKeys(row.waitsIn),
    createdBy: row.createdBy && placeKeys(row.createdBy),
    waitedAtLeast: row.waitedAtLeast,
    waitsOn: row.waitsOn.map(({ address, type, hint, shape }) => ({ address, type, hint, shape })),
    waitsOnTotal: row.waitsOnTotal,
    frames: row.frames,
    defers: row.defers,
    retainedObjects: row.retainedObjects,
    retainedBytes: row.retainedBytes,
    address: row.address,
  };
}

const ROWS: Column<GoroutineRow>[] = [
  { title: 'ID', align: 'right', cell: (row) => String(row.id) },
  { title: 'Of', align: 'left', cell: (row) => (row.system ? 'runtime' : 'program') },
  { title: 'State', align: 'left', cell: (row) => row.waitReason ?? row.state, flexible: true },
  { title: 'Waited', align: 'right', cell: (row) => waitedWords(row.waitedAtLeast) },
  { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedBytes) },
  { title: 'Objects', align: 'right', cell: (row) => formatCount(row.retainedObjects) },
  { title: 'Waits in', align: 'left', cell: (row) => placeWords(row.waitsIn) || (row.top ?? ''), flexible: true },
  { title: 'Started by', align: 'left', cell: (row) => placeWords(row.createdBy), flexible: true },
];

async function writeDetails(dump: OpenDump, ids: readonly number[], json: boolean): Promise<void> {
  const details: GoroutineDetail[] = [];
  for (const id of ids) details.push(await dump.session.goroutine(id));
  if (json) {
    await writeAnswer(dump, 'goroutines', { total: details.length, goroutines: mapped(details, detailKeys) });
    return;
  }
  for (const [at, goroutine] of details.entries()) {
    if (at > 0) await dump.out.write('\n');
    await writeStack(dump, goroutine);
  }
}

function detailKeys(goroutine: GoroutineDetail) {
  return {
    ...goroutineKeys(goroutine),
    stack: goroutine.stack.map(frameKeys),
    other: goroutine.other.map(rootRowKeys),
  };
}

function frameKeys(frame: FrameRow) {
  return {
    depth: frame.depth,
    function: frame.function,
    pc: frame.pc,
    sp: frame.sp,
    bytes: frame.bytes,
    roots: frame.roots.map(rootRowKeys),
    rootsTotal: frame.rootsTotal,
  };
}

/** Lines below the headline: its own code, who started it, how long it has waited and for what. */
function story({ waitsIn, createdBy, waitedAtLeast, waitsOn, waitsOnTotal }: GoroutineDetail): string {
  const objects = waitsOn.map((one) => `${one.address} ${one.type ?? one.hint ?? one.shape}`);
  if (waitsOnTotal > objects.length) objects.push(`${formatCount(waitsOnTotal - objects.length)} more`);
  const lines: [string, string][] = [
    ['In its own code', placeWords(waitsIn)],
    ['Started by', placeWords(createdBy)],
    ['Has waited', waitedWords(waitedAtLeast)],
    ['Waits on', objects.join(', ')],
  ];
  return lines.map(([name, words]) => (words === '' ? '' : `${name}: ${words}\n`)).join('');
}

const FRAMES: Column<FrameRow>[] = [
  { title: 'Depth', align: 'right', cell: (frame) => String(frame.depth) },
  { title: 'Function', align: 'left', cell: (frame) => frame.function, flexible: true },
  { title: 'Frame', align: 'right', cell: (frame) => formatBytes(frame.bytes) },
  { title: 'Pointers', align: 'right', cell: (frame) => formatCount(frame.rootsTotal) },
];

async function writeStack({ out, style }: OpenDump, goroutine: GoroutineDetail): Promise<void> {
  const retained = `${formatBytes(goroutine.retainedBytes)} in ${counted(goroutine.retainedObjects, 'object')}`;
  const reason = goroutine.waitReason === null ? '' : ` (${goroutine.waitReason})`;
  const what = `Goroutine ${goroutine.id}${goroutine.system ? ' of the runtime' : ''}: ${goroutine.state}${reason}`;
  const headline = `${what}; it alone holds ${retained}.`;
  await out.write(`${style.bold(headline)}\n${story(goroutine)}\n`);
  await writeTable(out, style, FRAMES, goroutine.stack);
  const roots = [...goroutine.stack.flatMap((frame) => frame.roots), ...goroutine.other];
  if (roots.length === 0) return;
  await out.write('\nPointers into the heap:\n');
  await writeTable(out, style, ROOT_COLUMNS, roots);
}
