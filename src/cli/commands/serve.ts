/** `heapknot serve`: the window's page on the loopback address, for a browser. */
import { basename } from 'node:path';
import { Command } from 'commander';
import { EngineError } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import type { Io } from '../io';
import { wholeNumber } from '../options';

interface ServeOptions {
  port?: number;
  exe?: string;
  open?: true;
}

export function serveCommand(host: CommandHost): Command {
  return new Command('serve')
    .description('Show dumps in a browser, from this machine only')
    .argument('[files...]', 'dumps that the page may open, the first at once (default: the bundled sample)')
    .option('--port <n>', 'the port to listen on (default: a free one)', wholeNumber)
    .option(
      '--exe <file>',
      'the executable that wrote the dumps, for names of types (default: the one beside each dump)',
    )
    .option('--open', 'open the page in a browser')
    .addHelpText('after', EXAMPLES)
    .action((files: string[], options: ServeOptions) => host.answer(serve(host.io, files, options)));
}

const EXAMPLES = `
The address carries a token, without which nothing is answered: whoever has it can read the dumps.

Examples:
  $ heapknot serve app.heap --exe app
  $ heapknot serve before.heap after.heap --port 8080 --open`;

/** Serves until Ctrl+C. */
async function serve(io: Io, files: readonly string[], { port, exe, open }: ServeOptions): Promise<ExitCode> {
  const read = exe === undefined ? files : [...files, exe];
  const missing = read.find((file) => !io.fileExists(file));
  if (missing !== undefined) throw new EngineError('CannotRead', `cannot read ${missing}: there is no such file`);
  const interrupted = new Promise<void>((resolve) => io.onInterrupt(resolve));
  const server = await io.startServer(files, exe ?? null, port ?? null);
  try {
    const what = files.length > 0 ? files.map((file) => basename(file)).join(', ') : 'the sample';
    await io.out.write(`Serving ${what} at ${server.url}\n`);
    if (open === true && !(await io.openBrowser(server.url))) {
      await io.err.write('heapknot: no browser could be started; open the address above\n');
    }
    await io.err.write('Press Ctrl+C to stop.\n');
    await interrupted;
    return EXIT.interrupted;
  } finally {
    await server.close();
  }
}
