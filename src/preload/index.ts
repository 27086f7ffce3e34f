/** Runs in the page's sandbox, before the page: hands it the bridge and passes on the engine's port. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { HostFiles } from '../../workers/api';
import { CHANNELS, ENGINE_PORT, type DesktopBridge } from './bridge';

/** All that this script uses of the page. */
declare const window: { postMessage(message: unknown, origin: string, ports: readonly unknown[]): void };
declare const location: { readonly origin: string };

const bridge: DesktopBridge = {
  files: () => ipcRenderer.invoke(CHANNELS.files) as Promise<HostFiles>,
  chooseFile: () => ipcRenderer.invoke(CHANNELS.chooseFile) as Promise<string | null>,
  chooseExecutable: () => ipcRenderer.invoke(CHANNELS.chooseExecutable) as Promise<string | null>,
  pathOfDropped: (file) => webUtils.getPathForFile(file),
  opened: (file) => ipcRenderer.send(CHANNELS.opened, file),
  onOpen: (listener) => void ipcRenderer.on(CHANNELS.open, (_event, file: string) => listener(file)),
  onGone: (listener) => void ipcRenderer.on(CHANNELS.gone, (_event, reason: string) => listener(reason)),
  requestEngine: () => ipcRenderer.invoke(CHANNELS.requestEngine) as Promise<void>,
};

contextBridge.exposeInMainWorld('heapknot', bridge);

// The context bridge cannot carry a port; a message of the window can. The page checks that it comes from its own window.
ipcRenderer.on(CHANNELS.enginePort, (event) => window.postMessage(ENGINE_PORT, location.origin, event.ports));
