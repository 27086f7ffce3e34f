// Opens the app on FILE, or on the bundled sample: in Electron's window, or where that cannot be had, in a browser on the loopback address.
//   npm start            npm start -- FILE
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ELECTRON, electronProgram, noDesktop } from './electron.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
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

/** Why Electron's program cannot be run; null where it can. */
function noElectron() {
  if (!existsSync(ELECTRON)) return 'Electron is not installed';
  if (existsSync(electronProgram())) return null;
  console.log('heapknot: fetching the program of Electron, once …');
  spawnSync(process.execPath, [join(ELECTRON, 'install.js')], { stdio: 'ignore' });
  return existsSync(electronProgram()) ? null : 'the program of Electron could not be fetched';
}

/** Resolves with an exit code once the window is closed. */
async function openWindow() {
  const started = Date.now();
  const code = await run(electronProgram(), [PROJECT, ...files]);
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
