/** `Menu`: the menu as the person finds it, to be pressed by the names of its items. */
import type { MenuItemConstructorOptions } from 'electron';

/** Those of Electron's that the program uses; any other is no role for this double. */
const ROLES = [
  'about',
  'appMenu',
  'close',
  'editMenu',
  'help',
  'quit',
  'reload',
  'resetZoom',
  'toggleDevTools',
  'togglefullscreen',
  'windowMenu',
  'zoomIn',
  'zoomOut',
];

export class Menu {
  readonly items: readonly MenuItemConstructorOptions[];

  constructor(template: MenuItemConstructorOptions[]) {
    template.forEach(check);
    this.items = template;
  }

  /** The item at the end of a way of labels or roles. Throws where there is none, or where something on the way cannot be pressed. */
  item(way: string[]): MenuItemConstructorOptions {
    let items = this.items;
    let found: MenuItemConstructorOptions | undefined;
    for (const name of way) {
      found = items.find(({ label, role }) => label?.replace('&', '') === name || role === name);
      if (found === undefined) throw new Error(`The menu has no ${way.join(' → ')}.`);
      if (found.enabled === false) throw new Error(`${name} in the menu cannot be pressed.`);
      items = Array.isArray(found.submenu) ? found.submenu : [];
    }
    if (found === undefined) throw new Error('A way into the menu has at least one step.');
    return found;
  }
}

/** Electron refuses an item that is neither of a kind nor called anything. */
function check(item: MenuItemConstructorOptions): void {
  if (item.role !== undefined && !ROLES.includes(item.role)) throw new Error(`Unknown role ${item.role}.`);
  if (item.role === undefined && item.type !== 'separator' && (item.label ?? '') === '')
    throw new Error('A menu item wants a label, a role or a type.');
  if (Array.isArray(item.submenu)) item.submenu.forEach(check);
}
