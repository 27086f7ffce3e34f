/** Which dump is open, and how opening it goes: the one piece of state besides the place that the whole window shares. */
import { create } from 'zustand';
import { engineErrorName } from '../../../workers/api';
import type { Status, Summary } from '../../../workers/api';
import type { Host, HostFile } from '../connection/host';
import { restoreNames } from './given-names';
import { hold, holdFor } from './idle';
import { fallSilent } from './notice';
import { RequestCache, useAnswerFrom } from './requests';
import type { Answered, Asked, Asking, Question } from './requests';

export type Stage =
  | { name: 'connecting' }
  | { name: 'welcome' }
  | { name: 'opening'; file: string; status: Status | null; cancelling: boolean }
  /** `generation`: of the names that the summary and the cache's answers tell (see `NamesStatus`). */
  | { name: 'open'; file: string; summary: Summary; generation: number; cache: RequestCache }
  /** `error` is the engine's name for it, null for one that it does not know. */
  | { name: 'failed'; file: string | null; error: string | null; message: string }
  | { name: 'gone'; file: string | null; reason: string };

interface DumpState {
  host: Host | null;
  stage: Stage;
  /** What the host can open by name. */
  files: HostFile[];
  /** What the engine said of itself last while a dump is open; null before it has. */
  status: Status | null;
}

export const useDump = create<DumpState>(() => ({
  host: null,
  stage: { name: 'connecting' },
  files: [],
  status: null,
}));

/** How often a running phase is asked for its progress; an answer takes a few milliseconds. */
const POLL_MS = 150;

/** Counts openings, so that what a superseded one still reports is ignored. */
let opening = 0;

function stage(next: Stage): void {
  useDump.setState({ stage: next });
  lookNow();
}

function theHost(): Host {
  const { host } = useDump.getState();
  if (host === null) throw new Error('the window has no host yet');
  return host;
}

/** Takes the host, goes on with a dump that its engine has open already, opens the first file, or welcomes. */
export async function start(host: Host): Promise<void> {
  useDump.setState({ host });
  executables.clear();
  host.onOpen((file) => void openDump(file));
  host.onGone(engineGone);
  void refreshFiles();
  const before = opening;
  try {
    const status = await holdFor(host.session.status());
    // a file that was handed over meanwhile is the newer wish
    if (opening !== before) return;
    if (status.state === 'ready' && (host.initialFile === null || status.file === host.initialFile))
      await adopt(status.file ?? '');
    else if (host.initialFile !== null) await openDump(host.initialFile);
    else stage({ name: 'welcome' });
  } catch (error) {
    stage(failure(host.initialFile, error));
  }
}

/** The page could not reach its engine at all. */
export function failToConnect(error: unknown): void {
  stage(failure(null, error));
}

async function adopt(file: string): Promise<void> {
  const summary = await holdFor(theHost().session.summary());
  showDump(file, summary);
}

/** Opens a dump by the name its host knows it by. Settles when it is open, has failed or was cancelled; the stage says which. */
export async function openDump(file: string): Promise<void> {
  const mine = ++opening;
  const { session } = theHost();
  fallSilent();
  stage({ name: 'opening', file, status: null, cancelling: false });
  const opened = holdFor(session.open({ file, names: 'later' }));
  void follow(mine);
  try {
    const summary = await opened;
    await restoreNames(session, summary);
    if (mine === opening) {
      showDump(file, summary);
      takeNamesAgain(file);
    }
  } catch (error) {
    if (mine !== opening) return;
    const name = engineErrorName(error);
    if (name === 'Cancelled') stage({ name: 'welcome' });
    else if (name === 'EngineGone') engineGone(messageOf(error));
    else stage(failure(file, error));
  }
  opening += mine === opening ? 1 : 0;
  void refreshFiles();
}

function showDump(file: string, summary: Summary): void {
  const cache = new RequestCache(theHost().session, (error) => {
    if (engineErrorName(error) === 'EngineGone') engineGone(error.message);
  });
  // the first look at the engine tells whether the names are newer than that
  useDump.setState({ stage: { name: 'open', file, summary, generation: 0, cache }, status: null });
  void watch(cache);
}

/** How often an open dump's engine is asked what it does: while it works, and while it does not. */
const WORKING_POLL_MS = 250;
const IDLE_POLL_MS = 2000;

/** Ends the pause between two looks at the engine. */
let lookNow = (): void => undefined;

/** Follows the engine as long as a dump is open. The page is busy while objects are named, for what it shows is about to change. */
async function watch(cache: RequestCache): Promise<void> {
  let release = hold();
  while (openStage(cache) !== null) {
    const status = await look(cache);
    release();
    if (status?.names.running) release = hold();
    const working = status !== null && (status.running !== null || status.names.running);
    await new Promise<void>((resolve) => {
      lookNow = resolve;
      setTimeout(resolve, working ? WORKING_POLL_MS : IDLE_POLL_MS);
    });
  }
  release();
}

