/** What is said of the executable that names come from, the same in the window and on the command line. */
import type { ExecutableFacts } from '../api/rows';

/** `orders (go1.19.8, with DWARF)`; only the file where nothing could be read of it. */
function executableSource({ file, goVersion, stripped, debug }: ExecutableFacts): string {
  if (goVersion === '') return file;
  return `${file} (${goVersion}, ${debug ? 'with DWARF' : stripped ? 'stripped' : 'without DWARF'})`;
}

/** What is taken from it, in half a sentence without its end. */
export function executableUse(executable: ExecutableFacts): string {
  const source = executableSource(executable);
  switch (executable.level) {
    case 'full':
    case 'types':
      return `Names come from ${source}`;
    case 'functions':
      return `Only functions are named by ${source}`;
    case 'none':
      return `${source} is not used`;
  }
}

/** What to know of it besides its verdict, which says what an executable without debug information lacks; null where that is nothing. */
export function executableNote({ matches, debug }: ExecutableFacts): string | null {
  return matches && debug
    ? 'If the program that ran was stripped, this is an unstripped rebuild of it: debug information moves nothing.'
    : null;
}
