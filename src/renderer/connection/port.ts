/** The page in the desktop shell: the engine is a process of its own at the other end of a message port. */
import type { AnalysisSession, ReplyMessage } from '../../../workers/api';
import { ENGINE_PORT, type DesktopBridge } from './desktop-bridge';
import type { Host } from './host';
import { MortalEndpoint } from './mortal-endpoint';
import { remoteSession } from './remote-session';

/** Connects to the engine that the shell has started. */
export async function connectToShell(bridge: DesktopBridge): Promise<Host> {
  const endpoint = new MortalEndpoint();
  bridge.onGone((reason) => endpoint.end(reason));
  const openListeners = new Set<(file: string) => void>();
  bridge.onOpen((file) => {
    for (const listener of openListeners) listener(file);
  });

  const { initialFile } = await bridge.files();
  await connectEngine(endpoint, bridge);
  return {
    kind: 'desktop',
    session: remembering(remoteSession(endpoint), bridge),
    files: async () => (await bridge.files()).files,
    initialFile,
    chooseFile: () => bridge.chooseFile(),
    canChooseFiles: true,
    pathOfDropped: (file) => bridge.pathOfDropped(file) || null,
    onOpen: (listener) => {
      openListeners.add(listener);
      return () => openListeners.delete(listener);
    },
    onGone: (listener) => endpoint.onGone(listener),
    restart: () => connectEngine(endpoint, bridge),
  };
}

/** Asks the shell for an engine and joins the port that comes for it. */
async function connectEngine(endpoint: MortalEndpoint, bridge: DesktopBridge): Promise<void> {
  const arriving = enginePort();
  bridge.requestEngine();
  const port = await arriving;
  port.onmessage = (event: MessageEvent<ReplyMessage>) => endpoint.deliver(event.data);
  endpoint.connect((call) => port.postMessage(call));
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
