import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';

/** The sample dump that comes with the program, in a package's folder; null where it is not installed. */
export async function sampleIn(packageFolder: string): Promise<string | null> {
  const folder = resolve(packageFolder, 'fixtures/dumps/sample');
  const names = await readdir(folder).catch(() => []);
  const dump = names.find((name) => name.endsWith('.heap'));
  return dump === undefined ? null : resolve(folder, dump);
}
