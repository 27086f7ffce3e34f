/** The page in a browser, on the loopback server: one `POST /rpc` for each call. */
import {
  decodeMessage,
  encodeMessage,
  EngineError,
  throwReply,
  type CallMessage,
  type HostFiles,
  type ReplyMessage,
  type Utf8,
} from '../../../workers/api';
import type { Host } from './host';
import { MortalEndpoint } from './mortal-endpoint';
import { remoteSession } from './remote-session';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const utf8: Utf8 = { encode: (text) => encoder.encode(text), decode: (bytes) => decoder.decode(bytes) };

const NO_ANSWER = 'The server does not answer any more. Start `heapknot` again and open the address that it prints.';

/** Connects to the server that the page came from. Rejects with a message for a person where the token is missing or refused. */
export async function connectToServer(token: string): Promise<Host> {
  const server = new Server(token);
  const { files, initialFile } = (await server.ask('/files')) as HostFiles;

  const endpoint = new MortalEndpoint();
  const connect = (): void =>
    endpoint.connect((call) => {
      void server.call(call).then((reply) => endpoint.deliver(reply));
    });
  connect();

  return {
    kind: 'browser',
    session: remoteSession(endpoint),
    files: async () => ((await server.ask('/files').catch(() => ({ files }))) as HostFiles).files,
    initialFile,
    chooseFile: async () => null,
    canChooseFiles: false,
    chooseExecutable: async () => null,
    giveExecutable: (file) => server.give(file),
    pathOfDropped: () => null,
    onOpen: () => () => undefined,
    onGone: (listener) => endpoint.onGone(listener),
    restart: async () => {
      await server.ask('/restart');
      connect();
    },
  };
}

/** The few requests that the server answers. */
class Server {
  readonly #token: string;
  /** The dump that this window shows: the server answers about no other. */
  #dump = '';

  constructor(token: string) {
    this.#token = token;
  }

  /** A call of the session; resolves in any case, at worst with a reply that throws. */
  async call(call: CallMessage): Promise<ReplyMessage> {
    if (call.path[0] === 'open') this.#dump = fileOf(call);
    try {
      const body = encodeMessage(call, utf8);
      const response = await this.#post('/rpc', body as Uint8Array<ArrayBuffer>);
      if (!response.ok) return throwReply(call.id, await refused(response));
      return decodeMessage(new Uint8Array(await response.arrayBuffer()), utf8) as ReplyMessage;
    } catch (error) {
      // `fetch` and a body that breaks off reject with a TypeError, as `encodeMessage` does for what cannot be sent.
      const unsent = error instanceof TypeError && error.message.startsWith('A message cannot carry');
      return throwReply(call.id, unsent ? error : new EngineError('EngineGone', NO_ANSWER));
    }
  }

  /** Sends a whole executable and resolves with the name that the server keeps it under. Rejects with a message for a person. */
  async give(file: File): Promise<string> {
    const response = await this.#post('/executable', file, { 'x-heapknot-name': encodeURIComponent(file.name) }).catch(
      () => {
        // a server that refuses closes the connection before it has read everything; one that is gone answers nobody
        throw new EngineError('CannotRead', `${file.name} could not be sent to the server.`);
      },
    );
    if (!response.ok) throw await refused(response);
    return ((await response.json()) as { name: string }).name;
  }

  /** Any other request; rejects with a message for a person. */
  async ask(path: '/files' | '/restart'): Promise<unknown> {
    const response = await this.#post(path, null).catch(() => {
      throw new EngineError('EngineGone', NO_ANSWER);
    });
    if (!response.ok) throw await refused(response);
    return response.json();
  }

  #post(
    path: string,
    body: Uint8Array<ArrayBuffer> | Blob | null,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(path, {
      method: 'POST',
      headers: { ...headers, 'x-heapknot-token': this.#token, 'x-heapknot-dump': encodeURIComponent(this.#dump) },
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
  }
}

function fileOf(call: CallMessage): string {
  const request = call.argumentList[0]?.value as { file?: unknown } | undefined;
  return typeof request?.file === 'string' ? request.file : '';
}

/** What a refusal means for the page: a key that fits no more is the end of the engine for it; the rest is a defect. */
async function refused(response: Response): Promise<Error> {
  const message = await response.text().catch(() => response.statusText);
  return new EngineError(response.status === 401 ? 'EngineGone' : 'BadRequest', message);
}
