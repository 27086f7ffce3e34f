/** What the window does with a file that is handed to it, in the desktop program and in a browser. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError, type AnalysisSession, type ExecutableFacts } from '../../workers/api';
import type { Host } from '../../src/renderer/connection/host';
import { closeDump, openDump, start } from '../../src/renderer/state/dump';
import { chooseExecutable, saveNames, takeFile } from '../../src/renderer/state/given-files';
import { useNotice } from '../../src/renderer/state/notice';
import { SUMMARY } from '../engine/cli/double';

const file = (name: string, contents: Uint8Array | string): File => new File([contents as BlobPart], name);
const ELF = file('app', '\x7fELF\x02');
const DUMP = file('a.heap', 'go1.7 heap dump\n');

const facts = (level: ExecutableFacts['level']): ExecutableFacts => ({
  ...{ file: 'app', goVersion: 'go1.24.4', stripped: false, debug: true, level },
  ...{ matches: level === 'full' || level === 'types', verdict: 'How it was checked.' },
});

let level: ExecutableFacts['level'];
let taken: unknown[];
let opened: string[];
let host: Host;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { documentElement: { dataset: {} }, hidden: true });
  vi.stubGlobal('localStorage', undefined);
  level = 'full';
  taken = [];
  opened = [];
  const summary = () => ({ ...SUMMARY, naming: { ...SUMMARY.naming, executable: facts(level) } });
  const session: Partial<AnalysisSession> = {
    open: async ({ file: name }) => {
      opened.push(name);
      return SUMMARY;
    },
    close: async () => undefined,
    summary: async () => summary(),
    status: async () => ({
      ...{ state: 'empty', file: null, running: null, phases: [], objects: 0 },
      ...{ memory: { used: 0, peak: 0, estimate: null }, names: { generation: 1, running: false, problem: null } },
    }),
    takeNames: async (executable) => {
      taken.push(executable);
      if (executable === '/d/wrong') throw new EngineError('CannotRead', 'This executable did not write the dump: x.');
      if (executable === '/d/late') throw new EngineError('Cancelled', 'Stopped.');
      return summary();
    },
    identities: async () => ({ total: 0, offset: 0, rows: [] }),
    giveNames: async (names) => Object.keys(names) as `0x${string}`[],
  };
  host = {
    kind: 'desktop',
    session: session as AnalysisSession,
    files: async () => [],
    initialFile: null,
    chooseFile: async () => null,
    canChooseFiles: true,
    chooseExecutable: async () => '/d/chosen',
    giveExecutable: async ({ name }) => `/d/${name}`,
    pathOfDropped: ({ name }) => `/d/${name}`,
    onOpen: () => () => undefined,
    onGone: () => () => undefined,
    restart: async () => undefined,
  };
});
afterEach(async () => {
  closeDump();
  await vi.advanceTimersByTimeAsync(10);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A window with the dump open. */
async function open(overrides: Partial<Host> = {}): Promise<void> {
  await start({ ...host, ...overrides });
  await openDump('/d/open.heap');
  opened.length = 0;
}

const said = (): unknown => useNotice.getState().notice;

