// Opens the app on FILE, or on the bundled sample: in Electron's window, or where that cannot be had, in a browser on the loopback address.
//   npm start            npm start -- FILE
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '..');
const ELECTRON = join(PROJECT, 'node_modules/electron');
/** Electron that ends with an error this soon did not start at all: a library of the system is missing, as a rule. */
const START_MS = 5000;

// npm runs scripts in the project's folder; a relative path means the folder that it was typed in.
const files = process.argv.slice(2).map((file) => resolve(process.env.INIT_CWD ?? '.', file));
const missing = files.find((file) => !existsSync(file));
if (missing !== undefined) {
  console.error(`heapknot: ${missing} cannot be read: there is no such file`);
  process.exit(3);
}

const obstacle = noDesktop() ?? noElectron();
process.exitCode = obstacle === null ? await openWindow() : await serve(obstacle);

/** Why no window can be shown here, whatever is installed; null where one can. */
function noDesktop() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid() === 0) return 'Electron does not run as root';
  return null;
}

/** Why Electron's program cannot be run; null where it can. It is not part of the npm package and is fetched once, when first wanted. */
function noElectron() {
  if (!existsSync(ELECTRON)) return 'Electron is not installed';
  if (existsSync(electronProgram())) return null;
  console.log('heapknot: fetching the program of Electron, once …');
  spawnSync(process.execPath, [join(ELECTRON, 'install.js')], { stdio: 'ignore' });
  return existsSync(electronProgram()) ? null : 'the program of Electron could not be fetched';
}

/** Where Electron's own package looks for it. */
function electronProgram() {
  const pathFile = join(ELECTRON, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  return join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(ELECTRON, 'dist'), name);
}

/** Resolves with an exit code once the window is closed. */
async function openWindow() {
  const started = Date.now();
  const named = files.length > 0 ? files : sample();
  const code = await run(electronProgram(), [PROJECT, ...named]);
  const failed = code !== 0 && code !== 130 && Date.now() - started < START_MS;
  return failed ? serve(`Electron ended at once with code ${code}`) : code;
}

/** The same app in a browser, until Ctrl+C. */
async function serve(reason) {
  console.log(`heapknot: no window here (${reason}); the same app is served for a browser on this machine.`);
  const code = await run(process.execPath, [join(PROJECT, 'bin/heapknot.mjs'), 'serve', ...browser(), ...files]);
  // Ctrl+C is how one ends it.
  return code === 130 ? 0 : code;
}

/** A browser is opened only where one could be seen. */
function browser() {
  return noDesktop() === 'there is no display' ? [] : ['--open'];
}

function sample() {
  const folder = join(PROJECT, 'fixtures/dumps/sample');
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.heap')) : undefined;
  return name === undefined ? [] : [join(folder, name)];
}

/** Runs a program to its end. Ctrl+C reaches it as well as this one, which waits for it to end in order. */
function run(program, parameters) {
  return new Promise((settle) => {
    const child = spawn(program, parameters, { stdio: 'inherit' });
    const wait = () => undefined;
    const pass = () => child.kill('SIGINT');
    process.on('SIGINT', wait);
    process.on('SIGTERM', pass);
    child.on('error', (error) => {
      console.error(`heapknot: ${error.message}`);
      settle(1);
    });
    child.on('exit', (code, signal) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', pass);
      settle(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
