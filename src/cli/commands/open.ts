/** `heapknot open`: the window; a browser where there is none. */
import { Command } from 'commander';
import { EngineError } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import type { Io } from '../io';

export function openCommand(host: CommandHost): Command {
  return new Command('open')
    .description('Open the window (in a browser where the desktop app cannot start)')
    .argument('[file]', 'the dump to open (default: the bundled sample)')
    .addHelpText('after', '\nExamples:\n  $ heapknot open app.heap\n  $ heapknot open')
    .action((file: string | undefined) => host.answer(open(host.io, file)));
}

async function open(io: Io, file: string | undefined): Promise<ExitCode> {
  if (file !== undefined && !io.fileExists(file)) {
    throw new EngineError('CannotRead', `cannot read ${file}: there is no such file`);
  }
  const code = await io.startWindow(file === undefined ? [] : [file]);
  return Object.values(EXIT).find((known) => known === code) ?? EXIT.unreadable;
}