describe('an executable', () => {
  it.each([
    ['full', 'done', 'Names come from app (go1.24.4, with DWARF).'],
    ['types', 'warn', 'Names come from app (go1.24.4, with DWARF).'],
    ['functions', 'warn', 'Only functions are named by app (go1.24.4, with DWARF).'],
  ] as const)('of level %s names the open dump, and says so', async (which, tone, text) => {
    await open();
    level = which;
    await takeFile(ELF);
    expect(taken).toEqual(['/d/app']);
    expect(said()).toEqual({ tone, text, detail: 'How it was checked.' });
  });

  it('that is refused, cancelled or cannot be had says why', async () => {
    await open({
      giveExecutable: async ({ name }) => {
        if (name === 'huge') throw new EngineError('BadRequest', 'An executable has at most 3 bytes.');
        return `/d/${name}`;
      },
    });
    await takeFile(file('wrong', '\x7fELF'));
    expect(said()).toMatchObject({
      tone: 'bad',
      text: 'wrong is not used.',
      detail: 'This executable did not write the dump: x.',
    });
    await takeFile(file('late', '\x7fELF'));
    expect(said()).toMatchObject({ tone: 'warn', text: 'late was not used: naming was cancelled.' });
    await takeFile(file('huge', '\x7fELF'));
    expect(said()).toMatchObject({ tone: 'bad', detail: 'An executable has at most 3 bytes.' });
  });

  it('is chosen with the system’s dialog, or picked where there is none', async () => {
    await open();
    await chooseExecutable(async () => ELF);
    await open({ canChooseFiles: false });
    await chooseExecutable(async () => ELF);
    await chooseExecutable(async () => null);
    expect(taken).toEqual(['/d/chosen', '/d/app']);
  });

  it('is given again to a dump that is opened again, unless it was of no use', async () => {
    await open();
    await takeFile(ELF);
    await takeFile(file('wrong', '\x7fELF'));
    closeDump();
    await openDump('/d/open.heap');
    await openDump('/d/other.heap');
    expect(taken).toEqual(['/d/app', '/d/wrong', '/d/app']);
  });

  it('waits for its dump', async () => {
    await start(host);
    await takeFile(ELF);
    expect(taken).toEqual([]);
    expect(said()).toMatchObject({ tone: 'bad', text: 'Open the dump first, then give it app.' });
  });
});

describe('a dump', () => {
  it('is opened where the host knows its path', async () => {
    await open();
    await takeFile(DUMP);
    expect(opened).toEqual(['/d/a.heap']);
  });

  it.each([
    ['browser', 'A browser does not tell where a.heap lies.'],
    ['desktop', 'a.heap is no file of this machine.'],
  ] as const)('is told in words where it does not: %s', async (kind, text) => {
    await open({ kind, pathOfDropped: () => null });
    await takeFile(DUMP);
    expect(opened).toEqual([]);
    expect(said()).toMatchObject({ tone: 'bad', text });
  });

  it('that is handed over while the window begins is the newer wish', async () => {
    let handOver: ((file: string) => void) | null = null;
    const asked = host.session.status;
    const status: AnalysisSession['status'] = async () => {
      const first = handOver;
      handOver = null;
      first?.('/d/late.heap');
      return asked();
    };
    const onOpen: Host['onOpen'] = (listener) => {
      handOver = listener;
      return () => undefined;
    };
    await start({ ...host, onOpen, initialFile: '/d/early.heap', session: { ...host.session, status } });
    await vi.advanceTimersByTimeAsync(10);
    expect(opened).toEqual(['/d/late.heap']);
  });
});

describe('any other file', () => {
  it('takes no open dump away, and is for the engine to tell where none is open', async () => {
    await open();
    await takeFile(file('notes.txt', 'what I saw'));
    expect(opened).toEqual([]);
    expect(said()).toMatchObject({ text: 'notes.txt is neither a Go heap dump nor an executable.' });
    closeDump();
    await takeFile(file('notes.txt', 'what I saw'));
    expect(opened).toEqual(['/d/notes.txt']);
  });

  it('of names is used, or refused with what is wrong', async () => {
    await open();
    await takeFile(file('n.json', '{"schema":"heapknot/given-names/1","names":{"0x10":"x.Y"}}'));
    expect(said()).toMatchObject({ text: expect.stringContaining('1 are for no type of this dump') as string });
    await takeFile(file('n.json', '{}'));
    expect(said()).toMatchObject({ tone: 'bad', text: 'n.json is not used.' });
    await saveNames(() => expect.unreachable());
    expect(said()).toMatchObject({ tone: 'warn', text: 'No type of this dump was named by hand.' });
  });
});
