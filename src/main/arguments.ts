import { resolve } from 'node:path';

/**
 * The files among a program's arguments, as whole paths. Before them stand the program's own path and, where it was started as
 * `electron FOLDER`, that folder; Chromium adds switches anywhere.
 */
export function filesInArguments(argv: string[], folder: string, isPackaged: boolean): string[] {
  const words = argv.filter((word) => !word.startsWith('--'));
  return words.slice(isPackaged ? 1 : 2).map((word) => resolve(folder, word));
}
