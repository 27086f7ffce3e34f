/** The window: a sandboxed page that can go nowhere, open nothing and is granted nothing. */
import type { BrowserWindow } from 'electron';
import type { ElectronApi } from './electron-api';
import { isOwnPage, PAGE_URL } from './protocol';

/** Sites that the page links to; the person's browser opens them. */
const HELP_SITES = ['https://pkg.go.dev/', 'https://go.dev/'];

/** Opens the window on the page; it shows itself when there is something to see. */
export function createWindow(electron: ElectronApi, preload: string): BrowserWindow {
  const window = new electron.BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Heapknot',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });
  confine(window, electron);
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window, electron, reason);
  });
  void window.loadURL(PAGE_URL);
  return window;
}

function confine({ webContents }: BrowserWindow, { shell }: ElectronApi): void {
  webContents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    if (HELP_SITES.some((site) => url.startsWith(site))) void shell.openExternal(url);
    return { action: 'deny' };
  });
  // Copying is all that the page ever asks for.
  const granted = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  webContents.session.setPermissionRequestHandler((_contents, permission, decide) => decide(granted(permission)));
  webContents.session.setPermissionCheckHandler((_contents, permission) => granted(permission));
}

/** The page's process has ended (not the engine's, which keeps its dump). */
async function offerReload(window: BrowserWindow, { dialog }: ElectronApi, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window has failed.',
    detail: `Its process has ended (${reason}). The engine still holds the dump.`,
    buttons: ['Reload', 'Close'],
    cancelId: 1,
  });
  if (response === 0) window.webContents.reload();
  else window.close();
}
