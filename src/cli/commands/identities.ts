/** `heapknot identities`: the types that a dump tells apart without naming them, and the names that a person has given to them. */
import type { Command } from 'commander';
import { writeGivenNames, type GivenNames, type IdentityRow } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { collected, listing } from '../lists';
import { withDump, type OpenDump } from '../open-dump';
import { dumpCommand } from '../options';
import type { DumpOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeTable, type Column } from '../output/table';
import { counted } from '../../../workers/lib/format';

interface IdentityOptions extends DumpOptions {
  template: boolean;
}

const COLUMNS: readonly Column<IdentityRow>[] = [
  { title: 'Identity', align: 'left', cell: (row) => row.identity },
  { title: 'Package', align: 'left', cell: (row) => row.package },
  { title: 'Called', align: 'left', cell: (row) => row.name ?? row.words },
];

export function identitiesCommand(host: CommandHost): Command {
  return dumpCommand('identities', 'Types that the dump alone tells apart without naming them', [
    'heapknot identities app.heap',
    'heapknot identities app.heap --template > names.json',
    'heapknot types app.heap --names names.json',
  ])
    .option('--template', 'write a file for --names, with what is known in the place of names', false)
    .action((file: string, options: IdentityOptions) =>
      host.answer(withDump(host.io, file, options, (dump) => answer(dump, options))),
    );
}

async function answer(dump: OpenDump, options: IdentityOptions): Promise<ExitCode> {
  const { out, style, session } = dump;
  const rows = await collected(await listing(Infinity, (range) => session.identities(range)));
  if (options.template) {
    await out.write(writeGivenNames(templateOf(rows)));
    return EXIT.answered;
  }
  if (options.json) {
    const identities = rows.map(({ identity, package: path, words, name }) => ({
      identity,
      package: path,
      words,
      name,
    }));
    await writeAnswer(dump, 'identities', { total: rows.length, identities });
    return EXIT.answered;
  }
  await out.write(`${style.bold(`${counted(rows.length, 'type')} known by address and package.`)}\n\n`);
  await writeTable(out, style, COLUMNS, rows);
  return EXIT.answered;
}

/** A name for each, to be replaced: `net/http.type3` until then. */
function templateOf(rows: readonly IdentityRow[]): GivenNames {
  return Object.fromEntries(
    rows.map(({ identity, package: path, words, name }) => [
      identity,
      name ?? `${path}.type${words.slice(words.lastIndexOf('#') + 1)}`,
    ]),
  );
}
