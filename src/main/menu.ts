import { basename } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  /** Asks for a file and opens it. */
  choose: () => void;
  open: (file: string) => void;
  clearRecent: () => void;
  help: () => void;
}

/** The native menu. `sample` null where none is installed. */
export function menuTemplate(
  platform: NodeJS.Platform,
  recent: readonly string[],
  sample: string | null,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    fileMenu(platform, recent, sample, actions),
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'How to Write a Heap Dump', click: actions.help },
        ...(platform === 'darwin' ? [] : [{ role: 'about' } as const]),
      ],
    },
  ];
}

function fileMenu(
  platform: NodeJS.Platform,
  recent: readonly string[],
  sample: string | null,
  actions: MenuActions,
): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: '&Open…', accelerator: 'CmdOrCtrl+O', click: actions.choose },
      { label: 'Open &Recent', enabled: recent.length > 0, submenu: recentMenu(recent, actions) },
      { label: 'Open the &Sample', enabled: sample !== null, click: () => sample !== null && actions.open(sample) },
      { type: 'separator' },
      platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
    ],
  };
}

/** Base names, with the folder where two files share one. */
function recentMenu(recent: readonly string[], actions: MenuActions): MenuItemConstructorOptions[] {
  const names = recent.map((file) => basename(file));
  const items = recent.map((file, i) => ({
    label: names.filter((name) => name === names[i]).length > 1 ? file : names[i],
    toolTip: file,
    click: () => actions.open(file),
  }));
  return [...items, { type: 'separator' }, { label: 'Clear the List', click: actions.clearRecent }];
}
