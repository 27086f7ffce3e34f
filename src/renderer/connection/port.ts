/** The page in the desktop shell: the engine is a process of its own at the other end of a message port. */
import { ENGINE_PORT, type DesktopBridge } from '../../preload/bridge';
import { EngineError, type AnalysisSession, type ReplyMessage } from '../../../workers/api';
import type { Host } from './host';
import { MortalEndpoint } from './mortal-endpoint';
import { remoteSession } from './remote-session';

/** Connects to the engine that the shell has started. */
export async function connectToShell(bridge: DesktopBridge): Promise<Host> {
  const line = new EngineLine(bridge);
  const openListeners = new Set<(file: string) => void>();
  bridge.onOpen((file) => {
    for (const listener of openListeners) listener(file);
  });

  await line.connect();
  // Asked last: a file that the system hands over until now is in the answer, a later one finds the page listening.
  const { initialFile } = await bridge.files();
  return {
    kind: 'desktop',
    session: remembering(remoteSession(line.endpoint), bridge),
    files: async () => (await bridge.files()).files,
    initialFile,
    chooseFile: () => bridge.chooseFile(),
    canChooseFiles: true,
    chooseExecutable: () => bridge.chooseExecutable(),
    giveExecutable: async (file) => pathOf(file, bridge),
    pathOfDropped: (file) => bridge.pathOfDropped(file) || null,
    onOpen: (listener) => {
      openListeners.add(listener);
      return () => openListeners.delete(listener);
    },
    onGone: (listener) => line.endpoint.onGone(listener),
    restart: () => line.connect(),
  };
}

/** The endpoint and the port behind it, which is another one after each restart. */
class EngineLine {
  readonly endpoint = new MortalEndpoint();
  readonly #bridge: DesktopBridge;
  /** Why the engine has ended, where that is known before its port has arrived. */
  readonly #ends: string[] = [];

  constructor(bridge: DesktopBridge) {
    this.#bridge = bridge;
    bridge.onGone((reason) => {
      this.#ends.push(reason);
      this.endpoint.end(reason);
    });
  }

  /** Asks the shell for an engine and joins the port that comes for it. Rejects where none can be started. */
  async connect(): Promise<void> {
    this.#ends.length = 0;
    const [port] = await Promise.all([enginePort(), this.#bridge.requestEngine()]);
    port.onmessage = (event: MessageEvent<ReplyMessage>) => this.endpoint.deliver(event.data);
    this.endpoint.connect((call) => port.postMessage(call));
    for (const reason of this.#ends) this.endpoint.end(reason);
  }
}

/** The next port that the preload script passes on. Messages of any other window are not looked at. */
function enginePort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent<unknown>): void => {
      if (event.source !== window || event.data !== ENGINE_PORT || event.ports.length !== 1) return;
      window.removeEventListener('message', listen);
      resolve(event.ports[0]);
    };
    window.addEventListener('message', listen);
  });
}

function pathOf(file: File, bridge: DesktopBridge): string {
  const path = bridge.pathOfDropped(file);
  if (path === '') throw new EngineError('CannotRead', `${file.name} is no file of this machine.`);
  return path;
}

/** The same session, which tells the shell of every dump that was opened. */
function remembering(session: AnalysisSession, bridge: DesktopBridge): AnalysisSession {
  return {
    ...session,
    open: async (request) => {
      const summary = await session.open(request);
      bridge.opened(request.file);
      return summary;
    },
  };
}
