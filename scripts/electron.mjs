// Whether the desktop app can be run here, and by which program.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The npm package, which comes without Electron's program: that is fetched when it is first wanted. */
export const ELECTRON = resolve(import.meta.dirname, '../node_modules/electron');

/** Why no window can be shown here, whatever is installed; null where one can. */
export function noDesktop() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid() === 0) return 'Electron does not run as root';
  return null;
}

/** Where Electron's own package looks for the program; there need not be one. */
export function electronProgram() {
  const pathFile = join(ELECTRON, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  return join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(ELECTRON, 'dist'), name);
}
