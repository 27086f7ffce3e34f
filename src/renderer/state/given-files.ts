/** Files that a person hands to the window: dropped anywhere, or chosen for a purpose. What a file is for is told by what it is. */
import { engineErrorName } from '../../../workers/api';
import type { Summary } from '../../../workers/api';
import { executableUse } from '../../../workers/report';
import type { Host } from '../connection/host';
import { baseName, openDump, showNewNames, takeNames, useDump } from './dump';
import { fileKind } from './file-kind';
import { exportNames, importNames, whyNot } from './given-names';
import { holdFor } from './idle';
import { tell, type Notice } from './notice';

/** Opens a dump, takes names from an executable; says what else it is, and why the host cannot. Settles when that is done. */
export async function takeFile(file: File): Promise<void> {
  const { host, stage } = useDump.getState();
  if (host === null) return;
  const kind = await holdFor(fileKind(file).catch(() => null));
  if (kind === null) tell({ tone: 'bad', text: `${file.name} cannot be read.`, detail: 'A folder is no file.' });
  else if (kind === 'executable') await takeExecutable(file.name, () => host.giveExecutable(file));
  else if (kind === 'names') await takeNamesFrom(file);
  else if (kind === 'other' && stage.name === 'open')
    tell({
      tone: 'bad',
      text: `${file.name} is neither a Go heap dump nor an executable.`,
      detail: 'Nothing was changed.',
    });
  else await openFile(host, file);
}

/** Asks for a file of names that were given by hand, and uses them. */
export async function takeNamesFile(pick: (accept: string) => Promise<File | null>): Promise<void> {
  const file = await pick('.json');
  if (file !== null) await takeNamesFrom(file);
}

/** Hands the names given by hand over as a file. */
export async function saveNames(save: (name: string, content: Blob) => void): Promise<void> {
  const { host, stage } = useDump.getState();
  if (host === null || stage.name !== 'open') return;
  const text = await exportNames(host.session).catch(() => null);
  if (text === null) tell({ tone: 'warn', text: 'No type of this dump was named by hand.', detail: HOW_TO_NAME });
  else save(`${baseName(stage.file)}.names.json`, new Blob([text], { type: 'application/json' }));
}

const HOW_TO_NAME = 'Without an executable, right click on a type that is called “what a pointer type of … points at”.';

async function takeNamesFrom(file: File): Promise<void> {
  const { host, stage } = useDump.getState();
  if (host === null || stage.name !== 'open') {
    tell({ tone: 'bad', text: `Open the dump first, then give it ${file.name}.` });
    return;
  }
  try {
    tell({ tone: 'done', text: await holdFor(importNames(host.session, stage.summary, file)) });
    await holdFor(showNewNames());
  } catch (error) {
    tell({ tone: 'bad', text: `${file.name} is not used.`, detail: whyNot(error) });
  }
}

/** Asks for the executable that wrote the open dump, and names by it. */
export async function chooseExecutable(pick: () => Promise<File | null>): Promise<void> {
  const { host } = useDump.getState();
  if (host === null) return;
  if (host.canChooseFiles) {
    const path = await host.chooseExecutable();
    if (path !== null) await takeExecutable(baseName(path), async () => path);
    return;
  }
  const file = await pick();
  if (file !== null) await takeExecutable(file.name, () => host.giveExecutable(file));
}

/** Names the open dump by the executable that `find` gets for the host; says what came of it. */
async function takeExecutable(name: string, find: () => Promise<string>): Promise<void> {
  if (useDump.getState().stage.name !== 'open') {
    tell({
      tone: 'bad',
      text: `Open the dump first, then give it ${name}.`,
      detail: 'Names are for the dump that is open.',
    });
    return;
  }
  tell({ tone: 'busy', text: `Reading ${name}…`, detail: 'Names follow; what is on screen can be used meanwhile.' });
  try {
    tell(outcome(await takeNames(await holdFor(find()))));
  } catch (error) {
    tell(failure(name, error));
  }
}

/** What the person learns about an executable that was held against the dump. */
function outcome({ naming: { executable } }: Summary): Notice {
  if (executable === null) return { tone: 'warn', text: 'Names come from the dump alone.' };
  const tones = { full: 'done', types: 'warn', functions: 'warn', none: 'bad' } as const;
  return { tone: tones[executable.level], text: `${executableUse(executable)}.`, detail: executable.verdict };
}

function failure(name: string, error: unknown): Notice {
  if (engineErrorName(error) === 'Cancelled')
    return { tone: 'warn', text: `${name} was not used: naming was cancelled.`, detail: 'The names are as they were.' };
  const detail = error instanceof Error ? error.message : String(error);
  return { tone: 'bad', text: `${name} is not used.`, detail };
}

async function openFile(host: Host, file: File): Promise<void> {
  const path = host.pathOfDropped(file);
  if (path !== null) await openDump(path);
  else if (host.kind === 'desktop')
    tell({ tone: 'bad', text: `${file.name} is no file of this machine.`, detail: 'Save it first, then open it.' });
  else
    tell({
      tone: 'bad',
      text: `A browser does not tell where ${file.name} lies.`,
      detail: `The server opens the dumps that it was started with: run heapknot open ${file.name}, or heapknot serve ${file.name}.`,
    });
}
