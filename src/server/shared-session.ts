/**
 * One engine behind all windows of a server. Windows name dumps, the engine gets paths; a window that opens the dump which is open joins it
 * (so a reload costs nothing); and a window whose dump another window has replaced is told so, never answered about the wrong dump.
 */
import { stat } from 'node:fs/promises';
import { EngineError, throwReply, thrownBy, type CallMessage, type ReplyMessage } from '../../workers/api';
import type { DumpList } from './dump-list';
import type { Engine } from './engine';
import type { GivenExecutable } from './given-executable';

interface Opened {
  name: string;
  /** The request, and the dump's size and time when it was made: equal keys mean that the same answer would come. */
  key: string;
  reply: Promise<ReplyMessage>;
}

export class SharedSession {
  readonly #engine: Pick<Engine, 'call' | 'restart'>;
  readonly #dumps: DumpList;
  readonly #given: Pick<GivenExecutable, 'pathOf'>;
  #opened: Opened | null = null;

  constructor(engine: Pick<Engine, 'call' | 'restart'>, dumps: DumpList, given: Pick<GivenExecutable, 'pathOf'>) {
    this.#engine = engine;
    this.#dumps = dumps;
    this.#given = given;
  }

  /** `windowsDump`: the name of the dump that the asking window shows; null where it shows none. Never rejects. */
  async call(call: CallMessage, windowsDump: string | null): Promise<ReplyMessage> {
    switch (call.path[0]) {
      case 'open':
        return this.#open(call);
      case 'status':
        return this.#status(call);
      case 'close':
        this.#opened = null;
        return this.#engine.call(call);
      case 'cancel':
        return this.#engine.call(call);
      case 'takeNames':
        return this.#replaced(call, windowsDump) ?? this.#takeNames(call);
      default:
        return this.#replaced(call, windowsDump) ?? this.#engine.call(call);
    }
  }

  /** A fresh engine where the last one has ended; it has no dump open. */
  restart(): void {
    if (this.#engine.restart()) this.#opened = null;
  }

  async #open(call: CallMessage): Promise<ReplyMessage> {
    const request = asOpenRequest(call.argumentList[0]?.value);
    const path = this.#dumps.pathOf(request.file);
    if (path === null) return throwReply(call.id, this.#unknownDump(request.file));
    const executable = this.#executableFor(request.file, request.executable);
    if (executable === null) return throwReply(call.id, unknownExecutable(request.executable));

    const key = [request.file, request.strict, await versionOf(path), String(executable.path)].join('\n');
    if (this.#opened?.key === key) return this.#join(call, this.#opened);
    const { file: _name, executable: _asked, ...rest } = request;
    const value = { ...rest, file: path, ...(executable.path === undefined ? {} : { executable: executable.path }) };
    const opening: Opened = { name: request.file, key, reply: this.#engine.call(withArgument(call, value)) };
    this.#opened = opening;
    void opening.reply.then((reply) => {
      if (thrownBy(reply) !== null && this.#opened === opening) this.#opened = null;
    });
    return opening.reply;
  }

  /** The summary of a dump that is open or about to be; its names may have come since it was opened. */
  async #join(call: CallMessage, { reply }: Opened): Promise<ReplyMessage> {
    const opened = await reply;
    if (thrownBy(opened) !== null) return { ...opened, id: call.id };
    return this.#engine.call({ ...call, path: ['summary'], argumentList: [] });
  }

  /** The engine gets a path where the window gives a name: of the executable that it uploaded, or that the server was started with. */
  async #takeNames(call: CallMessage): Promise<ReplyMessage> {
    const asked = call.argumentList.at(0)?.value;
    const executable = this.#executableFor(this.#opened?.name ?? '', asked);
    if (executable === null) return throwReply(call.id, unknownExecutable(asked));
    return this.#engine.call(withArgument(call, executable.path));
  }

  #executableFor(dump: string, asked: unknown): { path: string | null | undefined } | null {
    const path = this.#given.pathOf(asked);
    return path === null ? this.#dumps.executableFor(dump, asked) : { path };
  }

  /** The engine knows a path where windows know a name. */
  async #status(call: CallMessage): Promise<ReplyMessage> {
    const reply = await this.#engine.call(call);
    if (reply.type !== 'RAW' || typeof reply.value !== 'object') return reply;
    return { ...reply, value: { ...reply.value, file: this.#opened?.name ?? null } };
  }

  #replaced(call: CallMessage, windowsDump: string | null): ReplyMessage | null {
    const name = this.#opened?.name;
    if (name === undefined || windowsDump === null || windowsDump === name) return null;
    return throwReply(
      call.id,
      new EngineError('NothingOpen', `Another window of this server has opened ${name}. Open ${windowsDump} again.`),
    );
  }

  #unknownDump(asked: string): EngineError {
    const names = this.#dumps.names.join(', ') || 'no dump';
    return new EngineError(
      'CannotRead',
      `This server may not open ${JSON.stringify(asked)}. It was started with: ${names}. Start it again with that file.`,
    );
  }
}

function asOpenRequest(value: unknown): {
  file: string;
  strict: boolean;
  names: 'first' | 'later';
  executable: unknown;
} {
  const request = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { file, strict, names, executable } = request;
  return {
    file: typeof file === 'string' ? file : '',
    strict: strict === true,
    names: names === 'later' ? 'later' : 'first',
    executable,
  };
}

function withArgument(call: CallMessage, value: unknown): CallMessage {
  return { ...call, argumentList: [{ type: 'RAW', value }] };
}

function unknownExecutable(asked: unknown): EngineError {
  return new EngineError(
    'CannotRead',
    `This server may not read ${JSON.stringify(asked)} as an executable. Start it again with --exe and that file.`,
  );
}

/** Tells a file from what it was before; the engine says what is wrong with one that cannot be read. */
async function versionOf(path: string): Promise<string> {
  const facts = await stat(path).catch(() => null);
  return facts === null ? 'unreadable' : `${facts.size} ${facts.mtimeMs}`;
}
