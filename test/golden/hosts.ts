/** Every way in which the same engine can be asked. Each gives a session with no dump open; file names are paths. */
import { EventEmitter } from 'node:events';
import { Engine } from '../../src/server/engine';
import { MortalEndpoint } from '../../src/renderer/connection/mortal-endpoint';
import { remoteSession } from '../../src/renderer/connection/remote-session';
import type { AnalysisSession, ReplyMessage } from '../../workers/api';
import { createDirectSession } from '../../workers/hosts/direct';
import { serveElectronPort } from '../../workers/hosts/endpoints';
import { testServer } from '../shell/server-kit';
import { buildEntry } from '../support/build-entry';
import { servedSession } from './served-session';

export interface RunningHost {
  session: AnalysisSession;
  stop(): Promise<void>;
}

/** `files`: the paths that will be opened; the server has to know them beforehand. */
type StartHost = (files: string[]) => Promise<RunningHost>;

export const HOSTS: Record<string, StartHost> = {
  /** The command line. */
  direct: async () => {
    const session = createDirectSession();
    return { session, stop: () => session.close() };
  },

  /** The loopback server's thread. */
  thread: async () => {
    const entry = await buildEntry('workers/hosts/analysis.thread.ts');
    const engine = new Engine(entry.path);
    const endpoint = new MortalEndpoint();
    endpoint.connect((call) => void engine.call(call).then((reply) => endpoint.deliver(reply)));
    return {
      session: remoteSession(endpoint),
      stop: async () => {
        await engine.stop();
        await entry.remove();
      },
    };
  },

  /** The same thread with all of the server before it, over HTTP. */
  'loopback server': async (files) => {
    const entry = await buildEntry('workers/hosts/analysis.thread.ts');
    const site = await testServer({ files, sample: null, threadEntry: entry.path });
    return {
      session: servedSession(site.server.url),
      stop: async () => {
        await site.stop();
        await entry.remove();
      },
    };
  },

  /** The desktop's wire: a port as Electron's utility process gets it, here in one process. */
  'utility process': async () => {
    const engine = createDirectSession();
    const [page, process] = electronPorts();
    serveElectronPort(engine, process);
    const endpoint = new MortalEndpoint();
    page.on('message', ({ data }: { data: ReplyMessage }) => endpoint.deliver(data));
    page.start();
    endpoint.connect((call) => page.postMessage(call));
    return { session: remoteSession(endpoint), stop: () => engine.close() };
  },
};

/** Two joined ports as MessagePortMain is: silent until started, messages cloned and wrapped in an event. */
class PortDouble extends EventEmitter {
  other: PortDouble = this;
  private started = false;
  private readonly waiting: unknown[] = [];

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    setImmediate(() => this.other.take(data));
  }

  start(): void {
    this.started = true;
    for (const data of this.waiting.splice(0)) this.take(data);
  }

  private take(data: unknown): void {
    if (this.started) this.emit('message', { data, ports: [] });
    else this.waiting.push(data);
  }
}

export function electronPorts(): [PortDouble, PortDouble] {
  const [a, b] = [new PortDouble(), new PortDouble()];
  a.other = b;
  b.other = a;
  return [a, b];
}
