/** The `heapknot` command as a whole: its subcommands, its help, and the way from an error to an exit code. */
import { Command, CommanderError } from 'commander';
import type { CommandHost } from './command-host';
import { closuresCommand } from './commands/closures';
import { completionsCommand } from './commands/completions';
import { cutsCommand } from './commands/cuts';
import { cyclesCommand } from './commands/cycles';
import { dominatorsCommand } from './commands/dominators';
import { exportCommand } from './commands/export';
import { findingsCommand } from './commands/findings';
import { freeCommand } from './commands/free';
import { goroutinesCommand } from './commands/goroutines';
import { identitiesCommand } from './commands/identities';
import { knotCommand } from './commands/knot';
import { nameReportCommand } from './commands/name-report';
import { objectCommand } from './commands/object';
import { objectsCommand } from './commands/objects';
import { openCommand } from './commands/open';
import { pathCommand } from './commands/path';
import { poolsCommand } from './commands/pools';
import { retentionCommand } from './commands/retention';
import { pprofCommand } from './commands/pprof';
import { rootsCommand } from './commands/roots';
import { serveCommand } from './commands/serve';
import { summaryCommand } from './commands/summary';
import { typesCommand } from './commands/types';
import { endOf, EXIT } from './exit';
import type { ExitCode } from './exit';
import type { Io } from './io';

/** In the order in which a person meets them. */
const SUBCOMMANDS: readonly ((host: CommandHost) => Command)[] = [
  summaryCommand,
  retentionCommand,
  pprofCommand,
  findingsCommand,
  cyclesCommand,
  knotCommand,
  freeCommand,
  cutsCommand,
  pathCommand,
  objectCommand,
  objectsCommand,
  typesCommand,
  closuresCommand,
  poolsCommand,
  dominatorsCommand,
  goroutinesCommand,
  rootsCommand,
  exportCommand,
  identitiesCommand,
  nameReportCommand,
  serveCommand,
  openCommand,
  completionsCommand,
];

/** Runs one command line (`argv` without the interpreter and the script) and returns its exit code. Never rejects. */
export async function runHeapknot(argv: readonly string[], io: Io, version: string): Promise<ExitCode> {
  let code: ExitCode = EXIT.answered;
  const host: CommandHost = {
    io,
    async answer(running) {
      code = await running;
    },
  };
  const pending: Promise<void>[] = [];
  const program = buildProgram(host, version);
  configure(program, io, pending);
  try {
    await program.parseAsync(withDefaultCommand(program, argv, io), { from: 'user' });
  } catch (error) {
    code = await codeOf(error, io);
  }
  await Promise.allSettled(pending);
  return code;
}

/** The program with all its subcommands; nothing runs before `parseAsync`. */
function buildProgram(host: CommandHost, version: string): Command {
  const program = new Command('heapknot')
    .description('Explore reference cycles, retained sizes and root paths in Go heap dumps')
    .usage('<command> <file> [arguments] [options]\n       heapknot <file>')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', HELP_TAIL);
  for (const build of SUBCOMMANDS) program.addCommand(build(host));
  return program;
}

const HELP_TAIL = `
Write a dump from a Go program:
  f, _ := os.Create("app.heap")
  debug.WriteHeapDump(f.Fd())   // runtime/debug

Examples:
  $ heapknot app.heap                        what is in it
  $ heapknot findings app.heap --exe app     what looks wrong, and what to do about it
  $ heapknot cycles app.heap                 its reference cycles
  $ heapknot path app.heap 0xc000123456      why is this object alive?

Exit codes:
  0 answered   1 what was asked for is not there, or what --fail-on names is   2 wrong usage   3 the input cannot be read   130 interrupted`;

/** Commander writes synchronously and exits by itself; here it writes to our streams and throws instead. */
function configure(command: Command, io: Io, pending: Promise<void>[]): void {
  command.helpOption('-h, --help', 'print this help').exitOverride();
  // Defaults stand in the descriptions, as words; commander would print its own “(default: false)” behind each.
  command.configureHelp({
    optionDescription: (option) => option.description,
    argumentDescription: (argument) => argument.description,
  });
  command.configureOutput({
    writeOut: (text) => pending.push(io.out.write(text)),
    writeErr: (text) => pending.push(io.err.write(text.replace(/^error: /, 'heapknot: '))),
    getOutHelpWidth: () => io.out.columns ?? 100,
    getErrHelpWidth: () => io.err.columns ?? 100,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  command.showHelpAfterError(`(heapknot ${command.parent === null ? '' : `${command.name()} `}--help tells more)`);
  for (const child of command.commands) configure(child, io, pending);
}

/** `heapknot FILE` means `heapknot summary FILE`, where FILE looks like one and is no command's name. */
function withDefaultCommand(program: Command, argv: readonly string[], io: Io): readonly string[] {
  const first = argv.at(0);
  if (first === undefined || first.startsWith('-') || first === 'help') return argv;
  if (program.commands.some((command) => command.name() === first)) return argv;
  return /[./\\]/.test(first) || io.fileExists(first) ? ['summary', ...argv] : argv;
}

async function codeOf(error: unknown, io: Io): Promise<ExitCode> {
  // Commander has already written its message; help and version "fail" with 0, help for lack of a command with 1.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.answered : EXIT.usage;
  const { code, message } = endOf(error);
  if (message !== null) await io.err.write(`heapknot: ${message}\n`).catch(() => {});
  return code;
}
