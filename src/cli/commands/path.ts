/** `heapknot path`: why is this object alive? */
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { unheldMeans } from '../../../workers/api';
import type { DumpFacts, PathStep, RootLabel, RootPath } from '../../../workers/api';
import { AVOID_HELP, readAvoid } from '../avoid';
import type { CommandHost } from '../command-host';
import { writePathKinds } from './path-kinds';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { countOrAll, dumpCommand, limitOf, readAddress, readAddressArguments, repeated, wholeNumber } from '../options';
import type { DumpOptions } from '../options';
import { rootKeys, typeKeys, writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import { nameOf, placeOf } from '../output/units';

const MOST_PATHS = 100;

interface PathOptions extends DumpOptions {
  by?: string;
  limit?: number;
  paths: number;
  avoid: string[];
}

export function pathCommand(host: CommandHost): Command {
  return dumpCommand('path', 'Why an object is alive: the shortest paths to it from the roots', [
    'heapknot path app.heap 0xc000123456',
    'heapknot path app.heap 0xc000123456 --paths 5 --avoid stack,finalizer',
    "heapknot path app.heap 0xc000123456 --avoid '0xc000010000>0xc000020000' --json",
    "heapknot path app.heap 0xc000123456 --by kind --avoid 'type:main.Cache' --avoid 'field:main.Node .parent'",
  ])
    .argument('<addr>', 'an address anywhere inside the object; - reads it from standard input')
    .option('--paths <n>', `how many paths, shortest first, 1 to ${MOST_PATHS} (default: 1)`, readPathCount, 1)
    .option('--by <what>', 'kind: a row for all paths that look alike, with how many there are')
    .option('--limit <n|all>', 'kinds to list, with --by kind (default: 25, with --json 100)', countOrAll)
    .option('--avoid <query>', 'what the paths must not use; may be repeated', repeated, [])
    .addHelpText('after', `\n${AVOID_HELP}`)
    .action((file: string, addr: string, options: PathOptions) => host.answer(answer(host, file, addr, options)));
}

function readPathCount(text: string): number {
  const count = wholeNumber(text);
  if (count < 1 || count > MOST_PATHS) throw new InvalidArgumentError(`Expected 1 to ${MOST_PATHS}.`);
  return count;
}

async function answer(host: CommandHost, file: string, addr: string, options: PathOptions): Promise<ExitCode> {
  const addresses = await readAddressArguments(host.io, [addr]);
  if (addresses.length !== 1) throw new UsageError('path takes exactly one address');
  const [asked] = addresses;
  const address = readAddress(asked);
  const avoid = readAvoid(options.avoid);
  if (options.by !== undefined && options.by !== 'kind')
    throw new UsageError(`--by: “${options.by}” is unknown; write kind`);
  return withDump(host.io, file, options, async (dump) => {
    const object = await dump.session.object(address);
    const found = object !== null;
    if (object?.reachable && options.by !== undefined) {
      await writePathKinds(dump, { asked, object, json: options.json }, avoid, limitOf(options));
      return EXIT.answered;
    }
    const { total, paths } = found
      ? await dump.session.rootPaths({ address: object.address, count: options.paths, avoid })
      : { total: 0, paths: [] };
    if (options.json) {
      const about = { asked, found, address: object?.address ?? null, held: object?.held ?? null };
      await writeAnswer(dump, 'path', { ...about, total, paths: paths.map(pathKeys) });
    } else if (object === null) await dump.out.write(`No object of this dump lies at ${asked}.\n`);
    else if (paths.length === 0)
      await dump.out.write(`${noPath(object.address, options.avoid.length > 0, dump.summary.dump)}\n`);
    else await writePaths(dump, object.address, total, paths);
    return found ? EXIT.answered : EXIT.notThere;
  });
}

function pathKeys(path: RootPath) {
  return { root: rootKeys(path.root), steps: path.steps.map(stepKeys), omitted: path.omitted ?? 0 };
}

function stepKeys(step: PathStep) {
  return {
    address: step.address,
    ...typeKeys(step),
    field: step.field,
    offset: step.offset,
    size: step.size,
    retainedSize: step.retainedSize,
  };
}

function noPath(address: string, avoiding: boolean, dump: DumpFacts): string {
  if (avoiding) return `No other root path leads to ${address}: without what is avoided nothing recorded holds it.`;
  return `No recorded root reaches ${address}: ${unheldMeans(dump)}.`;
}

/** Steps at either end of a path that a person is shown; JSON has as many as the session gives. */
const ENDS = 20;

/** A step, or how many were left out in its place. */
type Line = PathStep | number;

/** The two ends of a long path, with what lies between them as a number. */
function linesOf({ steps, omitted = 0 }: RootPath): Line[] {
  if (omitted === 0 && steps.length <= 2 * ENDS) return steps;
  const end = Math.min(ENDS, Math.floor(steps.length / 2));
  return [...steps.slice(0, end), omitted + steps.length - 2 * end, ...steps.slice(-end)];
}

const ofStep = (cell: (step: PathStep) => string) => (line: Line) => (typeof line === 'number' ? '' : cell(line));

const STEPS: Column<Line>[] = [
  { title: '  At', align: 'left', cell: ofStep((step) => `  ${placeOf(step)}`) },
  {
    title: 'Object',
    align: 'left',
    cell: (line) => (typeof line === 'number' ? `… ${formatCount(line)} more` : line.address),
  },
  { title: 'Size', align: 'right', cell: ofStep((step) => formatBytes(step.size)) },
  { title: 'Retained', align: 'right', cell: ofStep((step) => formatBytes(step.retainedSize)) },
  { title: 'Type', align: 'left', cell: ofStep(nameOf), flexible: true },
];

async function writePaths(dump: OpenDump, address: string, total: number, paths: readonly RootPath[]): Promise<void> {
  const { out, style } = dump;
  const headline = `${address} is alive: ${counted(total, 'root path')} ${total === 1 ? 'leads' : 'lead'} to it.`;
  await out.write(`${style.bold(headline)}\n`);
  for (const path of paths) {
    await out.write(`\n${rootLine(path.root)}\n`);
    await writeTable(out, style, STEPS, linesOf(path));
  }
  if (total > paths.length)
    await out.write(`${formatCount(total - paths.length)} more: --paths ${Math.min(total, MOST_PATHS)}\n`);
}

/** `bss root bss+0x1a40`, `stack root main.serve +0x28 of goroutine 17`. */
function rootLine(root: RootLabel): string {
  const goroutine = root.goroutine === null ? '' : ` of goroutine ${root.goroutine}`;
  const weak = root.weak ? ' (a stack word that no pointer list names)' : '';
  return `From ${root.kind} root ${root.name}${goroutine}${weak}`;
}
