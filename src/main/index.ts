/** Entry of the desktop program. */
import * as electron from 'electron';
import { resolve } from 'node:path';
import { filesInArguments } from './arguments';
import { startShell } from './desktop-shell';

const { app } = electron;
const filesIn = (argv: string[], folder: string): string[] => filesInArguments(argv, folder, app.isPackaged);

startShell(electron, {
  packageFolder: resolve(import.meta.dirname, '../..'),
  platform: process.platform,
  files: filesIn(process.argv, process.cwd()),
  beginWithSample: !app.isPackaged,
  filesIn,
}).catch((error: unknown) => {
  electron.dialog.showErrorBox('Heapknot could not start', error instanceof Error ? error.message : String(error));
  app.exit(1);
});
