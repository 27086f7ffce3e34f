/** Other programs that the command line starts: the window, a browser. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The same way as `npm start`: Electron where it can run, else the page in a browser. Resolves with the exit code. */
export function startWindow(packageFolder: string, files: readonly string[]): Promise<number> {
  const script = resolve(packageFolder, 'scripts/start.mjs');
  const paths = files.map((file) => resolve(file));
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [script, ...paths], { stdio: 'inherit' });
    // Ctrl+C reaches both processes; this one waits for the other to end in order.
    const wait = () => {};
    process.on('SIGINT', wait);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', wait);
      settle(signal === null ? (code ?? 0) : 130);
    });
  });
}

/** Hands an address to the system; false where there is no desktop to hand it to. */
export function openBrowser(url: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const [command, ...before] = openerFor(process.platform);
  const hasDesktop =
    process.platform === 'win32' || process.platform === 'darwin' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (!hasDesktop) return Promise.resolve(false);
  return new Promise((settle) => {
    const child = spawn(command, [...before, url], { stdio: 'ignore', detached: true });
    child.once('error', () => settle(false));
    child.once('spawn', () => {
      child.unref();
      settle(true);
    });
  });
}

function openerFor(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return ['xdg-open'];
}
