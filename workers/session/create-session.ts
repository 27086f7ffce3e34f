/** The session: one dump at a time, and an answer for every question of api/session.ts. */
import { EngineError } from '../api/errors';
import type { Summary } from '../api/rows';
import type { AnalysisSession, OpenRequest } from '../api/session';
import { Analyses } from './analyses';
import type { Asked } from './answers/asked';
import * as cycles from './answers/cycles';
import * as alive from './answers/dominators';
import * as lists from './answers/lists';
import * as names from './answers/names';
import * as objects from './answers/objects';
import { findExecutable } from './executable';
import type { SessionHost } from './host';
import { Lists } from './lists';
import { openDump } from './open-dump';
import { Phases } from './phases';
import { refuseIfCancelled, TaskRunner, type Ticket } from './task-runner';
import { Visit, type Opened } from './visit';

/** A session with no dump open. Its calls reject with errors of api/errors.ts only, or with a defect of ours. */
export function createSession(host: SessionHost): AnalysisSession {
  const runner = new TaskRunner(host);
  let visit = new Visit(host, null);

  /** Everything so far is cancelled at once; the file is closed when what was running has heard of it. */
  const begin = (file: string | null): Promise<void> => {
    runner.cancel();
    const before = visit;
    visit = new Visit(host, file);
    return runner.settled().then(() => before.close());
  };

  const open = async (request: OpenRequest): Promise<Summary> => {
    const left = begin(request.file);
    const here = visit;
    const ticket = runner.draw();
    try {
      await left;
      const opened = await readDump(host, runner, ticket, here, request);
      const summary = await opened.analyses.summary.get(ticket);
      refuseIfCancelled(ticket);
      here.ready(opened);
      return summary;
    } catch (error) {
      await here.fail(ticket.cancelled);
      throw error;
    }
  };

  /** What a question has at hand, or `NothingOpen`. */
  const asked = (): Asked => {
    if (visit.opened) return { ...visit.opened, ticket: runner.draw() };
    throw new EngineError('NothingOpen', 'No dump is open: open one first');
  };

  return {
    open,
    status: () => Promise.resolve(visit.status()),
    cancel: () => {
      runner.cancel();
      return runner.settled();
    },
    close: () => begin(null),
    summary: async () => {
      const { analyses, ticket } = asked();
      return analyses.summary.get(ticket);
    },
    cycles: async (query) => cycles.cycles(asked(), query),
    cycle: async (id) => cycles.cycle(asked(), id),
    entering: async (id, range) => cycles.entering(asked(), id, range),
    leaving: async (id, range) => cycles.leaving(asked(), id, range),
    types: async (query) => lists.types(asked(), query),
    objects: async (query) => objects.objects(asked(), query),
    object: async (address) => objects.object(asked(), address),
    contents: async (address, offset, length) => objects.contents(asked(), address, offset, length),
    values: async (address, range) => names.values(asked(), address, range),
    names: async (range) => names.names(asked(), range),
    references: async (address, range) => objects.references(asked(), address, range),
    referrers: async (address, range) => objects.referrers(asked(), address, range),
    dominated: async (query) => alive.dominated(asked(), query),
    dominatorChain: async (address) => alive.dominatorChain(asked(), address),
    rootPaths: async (query) => alive.rootPaths(asked(), query),
    goroutines: async (query) => lists.goroutines(asked(), query),
    goroutine: async (id) => lists.goroutine(asked(), id),
    roots: async (query) => lists.roots(asked(), query),
    closures: async (query) => names.closures(asked(), query),
    pools: async (query) => names.pools(asked(), query),
    pool: async (address) => names.pool(asked(), address),
    poolItems: async (address, range) => names.poolItems(asked(), address, range),
    drawing: async (query) => lists.drawing(asked(), query),
    search: async (text, limit) => lists.search(asked(), text, limit),
  };
}

/** Opens the file and reads it, as one task. */
function readDump(
  host: SessionHost,
  runner: TaskRunner,
  ticket: Ticket,
  visit: Visit,
  { file, strict = false, executable }: OpenRequest,
): Promise<Opened> {
  return runner.run(ticket, async () => {
    const source = await host.openSource(file);
    visit.source = source;
    const found = await findExecutable(host, file, executable);
    const dump = await openDump(source, found, strict, {
      account: visit.account,
      log: visit.log,
      checkpoint: runner.checkpoint(ticket),
      drive: (work) => runner.drive(ticket, work),
      inflate: (stream, size) => host.inflate(stream, size),
      onRead: (objects, part) => {
        visit.read(objects, part);
      },
    });
    const phases = new Phases(runner, visit.log, dump.graph.objectCount);
    return { analyses: new Analyses(dump, phases), lists: new Lists(dump, phases), phases };
  });
}
