/** `heapknot completions`: scripts that teach a shell the commands and options. Made from the program itself, so they cannot lag behind it. */
import { Argument, Command } from 'commander';
import type { CommandHost } from '../command-host';
import { bashCompletions, fishCompletions, zshCompletions } from '../completion-scripts';
import type { Completable } from '../completion-scripts';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';

const SCRIPTS = { bash: bashCompletions, zsh: zshCompletions, fish: fishCompletions };
type Shell = keyof typeof SCRIPTS;

export function completionsCommand(host: CommandHost): Command {
  const command = new Command('completions');
  return command
    .description('Print completions for a shell')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', `\nExamples:\n${EXAMPLES}`)
    .action((shell: Shell) => host.answer(print(host, shell, command.parent)));
}

const EXAMPLES = `  $ source <(heapknot completions bash)
  $ heapknot completions zsh > "\${fpath[1]}/_heapknot"
  $ heapknot completions fish > ~/.config/fish/completions/heapknot.fish`;

async function print(host: CommandHost, shell: Shell, program: Command | null): Promise<ExitCode> {
  await host.io.out.write(SCRIPTS[shell]((program?.commands ?? []).map(completable)));
  return EXIT.answered;
}

function completable(command: Command): Completable {
  return {
    name: command.name(),
    description: command.description(),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map((option) => ({
        long: option.long ?? '',
        description: option.description,
        takesValue: option.required || option.optional,
        choices: option.argChoices ?? [],
      })),
    words: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  };
}
