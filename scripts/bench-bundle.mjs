// The engine as it is shipped, for benches: bundled, so that no import costs anything in a hot loop.
import { build } from 'vite';

/** Bundles entry files, each to `NAME.mjs` in a folder that is emptied before. */
export async function bundleBench(entries, folder) {
  const input = Object.fromEntries(entries.map((entry) => [entry.replace(/^.*\/|\.ts$/g, ''), entry]));
  const rollupOptions = { input, output: { entryFileNames: '[name].mjs' } };
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: true, outDir: folder, emptyOutDir: true, target: 'node20', minify: false, rollupOptions },
  });
}
