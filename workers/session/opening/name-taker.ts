/**
 * Gives an open dump its names, behind all questions about it. What goes by the names so far stays until the new ones are whole; then it is
 * replaced at once. A naming that is asked for later ends the one before.
 */
import { engineErrorName } from '../../api/errors';
import type { NamesStatus } from '../../api/session';
import type { Address } from '../../api/values';
import { Analyses } from '../computed/analyses';
import type { FoundExecutable } from '../dump/executable';
import { GivenNames, labelsWith } from '../dump/given-names';
import type { SessionHost } from '../running/host';
import { Lists } from '../list/lists';
import { nameDump } from './name-dump';
import type { DumpNames, ReadDump } from '../dump/opened-dump';
import type { Phases } from '../running/phases';
import type { ProgressLog } from '../running/progress-log';
import type { Structure } from '../computed/structure';
import type { TaskRunner } from '../running/task-runner';
import type { Ticket } from '../running/ticket';
import type { Opened } from '../answers/asked';

/** What stays the same whatever the names. */
export interface Unchanging {
  readonly read: ReadDump;
  readonly structure: Structure;
  readonly phases: Phases;
}

/** What questions work on: everything that depends on names is made anew for them, when it is first asked for. */
function openedWith({ read, structure, phases }: Unchanging, names: DumpNames, given: GivenNames): Opened {
  const dump = { ...read, ...names, labels: labelsWith(names.labels, given), given };
  return { analyses: new Analyses(dump, structure, phases), lists: new Lists(dump, phases), phases };
}

export class NameTaker {
  private given: GivenNames;
  private current: Opened;
  private pending = 0;
  /** Settles with the last naming that was asked for so far. */
  private ended: Promise<unknown> = Promise.resolve();
  private problem: string | null = null;
  /** The naming asked for last; it alone may tell its problem. */
  private latest: { superseded: boolean } | null = null;

  constructor(
    private readonly host: Pick<SessionHost, 'inflate'>,
    private readonly runner: TaskRunner,
    private readonly log: ProgressLog,
    private readonly unchanging: Unchanging,
    private names: DumpNames,
    /** 0 while the names are those of shapes. */
    private generation: number,
  ) {
    this.given = GivenNames.none(unchanging.read.graph.records.types);
    this.current = openedWith(unchanging, names, this.given);
  }

  /** What questions work on now. */
  get opened(): Opened {
    return this.current;
  }

  status(): NamesStatus {
    return { generation: this.generation, running: this.pending > 0, problem: this.problem };
  }

  /** Resolves once no naming is under way, whatever came of it. */
  async settled(): Promise<void> {
    while (this.pending > 0) await this.ended;
  }

  /** Names anew and resolves once the names have been replaced. Rejects as AnalysisSession.takeNames does. */
  take(ticket: Ticket, find: () => Promise<FoundExecutable | null>): Promise<void> {
    const taken = this.tryToTake(ticket, find);
    this.ended = Promise.allSettled([this.ended, taken]);
    return taken;
  }

  private async tryToTake(ticket: Ticket, find: () => Promise<FoundExecutable | null>): Promise<void> {
    this.pending++;
    this.problem = null;
    try {
      const found = await find();
      ticket.refuseIfCancelled();
      await this.run(ticket, found);
    } catch (error) {
      if (engineErrorName(error) !== 'Cancelled') this.problem = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      this.pending--;
    }
  }

  /** Calls types by a person's names; resolves with the addresses that are no identity. Throws `BadRequest` for what cannot be a name. */
  give(names: Readonly<Record<Address, string>>): Address[] {
    const { given, unknown } = this.given.with(names);
    this.given = given;
    // with the first names of the engine they show themselves
    if (this.generation > 0) this.show();
    return unknown;
  }

  private run(ticket: Ticket, found: FoundExecutable | null): Promise<void> {
    const mine = { superseded: false };
    if (this.latest) this.latest.superseded = true;
    this.latest = mine;
    return this.runner.runBehind(
      ticket.orWhen(() => mine.superseded),
      async ({ checkpoint, drive }) => {
        this.replace(
          await nameDump(this.unchanging.read, found, {
            log: this.log,
            checkpoint,
            drive,
            inflate: (stream, size) => this.host.inflate(stream, size),
          }),
        );
      },
    );
  }

  /** Questions that are being answered by the names before keep them to their end. */
  private replace(names: DumpNames): void {
    const before = this.names;
    this.names = names;
    this.show();
    before.naming.release(this.unchanging.read.account);
  }

  private show(): void {
    const before = this.current;
    this.current = openedWith(this.unchanging, this.names, this.given);
    this.generation++;
    before.lists.close();
    before.analyses.close();
  }
}