/** Asks the engine what it does, and shows the names that have changed, whoever asked for them. Nobody looks while the page is hidden. */
async function look(cache: RequestCache): Promise<Status | null> {
  const { session } = theHost();
  const status = document.hidden ? null : await session.status().catch(() => null);
  const now = openStage(cache);
  if (status === null || now === null) return null;
  useDump.setState({ status });
  if (status.names.generation !== now.generation) await showNames(cache, status.names.generation);
  return status;
}

/** Reads the summary by the new names, and has the views ask again; what fails is tried at the next look. */
async function showNames(cache: RequestCache, generation: number): Promise<void> {
  const summary = await holdFor(theHost().session.summary()).catch(() => null);
  const now = openStage(cache);
  if (summary === null || now === null) return;
  useDump.setState({ stage: { ...now, summary, generation } });
  cache.refresh();
}

function openStage(cache: RequestCache): Extract<Stage, { name: 'open' }> | null {
  const now = useDump.getState().stage;
  return now.name === 'open' && now.cache === cache ? now : null;
}

/**
 * Names the open dump by an executable, as the host knows it; null by the dump alone, undefined as when it was opened. Resolves with the summary
 * by the new names, once the views have been told, or rejects as the session does.
 */
export async function takeNames(executable?: string | null): Promise<Summary> {
  const { session } = theHost();
  const release = hold();
  try {
    const taken = executable === undefined ? session.takeNames() : session.takeNames(executable);
    lookNow();
    const summary = await taken;
    const now = useDump.getState().stage;
    if (now.name === 'open' && typeof executable === 'string') executables.set(now.file, executable);
    await showNewNames();
    return summary;
  } finally {
    release();
  }
}

/** Dump → the executable that this window gave it last, as its host knows both. */
const executables = new Map<string, string>();

/** A dump that is opened again, after its engine has gone say, gets its executable again; where that is not to be had any more, it does without. */
function takeNamesAgain(file: string): void {
  const executable = executables.get(file);
  if (executable !== undefined) void takeNames(executable).catch(() => undefined);
}

/** The names of the open dump have been changed: the views are told. */
export async function showNewNames(): Promise<void> {
  const now = useDump.getState().stage;
  if (now.name === 'open') await look(now.cache);
}

/** Asks for progress until the opening `mine` is over. */
async function follow(mine: number): Promise<void> {
  const { session } = theHost();
  while (mine === opening) {
    const status = await session.status().catch(() => null);
    const now = useDump.getState().stage;
    if (mine !== opening || now.name !== 'opening') return;
    if (status !== null) stage({ ...now, status });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Asks the engine to stop; the stage changes when it has. */
export function cancelOpening(): void {
  const now = useDump.getState().stage;
  if (now.name === 'opening') stage({ ...now, cancelling: true });
  // The opening itself reports what became of it.
  void theHost()
    .session.cancel()
    .catch(() => undefined);
}

/** Leaves the dump, or the message about one that failed, for the welcome screen. */
export function closeDump(): void {
  opening++;
  void holdFor(theHost().session.close()).catch(() => undefined);
  fallSilent();
  stage({ name: 'welcome' });
}

function engineGone(reason: string): void {
  const now = useDump.getState().stage;
  if (now.name === 'gone') return;
  opening++;
  stage({ name: 'gone', file: 'file' in now ? now.file : null, reason });
}

/** Starts a fresh engine and opens again what was open. */
export async function recover(): Promise<void> {
  const now = useDump.getState().stage;
  const file = now.name === 'gone' ? now.file : null;
  try {
    await holdFor(theHost().restart());
    if (file === null) stage({ name: 'welcome' });
    else await openDump(file);
  } catch (error) {
    stage({ name: 'gone', file, reason: messageOf(error) });
  }
}

/** Lets the person choose a file with the system's dialog, where there is one. */
export async function chooseAndOpen(): Promise<void> {
  const host = theHost();
  if (!host.canChooseFiles) return;
  const file = await host.chooseFile();
  if (file !== null) await openDump(file);
}

async function refreshFiles(): Promise<void> {
  const files = await theHost()
    .files()
    .catch(() => []);
  useDump.setState({ files });
}

function failure(file: string | null, error: unknown): Stage {
  return { name: 'failed', file, error: engineErrorName(error), message: messageOf(error) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The open dump; only for what is shown while one is open. */
export function useOpenDump(): Extract<Stage, { name: 'open' }> {
  const now = useDump((state) => state.stage);
  if (now.name !== 'open') throw new Error('a view of the dump was shown while none is open');
  return now;
}

/** The totals of the open dump. */
export function useSummary(): Summary {
  return useOpenDump().summary;
}

/** The open dump's cache, for actions that ask without showing. */
export function useCache(): RequestCache {
  return useOpenDump().cache;
}

/** Asks the session about the open dump and follows the answer; `asked` null asks nothing. */
export function useAnswer<Q extends Question>(question: Q, asked: Asked<Q> | null): Asking<Answered<Q>> {
  return useAnswerFrom(useCache(), question, asked);
}

/** The base name of a file, as the toolbar shows it. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
