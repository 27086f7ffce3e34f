/** The completion scripts for three shells, from a plain description of the commands. */

export interface Completable {
  name: string;
  description: string;
  options: { long: string; description: string; takesValue: boolean; choices: readonly string[] }[];
  /** Words that may stand in the place of an argument; none where a file does. */
  words: readonly string[];
}

export function bashCompletions(commands: readonly Completable[]): string {
  const cases = commands.map(({ name, options, words }) => {
    const candidates = [...options.map((option) => option.long), ...words].join(' ');
    return `    ${name}) words='${candidates}' ;;`;
  });
  const values = choicesOf(commands).map(([long, choices]) => {
    return `    ${long}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`;
  });
  return `# heapknot completions for bash
_heapknot() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$current") $(compgen -f -- "$current"))
    return
  fi
  case "$previous" in
${values.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ "$current" == -* ]] || COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -F _heapknot heapknot
`;
}

export function zshCompletions(commands: readonly Completable[]): string {
  const names = commands.map(({ name, description }) => `    '${name}:${zshText(description)}'`);
  const cases = commands.map((command) => {
    const options = command.options.map(zshOption);
    const rest = command.words.length > 0 ? `'*:argument:(${command.words.join(' ')})'` : "'*:file:_files'";
    return `    ${command.name}) _arguments ${[...options, rest].join(' ')} ;;`;
  });
  return `#compdef heapknot
_heapknot() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
# Sourced, this names the function; found along fpath, the file is the function's first call.
if [[ "$funcstack[1]" == _heapknot ]]; then _heapknot "$@"; else compdef _heapknot heapknot; fi
`;
}

function zshOption({ long, description, takesValue, choices }: Completable['options'][number]): string {
  const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : '';
  return `'${long}[${zshText(description)}]${value}'`;
}

/** Inside single quotes and inside \`[…]\` or before \`:\` of zsh's little language. */
function zshText(text: string): string {
  return text.replaceAll("'", '’').replace(/[[\]:\\]/g, '\\$&');
}

export function fishCompletions(commands: readonly Completable[]): string {
  const lines = commands.flatMap((command) => {
    const inIt = `__fish_seen_subcommand_from ${command.name}`;
    return [
      `complete -c heapknot -n __fish_use_subcommand -a ${command.name} -d ${fishText(command.description)}`,
      ...command.options.map((option) => `complete -c heapknot -n '${inIt}' ${fishOption(option)}`),
      ...command.words.map((word) => `complete -c heapknot -n '${inIt}' -f -a ${word}`),
    ];
  });
  return `# heapknot completions for fish\n${lines.join('\n')}\n`;
}

function fishOption({ long, description, takesValue, choices }: Completable['options'][number]): string {
  const value = choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : takesValue ? ' -r' : '';
  return `-l ${long.replace(/^--/, '')}${value} -d ${fishText(description)}`;
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Options with a fixed choice of values, each once: where commands differ, with the values of all of them. */
function choicesOf(commands: readonly Completable[]): [string, readonly string[]][] {
  const all = new Map<string, Set<string>>();
  for (const { long, choices } of commands.flatMap(({ options }) => options)) {
    if (choices.length > 0) all.set(long, new Set([...(all.get(long) ?? []), ...choices]));
  }
  return [...all].map(([long, choices]) => [long, [...choices]]);
}
