/** The page's side of the desktop shell, over a double of what the preload script hands it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallMessage } from '../../workers/api';
import { ENGINE_PORT, type DesktopBridge } from '../../src/preload/bridge';
import { connectToShell } from '../../src/renderer/connection/port';

/** The window's messages, and a shell with an engine that answers each call with its name. */
class Shell {
  readonly window = new EventTarget();
  readonly opened: string[] = [];
  engines = 0;
  tellGone: (reason: string) => void = () => undefined;
  tellOpen: (file: string) => void = () => undefined;
  #ports: MessagePort[] = [];

  readonly bridge: DesktopBridge = {
    files: async () => ({
      files: [{ file: '/d/a.heap', name: 'a.heap', bytes: 1, modified: 2, kind: 'recent' }],
      initialFile: '/d/a.heap',
    }),
    chooseFile: async () => '/d/b.heap',
    chooseExecutable: async () => '/d/app',
    pathOfDropped: (file) => (file.name === 'nowhere' ? '' : `/d/${file.name}`),
    opened: (file) => {
      this.opened.push(file);
    },
    onOpen: (listener) => (this.tellOpen = listener),
    onGone: (listener) => (this.tellGone = listener),
    requestEngine: async () => this.#startEngine(),
  };

  /** A message as the window gets it; `source` null stands for another window. */
  post(data: unknown, ports: MessagePort[], source: unknown = this.window): void {
    this.window.dispatchEvent(Object.assign(new Event('message'), { data, ports, source }));
  }

  close(): void {
    for (const port of this.#ports) port.close();
  }

  #startEngine(): void {
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1, port2);
    const engine = ++this.engines;
    port1.onmessage = (event: MessageEvent<CallMessage>) => {
      const { id, path } = event.data;
      if (path[0] !== 'cycles') port1.postMessage({ id, type: 'RAW', value: `${path[0]} by engine ${engine}` });
    };
    queueMicrotask(() => this.post(ENGINE_PORT, [port2]));
  }
}

let shell: Shell;
beforeEach(() => {
  shell = new Shell();
  vi.stubGlobal('window', shell.window);
});
afterEach(() => {
  shell.close();
  vi.unstubAllGlobals();
});

describe('a page of the desktop shell', () => {
  it('calls the engine over the port that the shell sends', async () => {
    const host = await connectToShell(shell.bridge);
    expect(await host.session.summary()).toBe('summary by engine 1');
    expect([host.kind, host.initialFile, host.canChooseFiles]).toEqual(['desktop', '/d/a.heap', true]);
    expect(await host.files()).toHaveLength(1);
  });

  it('begins with the file that was handed over last, be it while the engine starts', async () => {
    let file = '/d/early.heap';
    const bridge: DesktopBridge = {
      ...shell.bridge,
      files: async () => ({ files: [], initialFile: file }),
      requestEngine: async () => {
        file = '/d/late.heap';
        shell.tellOpen(file);
        await shell.bridge.requestEngine();
      },
    };
    expect((await connectToShell(bridge)).initialFile).toBe('/d/late.heap');
  });

  it('takes no port from another window, and no other message', async () => {
    const { port1, port2 } = new MessageChannel();
    const stray = vi.fn();
    port1.onmessage = stray;
    const bridge = { ...shell.bridge, requestEngine: async () => undefined };
    let connected = false;
    const connecting = connectToShell(bridge).then((host) => {
      connected = true;
      return host;
    });
    await Promise.resolve();
    shell.post(ENGINE_PORT, [port2], null);
    shell.post('something else', [port2]);
    shell.post(ENGINE_PORT, []);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(connected).toBe(false);
    void shell.bridge.requestEngine();
    expect(await (await connecting).session.summary()).toBe('summary by engine 1');
    expect(stray).not.toHaveBeenCalled();
    port1.close();
  });

  it('outlives its engine', async () => {
    const host = await connectToShell(shell.bridge);
    const gone = vi.fn();
    host.onGone(gone);
    const waiting = host.session.cycles({ offset: 0, limit: 1 });
    shell.tellGone('The engine has ended (code 9).');
    await expect(waiting).rejects.toMatchObject({ name: 'EngineGone', message: 'The engine has ended (code 9).' });
    await expect(host.session.summary()).rejects.toMatchObject({ name: 'EngineGone' });
    await host.restart();
    expect(await host.session.summary()).toBe('summary by engine 2');
    expect(gone.mock.calls).toEqual([['The engine has ended (code 9).']]);
  });

  it('hears of an engine that ends before its port has arrived', async () => {
    const bridge = {
      ...shell.bridge,
      requestEngine: async () => {
        await shell.bridge.requestEngine();
        shell.tellGone('It ended at once.');
      },
    };
    const { session } = await connectToShell(bridge);
    await expect(session.status()).rejects.toMatchObject({ name: 'EngineGone', message: 'It ended at once.' });
  });

  it('says so where no engine can be started', async () => {
    const requestEngine = () => Promise.reject(new Error('No engine could be started.'));
    await expect(connectToShell({ ...shell.bridge, requestEngine })).rejects.toThrow('No engine could be started.');
  });

  it('opens what the shell, the dialog and a drop name, and tells what was opened', async () => {
    const host = await connectToShell(shell.bridge);
    const listener = vi.fn();
    const stop = host.onOpen(listener);
    shell.tellOpen('/d/c.heap');
    stop();
    shell.tellOpen('/d/d.heap');
    expect(listener.mock.calls).toEqual([['/d/c.heap']]);
    expect(await host.chooseFile()).toBe('/d/b.heap');
    expect(host.pathOfDropped(new File([], 'e.heap'))).toBe('/d/e.heap');
    expect(host.pathOfDropped(new File([], 'nowhere'))).toBeNull();
    expect(await host.chooseExecutable()).toBe('/d/app');
    expect(await host.giveExecutable(new File([], 'app'))).toBe('/d/app');
    await expect(host.giveExecutable(new File([], 'nowhere'))).rejects.toThrow('nowhere is no file of this machine.');
    await host.session.open({ file: '/d/c.heap' });
    expect(shell.opened).toEqual(['/d/c.heap']);
  });
});
