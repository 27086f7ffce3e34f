/** A session's host without files, threads or a clock: everything that happens is counted or caused by the test. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { EngineError } from '../../../workers/api/errors';
import { ArraySource } from '../../../workers/dump/byte-source';
import type { ExecutableFile, SessionHost } from '../../../workers/session/running/host';

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/dumps/${name}`, import.meta.url));
}

export class TestHost implements SessionHost {
  readonly limits = { maxArrayBytes: 2 ** 31, maxTotalBytes: Infinity };
  /** Files by name, besides the fixtures. */
  readonly files = new Map<string, Uint8Array>();
  /** Executables by name; `DUMP beside` lies beside DUMP. */
  readonly executables = new Map<string, Uint8Array>();
  readonly opened: TestSource[] = [];
  pauses = 0;
  /** Called in each pause, with its number: where a message would get in. */
  onPause: (pause: number) => void = () => undefined;
  private clock = 0;

  async openSource(file: string): Promise<TestSource> {
    const bytes = this.files.get(file) ?? readFixture(file);
    const source = new TestSource(bytes, file);
    this.opened.push(source);
    return source;
  }

  async openExecutable(file: string): Promise<ExecutableFile> {
    const bytes = this.executables.get(file);
    if (!bytes) throw new EngineError('CannotRead', `${file} cannot be read: there is no such file`);
    return { name: file, bytes: bytes.slice() };
  }

  async executableBeside(dump: string): Promise<ExecutableFile | null> {
    return this.executables.has(`${dump} beside`) ? this.openExecutable(`${dump} beside`) : null;
  }

  inflate(stream: Uint8Array, size: number): Uint8Array {
    return inflateSync(stream, { maxOutputLength: Math.max(1, size) });
  }

  /** Lets everything run that waits for nothing but its turn. */
  async pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.onPause(++this.pauses);
  }

  /** A second passes at every look, so that each slice ends at the first chance. */
  now(): number {
    return (this.clock += 1000);
  }
}

function readFixture(file: string): Uint8Array {
  try {
    return readFileSync(fixture(file));
  } catch {
    throw new EngineError('CannotRead', `${file} cannot be read: there is no such file`);
  }
}

/** Counts how often it was closed, and refuses to be read after that. */
export class TestSource extends ArraySource {
  closed = 0;

  override async read(offset: number, into: Uint8Array): Promise<number> {
    if (this.closed > 0) throw new EngineError('CannotRead', `${this.name} has been closed`);
    return super.read(offset, into);
  }

  override async close(): Promise<void> {
    this.closed++;
  }
}
