/** `heapknot pprof`: where the memory is, as a profile that `go tool pprof` reads. */
import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import { RETENTION_BY, type RetentionBy } from '../../../workers/api';
import { counted, formatBytes } from '../../../workers/lib/format';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { withDump } from '../open-dump';
import { dumpCommand, type DumpOptions } from '../options';
import { pprofOf } from '../output/pprof';

interface PprofOptions extends DumpOptions {
  by: RetentionBy;
  output?: string;
}

export function pprofCommand(host: CommandHost): Command {
  return dumpCommand('pprof', 'The same as a profile for go tool pprof: stacks are chains from the roots', [
    'heapknot pprof app.heap -o app.pb.gz && go tool pprof -http :8080 app.pb.gz',
    'heapknot pprof app.heap --exe app --by dominator -o app.pb.gz',
    'go tool pprof -top -sample_index=objects app.pb.gz',
    'go tool pprof -top -diff_base before.pb.gz after.pb.gz',
  ])
    .addOption(
      new Option('--by <way>', 'path: on a shortest way from the roots; dominator: below what it goes with')
        .choices(RETENTION_BY)
        .default('path'),
    )
    .option('-o, --output <file>', 'write here instead of standard output')
    .action((file: string, options: PprofOptions) => host.answer(answer(host, file, options)));
}

async function answer(host: CommandHost, file: string, options: PprofOptions): Promise<ExitCode> {
  const { io } = host;
  const { by, output } = options;
  if (options.json)
    throw new UsageError('a profile has a form of its own; heapknot retention --json tells the same tree');
  if (output === undefined && io.out.isTerminal)
    throw new UsageError('a profile is not for the terminal; write it to a file with --output, or pipe it');
  return withDump(io, file, options, async ({ session, out, summary }) => {
    const { nodes, total, unheld } = await session.retention({ by, limit: Number.MAX_SAFE_INTEGER });
    const amounts = [total, unheld].map(
      ({ objects, bytes }) => `${formatBytes(bytes)} in ${counted(objects, 'object')}`,
    );
    const comment = `${basename(file)}, ${summary.dump.goVersion}: ${amounts[0]} reachable, ${amounts[1]} held by nothing recorded`;
    const profile = pprofOf(nodes, comment);
    if (output === undefined) await out.write(profile);
    else await io.writeFile(output, profile);
    return EXIT.answered;
  });
}
