/** The session: one dump at a time, and an answer for every question of api/session.ts. */
import { EngineError } from '../api/errors';
import type { Summary } from '../api/rows';
import type { HeldObjects } from '../api/retention-rows';
import type { AnalysisSession, OpenRequest } from '../api/session';
import type { Asked } from './answers/asked';
import { free } from './answers/free';
import { retention } from './answers/retention';
import { questions } from './answers/questions';
import * as lists from './answers/lists';
import { findExecutable } from './dump/executable';
import type { IdentifiedFinding } from '../suspects/run-detectors';
import type { SessionHost } from './running/host';
import { leaveDumpUnnamed, nameDump } from './opening/name-dump';
import { NameTaker } from './opening/name-taker';
import { readDump, type Opening } from './opening/read-dump';
import { Phases } from './running/phases';
import { Structure } from './computed/structure';
import { TaskRunner } from './running/task-runner';
import type { Ticket } from './running/ticket';
import { Visit } from './opening/visit';

/** A session with no dump open. Its calls reject with errors of api/errors.ts only, or with a defect of ours. */
export function createSession(host: SessionHost): AnalysisSession {
  const runner = new TaskRunner(host);
  let visit = new Visit(host, null);

  /** Everything so far is cancelled at once; the file is closed when what was running has heard of it. */
  const begin = (request: OpenRequest | null): Promise<void> => {
    runner.cancel();
    const before = visit;
    visit = new Visit(host, request);
    return runner.settled().then(() => before.close());
  };

  const open = async (request: OpenRequest): Promise<Summary> => {
    const left = begin(request);
    const here = visit;
    const ticket = runner.draw();
    try {
      await left;
      const names = await readAndName(host, runner, ticket, here, request);
      const summary = await names.opened.analyses.summary.get(ticket);
      ticket.refuseIfCancelled();
      here.ready(names);
      // what comes of it is told by the status
      if (request.names === 'later')
        names.take(ticket, () => findExecutable(host, request.file, request.executable)).catch(() => undefined);
      return summary;
    } catch (error) {
      await here.fail(ticket.cancelled);
      throw error;
    }
  };

  /** What a question has at hand, or `NothingOpen`. */
  const asked = (): Asked => {
    if (visit.opened) return { ...visit.opened, ticket: runner.draw() };
    throw nothingOpen();
  };

  /** The same once names that are on their way are there: what is found depends on them, and takes long. */
  const settled = async (): Promise<Asked> => {
    const ticket = runner.draw();
    await visit.names?.settled();
    ticket.refuseIfCancelled();
    return { ...asked(), ticket };
  };

  const taker = (): NameTaker => {
    if (visit.names) return visit.names;
    throw nothingOpen();
  };

  const takeNames = async (executable?: string | null): Promise<Summary> => {
    const { request } = visit;
    const names = taker();
    if (!request) throw nothingOpen();
    const ticket = runner.draw();
    const from = executable === undefined ? request.executable : executable;
    await names.take(ticket, async () => {
      const found = await findExecutable(host, request.file, from);
      return found && { ...found, needed: typeof executable === 'string' };
    });
    return names.opened.analyses.summary.get(ticket);
  };

  return {
    open,
    status: () => Promise.resolve(visit.status()),
    cancel: () => {
      runner.cancel();
      return runner.settled();
    },
    close: () => begin(null),
    takeNames,
    giveNames: async (given) => taker().give(given),
    findings: async (range) => lists.findings(await settled(), range),
    retention: (query) => askOf(runner, query.of, { asked, settled }, (all, found) => retention(all, query, found)),
    free: (query) => askOf(runner, query.of, { asked, settled }, (all, found) => free(all, query, found)),
    ...eachAhead(runner, questions(asked)),
  };
}

/** Asks about objects. Those of a finding are known once the findings are there: as they come from behind all questions, no question can wait for them. */
async function askOf<Answer>(
  runner: TaskRunner,
  of: HeldObjects | undefined,
  { asked, settled }: { asked: () => Asked; settled: () => Promise<Asked> },
  ask: (asked: Asked, found: readonly IdentifiedFinding[]) => Promise<Answer>,
): Promise<Answer> {
  if (!of || !('finding' in of)) return runner.ahead(async () => ask(asked(), []));
  const { analyses, ticket } = await settled();
  const { findings } = await analyses.findings.get(ticket);
  return runner.ahead(() => ask({ ...asked(), ticket }, findings));
}

/** The same questions, each answered before what runs behind goes on. */
function eachAhead<Questions extends object>(runner: TaskRunner, questions: Questions): Questions {
  const ahead = Object.entries(questions).map(([name, question]) => [
    name,
    (...asked: unknown[]) => runner.ahead(() => (question as (...asked: unknown[]) => Promise<unknown>)(...asked)),
  ]);
  // the same names, and functions of the same parameters and answers
  return Object.fromEntries(ahead) as Questions;
}

function nothingOpen(): EngineError {
  return new EngineError('NothingOpen', 'No dump is open: open one first');
}

/** Opens the file and reads it, as one task; names it too, where the request does not leave that for later. */
function readAndName(
  host: SessionHost,
  runner: TaskRunner,
  ticket: Ticket,
  visit: Visit,
  { file, strict = false, executable, names = 'first' }: OpenRequest,
): Promise<NameTaker> {
  return runner.run(ticket, async ({ checkpoint, drive }) => {
    const opening: Opening = {
      account: visit.account,
      log: visit.log,
      checkpoint,
      drive,
      inflate: (stream, size) => host.inflate(stream, size),
      onRead: (objects, part) => {
        visit.read(objects, part);
      },
    };
    const source = await host.openSource(file);
    visit.source = source;
    const found = names === 'first' ? await findExecutable(host, file, executable) : null;
    const read = await readDump(source, strict, opening);
    const phases = new Phases(runner, visit.log, read.graph.objectCount);
    const unchanging = { read, phases, structure: new Structure(read, phases) };
    const first = names === 'first' ? await nameDump(read, found, opening) : await leaveDumpUnnamed(read, opening);
    const generation = names === 'first' ? 1 : 0;
    return new NameTaker(host, runner, visit.log, unchanging, first, generation);
  });
}
