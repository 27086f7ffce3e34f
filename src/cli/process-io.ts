/** The machine as it is: this process's streams, files and signals. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { WriteStream } from 'node:tty';
import { createDirectSession } from '../../workers/hosts/direct';
import { OutputClosed, UsageError } from './exit';
import type { Io, Output } from './io';

export function processIo(): Io {
  return {
    out: outputTo(process.stdout),
    err: outputTo(process.stderr),
    env: process.env,
    readInput,
    writeFile: writeWhole,
    fileExists: existsSync,
    onInterrupt(listener) {
      // Once: whoever presses a second time means it, and the signal's own effect ends the process.
      process.once('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
    createSession: createDirectSession,
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
    columns: stream.isTTY ? stream.columns : null,
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

async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, contents);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
