// A loader of Node's: for a start of the built main process under test, `electron` is the double that was made for this start.
export async function resolve(specifier, context, next) {
  const start = context.parentURL === undefined ? null : new URL(context.parentURL).searchParams.get('start');
  if (specifier !== 'electron' || start === null) return next(specifier, context);
  const names = 'app, BrowserWindow, Menu, MessageChannelMain, dialog, ipcMain, protocol, shell, utilityProcess';
  const text = `export const { ${names} } = globalThis[Symbol.for('doubles of Electron')].get('${start}');`;
  return { url: `data:text/javascript,${encodeURIComponent(text)}`, format: 'module', shortCircuit: true };
}
