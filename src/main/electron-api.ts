import type * as Electron from 'electron';

/**
 * The part of Electron that the shell uses. It is handed in (by index.ts, the only file that imports `electron` at run time), so that all else
 * runs in tests under plain Node, against a double of these few calls.
 */
export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'Menu'
  | 'MessageChannelMain'
  | 'dialog'
  | 'ipcMain'
  | 'protocol'
  | 'shell'
  | 'utilityProcess'
>;
