import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/**
 * Three builds: everything that runs under Node or Electron's main process (`main`: the shell, the command line, the engine's hosts), the
 * sandboxed preload (CommonJS, one file) and the page. `node20` because the command line and the server run under plain Node too.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: {
          index: resolve(here, 'src/main/index.ts'),
          cli: resolve(here, 'src/cli/main.ts'),
          'analysis.thread': resolve(here, 'workers/hosts/analysis.thread.ts'),
          'analysis.process': resolve(here, 'workers/hosts/analysis.process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src/renderer'),
    plugins: [react()],
    build: {
      minify: 'oxc',
      // One chunk of about 1 MB, read from this machine: splitting it would save nothing.
      chunkSizeWarningLimit: 2048,
      // Fonts stay files: the content security policy allows no data: URLs for them.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: resolve(here, 'src/renderer/index.html') } },
    },
  },
});
