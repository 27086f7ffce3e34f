/** `heapknot name-report`: what every object is, by what evidence, for programs that check names. */
import type { Command } from 'commander';
import type { NameRow, Summary } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import type { Output } from '../io';
import { listing } from '../lists';
import { withDump } from '../open-dump';
import { dumpCommand } from '../options';
import type { DumpOptions } from '../options';

interface NameReportOptions extends DumpOptions {
  tsv: boolean;
}

export function nameReportCommand(host: CommandHost): Command {
  return dumpCommand('name-report', 'Every object with its type, the evidence and the reason, a line each', [
    'heapknot name-report app.heap --exe app --tsv > names.tsv',
    'heapknot name-report app.heap --tsv | cut -f 3 | sort | uniq -c',
  ])
    .option('--tsv', 'address, type, evidence, size and reason, separated by tabs (the only form)', false)
    .action((file: string, options: NameReportOptions) => host.answer(answer(host, file, options)));
}

async function answer(host: CommandHost, file: string, options: NameReportOptions): Promise<ExitCode> {
  if (options.json || !options.tsv) throw new UsageError('name-report writes tab-separated values only: give --tsv');
  return withDump(host.io, file, options, async ({ out, session, summary }) => {
    await out.write(
      notes(summary)
        .map((note) => `# ${note}\n`)
        .join(''),
    );
    const { rows } = await listing(Infinity, (range) => session.names(range));
    await writeLines(out, rows);
    return EXIT.answered;
  });
}

function notes({ naming }: Summary): string[] {
  const { executable, objects, contradictions } = naming;
  return [
    executable === null ? 'By the dump alone.' : `Executable ${executable.file}: ${executable.verdict}`,
    `Objects by evidence: ${objects.exact} exact, ${objects.likely} likely, ${objects.kind} kind, ${objects.shape} shape.`,
    ...contradictionNotes(contradictions),
    'address\ttype\tevidence\tsize\treason',
  ];
}

function contradictionNotes(contradictions: Summary['naming']['contradictions']): string[] {
  if (contradictions.length === 0) return ['Contradictions: none.'];
  const objects = contradictions.reduce((sum, one) => sum + one.objects, 0);
  return [
    `Contradictions: ${objects} objects are told to be two things, by what counts as certain.`,
    ...contradictions.map((one) => `  ${one.objects} × ${oneLine(one.believed)}, not ${oneLine(one.refused)}`),
  ];
}

/** Text collected before it is written. */
const CHUNK = 1 << 16;

async function writeLines(out: Output, rows: AsyncIterable<NameRow>): Promise<void> {
  let text = '';
  for await (const row of rows) {
    text += lineOf(row);
    if (text.length < CHUNK) continue;
    await out.write(text);
    text = '';
  }
  if (text !== '') await out.write(text);
}

function lineOf({ address, type, evidence, size, reason }: NameRow): string {
  return `${[address, oneLine(type ?? ''), evidence, size, oneLine(reason)].join('\t')}\n`;
}

/** Names come from a file that anybody may have written. */
function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}
