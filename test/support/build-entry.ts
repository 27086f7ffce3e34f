/** Builds one entry of the program into a folder of its own, as the real build does: threads and processes start from built files only. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface BuiltEntry {
  /** The path of the built file. */
  path: string;
  remove(): Promise<void>;
}

/** `entry` counts from the project's root. Packages are built in, so the file runs from anywhere. */
export async function buildEntry(entry: string): Promise<BuiltEntry> {
  const folder = await mkdtemp(join(tmpdir(), 'heapknot-entry-'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return {
    path: join(folder, `${basename(entry, '.ts')}.mjs`),
    remove: () => rm(folder, { recursive: true }),
  };
}
