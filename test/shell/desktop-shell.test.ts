/** The desktop program, played through over a double of Electron. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostFiles } from '../../workers/api';
import { filesInArguments } from '../../src/main/arguments';
import { startShell } from '../../src/main/desktop-shell';
import { PAGE_URL } from '../../src/main/protocol';
import { CHANNELS } from '../../src/preload/bridge';
import { electronDouble } from './electron-double';

let folder: string;
let sample: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heapknot-desktop-'));
  sample = join(folder, 'fixtures/dumps/sample/ring.heap');
  await mkdir(join(folder, 'fixtures/dumps/sample'), { recursive: true });
  await mkdir(join(folder, 'out/renderer/assets'), { recursive: true });
  await writeFile(sample, 'sample');
  await writeFile(join(folder, 'out/renderer/index.html'), '<html><head></head></html>');
  await writeFile(join(folder, 'out/renderer/assets/main.css'), 'body {}');
});
afterEach(() => rm(folder, { recursive: true }));

async function start(files: string[] = [], platform: NodeJS.Platform = 'linux', beginWithSample = false) {
  const { electron, system } = electronDouble(folder);
  const filesIn = (argv: string[], from: string) => filesInArguments(argv, from, true);
  await startShell(electron, { packageFolder: folder, platform, files, beginWithSample, filesIn });
  return system;
}

type System = Awaited<ReturnType<typeof start>>;
const filesOf = async (system: System) => (await system.ask(CHANNELS.files)) as HostFiles;

describe('the window', () => {
  it('is sandboxed, shows the page, and appears when there is something to see', async () => {
    const window = (await start()).window();
    expect(window.url).toBe(PAGE_URL);
    expect(window.options.webPreferences).toEqual({
      preload: join(folder, 'out/preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(window.shown).toBe(false);
    window.emit('ready-to-show');
    expect(window.shown).toBe(true);
  });

  it('goes nowhere else', async () => {
    const { webContents } = (await start()).window();
    const leave = (url: string): boolean => {
      let prevented = false;
      webContents.emit('will-navigate', { url, preventDefault: () => (prevented = true) });
      return !prevented;
    };
    expect(leave(`${PAGE_URL}#/cycles`)).toBe(true);
    for (const url of ['https://evil.example/', 'file:///etc/passwd', 'app://heapknot.evil/', 'app://other/'])
      expect(leave(url)).toBe(false);
  });

  it('opens no other window; known help goes to the browser', async () => {
    const system = await start();
    const { webContents } = system.window();
    for (const url of [
      'https://evil.example/',
      'file:///x',
      'https://go.dev.evil.example/',
      'https://pkg.go.dev/runtime',
    ])
      expect(webContents.openHandler({ url })).toEqual({ action: 'deny' });
    expect(system.outside).toEqual(['https://pkg.go.dev/runtime']);
  });

  it('takes no embedded page, and is granted nothing but copying', async () => {
    const { webContents } = (await start()).window();
    let prevented = 0;
    webContents.emit('will-attach-webview', { preventDefault: () => prevented++ });
    expect(prevented).toBe(1);
    const asked = ['media', 'geolocation', 'clipboard-read', 'openExternal', 'clipboard-sanitized-write'];
    const answers: boolean[] = [];
    for (const permission of asked) webContents.decide(null, permission, (granted) => answers.push(granted));
    expect(answers).toEqual([false, false, false, false, true]);
    expect(asked.map((permission) => webContents.check(null, permission))).toEqual(answers);
  });

  it('whose page fails offers to load it again', async () => {
    const system = await start();
    const window = system.window();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await new Promise(setImmediate);
    expect(window.webContents.reloads).toBe(1);
    system.button = 1;
    window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    await new Promise(setImmediate);
    system.app.emit('activate');
    expect(system.windows()).toBe(2);
  });
});

describe('the page’s own scheme', () => {
  it('is an origin, and serves the built files under the policy', async () => {
    const system = await start();
    const privileges = { standard: true, secure: true, supportFetchAPI: true };
    expect(system.schemes).toEqual([{ scheme: 'app', privileges }]);
    const page = await system.page({ method: 'GET', url: PAGE_URL });
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    const nonce = /'nonce-([^']+)'/.exec(policy)![1];
    expect(await page.text()).toBe(`<html><head><meta property="csp-nonce" nonce="${nonce}"></head></html>`);
    const css = await system.page({ method: 'GET', url: 'app://heapknot/assets/main.css' });
    expect([css.headers.get('content-type'), await css.text()]).toEqual(['text/css; charset=utf-8', 'body {}']);
  });

  it.each([
    ['GET', 'app://heapknot/../../fixtures/dumps/sample/ring.heap'],
    ['GET', 'app://heapknot/assets/%2e%2e/%2e%2e/package.json'],
    ['GET', 'app://heapknot/'],
    ['GET', 'app://other/index.html'],
    ['POST', PAGE_URL],
  ])('answers nothing to %s %s', async (method, url) => {
    expect((await (await start()).page({ method, url })).status).toBe(404);
  });
});

describe('the engine', () => {
  it('is started for the page that asks, and joined by a fresh channel for each load', async () => {
    const system = await start();
    await system.ask(CHANNELS.requestEngine);
    await system.ask(CHANNELS.requestEngine);
    expect(system.children).toHaveLength(1);
    expect(system.children[0].ports).toHaveLength(2);
    expect(new Set(system.window().webContents.ports).size).toBe(2);
    expect(system.window().webContents.sent).toEqual([
      [CHANNELS.enginePort, null],
      [CHANNELS.enginePort, null],
    ]);
  });

  it('that ends unasked is reported, and replaced when the page asks', async () => {
    const system = await start();
    await system.ask(CHANNELS.requestEngine);
    system.children[0].emit('exit', 9);
    expect(system.window().webContents.sent.at(-1)).toEqual([
      CHANNELS.gone,
      'The engine has ended unasked (exit code 9).',
    ]);
    await system.ask(CHANNELS.requestEngine);
    expect(system.children).toHaveLength(2);
    system.children[1].emit('error', 'FatalError', 'v8::Heap');
    system.children[1].emit('exit', 134);
    expect(system.window().webContents.sent.at(-1)).toEqual([
      CHANNELS.gone,
      'The engine has failed (FatalError in v8::Heap).',
    ]);
  });

  it('ends with the program, and that is no crash', async () => {
    const system = await start();
    await system.ask(CHANNELS.requestEngine);
    system.app.emit('will-quit');
    expect(system.children[0].killed).toBe(true);
    expect(system.window().webContents.sent).toEqual([[CHANNELS.enginePort, null]]);
  });
});

describe('a file', () => {
  it('named at the start is opened at once, and again after a reload', async () => {
    const system = await start(['/d/a.heap', '/d/b.heap']);
    expect((await filesOf(system)).initialFile).toBe('/d/a.heap');
    expect((await filesOf(system)).initialFile).toBe('/d/a.heap');
    expect((await filesOf(await start())).initialFile).toBeNull();
    expect((await filesOf(await start([], 'linux', true))).initialFile).toBe(sample);
    expect((await filesOf(await start(['/d/a.heap'], 'linux', true))).initialFile).toBe('/d/a.heap');
  });

  it('of a second start goes to the window that stands', async () => {
    const system = await start();
    system.app.emit('second-instance', {}, ['/bin/heapknot', '--flag', 'c.heap'], '/elsewhere');
    expect(system.window().webContents.sent).toEqual([[CHANNELS.open, '/elsewhere/c.heap']]);
    expect((await filesOf(system)).initialFile).toBe('/elsewhere/c.heap');
    system.app.emit('second-instance', {}, ['/bin/heapknot'], '/elsewhere');
    expect([system.windows(), system.window().focused]).toEqual([1, 2]);
  });

  it('of a second start is not opened by the program that hands it on', async () => {
    const { electron, system } = electronDouble(folder);
    const named = { packageFolder: folder, platform: 'linux', beginWithSample: false, filesIn: () => [] } as const;
    system.app.hasLock = false;
    await startShell(electron, { ...named, files: ['/d/a.heap'] });
    expect([system.app.quits, system.windows(), system.schemes]).toEqual([1, 0, []]);
  });

  it('that the system hands over is opened, before the program is ready and after', async () => {
    const { electron, system } = electronDouble(folder);
    const event = { preventDefault: () => undefined };
    const named = { packageFolder: folder, files: [], beginWithSample: false, filesIn: () => [] };
    system.app.whenReady = async () => void system.app.emit('open-file', event, '/d/early.heap');
    await startShell(electron, { ...named, platform: 'darwin' });
    expect((await filesOf(system)).initialFile).toBe('/d/early.heap');
    system.app.emit('open-file', event, '/d/late.heap');
    expect(system.window().webContents.sent).toEqual([[CHANNELS.open, '/d/late.heap']]);
  });

  it('that is handed over while the program makes itself ready is the one that is opened', async () => {
    const handOver: ((system: System) => void)[] = [
      (system) => system.app.emit('open-file', { preventDefault: () => undefined }, '/d/late.heap'),
      (system) => system.app.emit('second-instance', {}, ['/bin/heapknot', '--flag', 'late.heap'], '/d'),
    ];
    for (const act of handOver) {
      const { electron, system } = electronDouble(folder);
      const filesIn = (argv: string[], from: string) => filesInArguments(argv, from, true);
      const named = { packageFolder: folder, beginWithSample: false, filesIn, platform: 'linux' } as const;
      const starting = startShell(electron, { ...named, files: ['/d/a.heap'] });
      // ready, and the files of the page still to be read
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      act(system);
      await starting;
      expect((await filesOf(system)).initialFile).toBe('/d/late.heap');
    }
  });

  it('that was opened is remembered, the sample is not', async () => {
    const system = await start();
    for (const file of ['/d/a.heap', '/d/b.heap', sample, '/d/a.heap']) system.say(CHANNELS.opened, file);
    expect((await filesOf(system)).files.map(({ file, kind, bytes }) => [file, kind, bytes])).toEqual([
      [sample, 'sample', 6],
      ['/d/a.heap', 'recent', null],
      ['/d/b.heap', 'recent', null],
    ]);
    expect((await filesOf(await start())).files).toHaveLength(3);
    expect(system.app.recent).toEqual(['/d/a.heap', '/d/b.heap', '/d/a.heap']);
  });

  it('is chosen in the system’s dialog', async () => {
    const system = await start();
    expect(await system.ask(CHANNELS.chooseFile)).toBeNull();
    system.chosen = ['/d/chosen.heap'];
    expect(await system.ask(CHANNELS.chooseFile)).toBe('/d/chosen.heap');
  });

  it('gets its executable from a dialog of its own, which opens nothing', async () => {
    const system = await start();
    expect(await system.ask(CHANNELS.chooseExecutable)).toBeNull();
    system.chosen = ['/d/app'];
    expect(await system.ask(CHANNELS.chooseExecutable)).toBe('/d/app');
    expect(system.dialogs).toEqual(new Array(2).fill('Take names from the executable that wrote the dump'));
    expect([system.window().webContents.sent, system.app.recent]).toEqual([[], []]);
  });
});

describe('a frame of any other origin', () => {
  it.each([CHANNELS.files, CHANNELS.chooseFile, CHANNELS.chooseExecutable, CHANNELS.requestEngine])(
    'is refused %s',
    async (channel) => {
      const system = await start();
      await expect(system.ask(channel, 'https://evil.example/')).rejects.toThrow('Only the page');
      expect(system.children).toEqual([]);
    },
  );

  it('cannot add to the recent files', async () => {
    const system = await start();
    system.say(CHANNELS.opened, '/d/a.heap', 'https://evil.example/');
    system.say(CHANNELS.opened, { length: 1 });
    expect((await filesOf(system)).files).toHaveLength(1);
  });
});

describe('the list of recent files', () => {
  const store = () => join(folder, 'user data/recent-files.json');

  it('keeps ten', async () => {
    const system = await start();
    for (let i = 0; i < 12; i++) system.say(CHANNELS.opened, `/d/${i}.heap`);
    const kept = JSON.parse(await readFile(store(), 'utf8')) as string[];
    expect([kept.length, kept[0]]).toEqual([10, '/d/11.heap']);
  });

  it.each(['', '{', '{"length":3}', '[1, null, "/d/a.heap"]'])('survives a store that holds %s', async (text) => {
    await mkdir(join(folder, 'user data'));
    await writeFile(store(), text);
    expect((await filesOf(await start())).files.length).toBe(text.includes('a.heap') ? 2 : 1);
  });

  it('lives without a store', async () => {
    await writeFile(join(folder, 'user data'), 'a file where the folder should be');
    const system = await start();
    system.say(CHANNELS.opened, '/d/a.heap');
    expect((await filesOf(system)).files).toHaveLength(2);
  });
});

describe('the menu', () => {
  const items = (menu: MenuItemConstructorOptions[], label: string) =>
    menu.find((item) => item.label === label)!.submenu as MenuItemConstructorOptions[];
  const press = ({ click }: MenuItemConstructorOptions) => (click as () => void)();
  const fileItem = (system: System, label: string) => items(system.menu, '&File').find((item) => item.label === label)!;

  it('opens by dialog, the sample and recent files', async () => {
    const system = await start();
    system.say(CHANNELS.opened, '/d/a.heap');
    system.say(CHANNELS.opened, '/e/a.heap');
    system.chosen = ['/d/chosen.heap'];
    press(fileItem(system, '&Open…'));
    await new Promise(setImmediate);
    press(fileItem(system, 'Open the &Sample'));
    const recent = items(items(system.menu, '&File'), 'Open &Recent');
    expect(recent.map((item) => item.label)).toEqual(['/e/a.heap', '/d/a.heap', undefined, 'Clear the List']);
    press(recent[1]);
    expect(system.window().webContents.sent.map(([, file]) => file)).toEqual(['/d/chosen.heap', sample, '/d/a.heap']);
    press(recent[3]);
    expect(fileItem(system, 'Open &Recent').enabled).toBe(false);
    expect(system.app.recent).toEqual([]);
  });

  it('begins with the program’s own on macOS, where the window closes and the program stays', async () => {
    const mac = await start([], 'darwin');
    expect(mac.menu[0]).toEqual({ role: 'appMenu' });
    mac.app.emit('window-all-closed');
    expect(mac.app.quits).toBe(0);
    const linux = await start();
    expect(linux.menu[0].label).toBe('&File');
    linux.app.emit('window-all-closed');
    expect(linux.app.quits).toBe(1);
  });
});

describe('the arguments', () => {
  it.each<[string[], boolean, string[]]>([
    [['/bin/heapknot', 'a.heap', '/d/b.heap'], true, ['/here/a.heap', '/d/b.heap']],
    [['/bin/electron', '.', 'a.heap'], false, ['/here/a.heap']],
    [['/bin/heapknot', '--inspect', 'a.heap', '--no-sandbox'], true, ['/here/a.heap']],
    [['/bin/electron', '.'], false, []],
  ])('%j', (argv, isPackaged, files) => {
    expect(filesInArguments(argv, '/here', isPackaged)).toEqual(files);
  });
});
