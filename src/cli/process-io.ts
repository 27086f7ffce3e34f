/** The machine as it is: this process's streams, files and signals. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { WriteStream } from 'node:tty';
import { EngineError } from '../../workers/api';
import { createDirectSession } from '../../workers/hosts/direct';
import { sampleIn } from '../page/bundled';
import { startServer } from '../server/server';
import { OutputClosed, UsageError } from './exit';
import type { Io, Output } from './io';
import { openBrowser, startWindow } from './processes';

/** Ctrl+C, a polite end, and the end of the terminal that the program was started in. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `packageFolder`: where package.json lies; the built page, the engine's thread and the sample are found from there. */
export function processIo(packageFolder: string): Io {
  return {
    out: outputTo(process.stdout),
    err: outputTo(process.stderr),
    env: process.env,
    readInput,
    readFile: readText,
    writeFile: writeWhole,
    fileExists: existsSync,
    onInterrupt(listener) {
      // Once: whoever presses a second time means it, and the signal's own effect ends the process.
      for (const signal of INTERRUPTS) process.once(signal, listener);
      return () => {
        for (const signal of INTERRUPTS) process.off(signal, listener);
      };
    },
    createSession: createDirectSession,
    startServer: async (files, executable, port) =>
      startServer({
        files: [...files],
        executable,
        sample: await sampleIn(packageFolder),
        rendererFolder: resolve(packageFolder, 'out/renderer'),
        threadEntry: resolve(packageFolder, 'out/main/analysis.thread.js'),
        ...(port === null ? {} : { port }),
      }).catch((error: unknown) => {
        // Its messages are for a person: the port is taken, the page is not built.
        throw new UsageError(messageOf(error));
      }),
    openBrowser: (url) => openBrowser(url, process.env),
    startWindow: (files) => startWindow(packageFolder, files),
  };
}

function outputTo(stream: WriteStream): Output {
  let closed = false;
  // A pipe whose reader went away reports it here as well as in the callback below; unheard, it would end the process with a stack trace.
  stream.on('error', () => {
    closed = true;
  });
  return {
    isTerminal: stream.isTTY,
    // Zero columns is what a terminal says that does not know its width.
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : null,
    write: (chunk) =>
      new Promise((resolve, reject) => {
        if (closed) reject(new OutputClosed());
        else stream.write(chunk, (error) => (error ? reject(new OutputClosed()) : resolve()));
      }),
  };
}

async function readInput(): Promise<string> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new EngineError('CannotRead', `${path} cannot be read: ${messageOf(error)}`);
  }
}

async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, contents);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
