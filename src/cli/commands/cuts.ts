/** `heapknot cuts`: what would let go of an object or a cycle, one reference at a time. */
import { InvalidArgumentError, type Command } from 'commander';
import { MAX_PAGE } from '../../../workers/api';
import type { Cuts, CutsOf, RatedCutRow } from '../../../workers/api';
import { cutSource, heldText, labelText } from '../../../workers/report/findings';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { dumpCommand, limitOf, readAddress, withLimit } from '../options';
import type { DumpOptions } from '../options';
import { cutKeys } from '../output/cut-keys';
import { writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';

interface CutsOptions extends DumpOptions {
  limit?: number;
  cycle?: number;
}

export function cutsCommand(host: CommandHost): Command {
  const command = dumpCommand('cuts', 'What would let go of an object or a cycle, one reference at a time', [
    'heapknot cuts app.heap 0xc000123456',
    'heapknot cuts app.heap --cycle 3',
    "heapknot cuts app.heap --cycle 3 --json | jq '.cuts[] | select(.bytes > 0)'",
  ]).argument('[addr]', 'the object');
  return withLimit(command)
    .option('--cycle <n>', 'the cycle, by its number', cycleNumber)
    .action((file: string, addr: string | undefined, options: CutsOptions) =>
      host.answer(answer(host, file, addr, options)),
    );
}

function cycleNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected the number of a cycle.');
  return Number(text);
}

async function answer(
  host: CommandHost,
  file: string,
  asked: string | undefined,
  options: CutsOptions,
): Promise<ExitCode> {
  const of = subjectOf(asked, options.cycle);
  return withDump(host.io, file, options, async (dump) => {
    const there = 'cycle' in of || (await dump.session.object(of.address)) !== null;
    const cuts = there ? await dump.session.cuts(of, Math.min(limitOf(options), MAX_PAGE)) : null;
    if (options.json) await writeJson(dump, asked ?? null, options.cycle ?? null, cuts);
    else if (cuts) await writeText(dump, of, cuts);
    else await dump.out.write(`No object of this dump lies at ${asked}.\n`);
    return there ? EXIT.answered : EXIT.notThere;
  });
}

function subjectOf(asked: string | undefined, cycle: number | undefined): CutsOf {
  if (asked === undefined && cycle !== undefined) return { cycle };
  if (asked !== undefined && cycle === undefined) return { address: readAddress(asked) };
  throw new UsageError('Name either an object, by its address, or a cycle, with --cycle N');
}

async function writeJson(dump: OpenDump, asked: string | null, cycle: number | null, cuts: Cuts | null): Promise<void> {
  await writeAnswer(dump, 'cuts', {
    asked,
    cycle,
    found: cuts !== null,
    entering: cuts?.entering ?? 0,
    total: cuts?.total ?? 0,
    tried: cuts?.tried ?? 0,
    complete: cuts?.complete ?? true,
    together: cuts && { objects: cuts.together.objects, bytes: cuts.together.bytes, exact: cuts.together.exact },
    cuts: mapped(cuts?.rows ?? [], (row) => ({ kind: row.kind, pointers: row.pointers, ...cutKeys(row) })),
  });
}

const COLUMNS: Column<RatedCutRow>[] = [
  {
    title: 'Frees',
    align: 'right',
    cell: ({ bytes, objects, exact }) =>
      objects === 0 ? 'nothing' : `${exact ? '' : 'at least '}${formatBytes(bytes)}`,
  },
  { title: 'Objects', align: 'right', cell: (row) => formatCount(row.objects) },
  { title: 'Where', align: 'left', cell: (row) => (row.kind === 'inner' ? 'in the cycle' : 'from outside') },
  { title: 'From', align: 'left', cell: cutSource, flexible: true },
  { title: 'Pointers', align: 'right', cell: (row) => formatCount(row.pointers) },
  { title: 'To', align: 'left', cell: (row) => row.to },
  { title: 'Type', align: 'left', cell: (row) => labelText(row.toLabel), flexible: true },
];

async function writeText({ out, style }: OpenDump, of: CutsOf, cuts: Cuts): Promise<void> {
  const subject = 'cycle' in of ? `cycle ${of.cycle}` : of.address;
  await out.write(`${style.bold(headline(subject, cuts))}\n`);
  if (cuts.rows.length > 0) await out.write('\n');
  await writeTable(out, style, COLUMNS, cuts.rows);
  await out.write(moreLine(cuts.total, cuts.rows.length));
  if (!cuts.complete)
    await out.write(`Of ${counted(cuts.total, 'reference')} ${formatCount(cuts.tried)} were tried.\n`);
}

function headline(subject: string, { entering, together }: Cuts): string {
  if (entering === 0) return `Nothing recorded holds ${subject}, so nothing can let go of it.`;
  const without = entering === 1 ? 'without it' : 'without all of them';
  const gone = `${together.exact ? '' : 'at least '}${heldText(together)}`;
  return `${counted(entering, 'holder')} of ${subject} from outside; ${without} ${gone} would go.`;
}
